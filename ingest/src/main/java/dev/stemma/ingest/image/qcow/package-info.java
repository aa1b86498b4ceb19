/** The first qcow format, vetted and read. Knows one file. The format page is docs/formats/qcow.adoc. */
@NullMarked
package dev.stemma.ingest.image.qcow;

import org.jspecify.annotations.NullMarked;
