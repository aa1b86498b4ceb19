/**
 * Parallels' disks: the image file ({@code .hds}, {@code .hdd}) and the description of a bundle of them. Vetted and read;
 * which files may be opened is decided above. The format page is docs/formats/parallels.adoc.
 */
@NullMarked
package dev.stemma.ingest.image.parallels;

import org.jspecify.annotations.NullMarked;
