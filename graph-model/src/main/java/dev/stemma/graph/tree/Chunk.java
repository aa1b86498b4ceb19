package dev.stemma.graph.tree;

import dev.stemma.graph.id.Digest;

/** A part of a large directory; made by {@link Content#asChunk}. */
public record Chunk(Digest id, Content content) implements TreeNode {}
