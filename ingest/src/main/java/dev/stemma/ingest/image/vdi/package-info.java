/** VirtualBox's own format, vetted and read. Knows one file. The format page is docs/formats/vdi.adoc. */
@NullMarked
package dev.stemma.ingest.image.vdi;

import org.jspecify.annotations.NullMarked;
