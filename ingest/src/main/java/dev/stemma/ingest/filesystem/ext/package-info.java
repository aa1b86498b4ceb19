/**
 * Memory-safe reading of ext2, ext3 and ext4, from the superblock down to the bytes of a file. {@code ExtFormat} is the
 * only way in. What a bit means and which checks are made stands in {@code docs/formats/ext.adoc}; nothing here knows
 * partitions, images or what files are for.
 */
@NullMarked
package dev.stemma.ingest.filesystem.ext;

import org.jspecify.annotations.NullMarked;
