/** The header of QED files, vetted before QEMU sees them. Knows one file. The format page is docs/formats/qed.adoc. */
@NullMarked
package dev.stemma.ingest.image.qed;

import org.jspecify.annotations.NullMarked;
