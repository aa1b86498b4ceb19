/**
 * The way in, as a story in one file ({@code IngestPipeline}): open image, partitions, file systems, walk, hash, analyze,
 * manifest, Merkle tree, graph. The rooms below each know one step.
 */
@NullMarked
package dev.stemma.ingest;

import org.jspecify.annotations.NullMarked;
