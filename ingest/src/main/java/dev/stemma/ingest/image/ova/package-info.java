/**
 * OVF packages: the archive (OVA, a tar) and the envelope that says which of its files are disks. Vetted and read; knows no disk
 * format, and which files may be opened is decided above. The format page is docs/formats/ova.adoc.
 */
@NullMarked
package dev.stemma.ingest.image.ova;

import org.jspecify.annotations.NullMarked;
