/**
 * Memory-safe reading of FAT12, FAT16 and FAT32, from the boot sector down to the bytes of a file. {@code FatFormat} is the
 * only way in. What a field means and which checks are made stands in {@code docs/formats/fat.adoc}; nothing here knows
 * partitions, images or what files are for.
 */
@NullMarked
package dev.stemma.ingest.filesystem.fat;

import org.jspecify.annotations.NullMarked;
