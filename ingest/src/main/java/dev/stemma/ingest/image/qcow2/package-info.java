/**
 * The headers and tables of qcow2 files (versions 2 and 3), read to be vetted before QEMU sees them. Knows one file at a
 * time: whether the files that it names may be read is decided above. The format page is docs/formats/qcow2.adoc.
 */
@NullMarked
package dev.stemma.ingest.image.qcow2;

import org.jspecify.annotations.NullMarked;
