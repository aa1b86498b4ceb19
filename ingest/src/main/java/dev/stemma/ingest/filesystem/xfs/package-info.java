/**
 * Memory-safe reading of XFS, versions 4 and 5, from the superblock down to the bytes of a file. {@code XfsFormat} is the only way
 * in. What is read and which checks are made stands in {@code docs/formats/xfs.adoc}; nothing here knows partitions, images or
 * what files are for.
 */
@NullMarked
package dev.stemma.ingest.filesystem.xfs;

import org.jspecify.annotations.NullMarked;
