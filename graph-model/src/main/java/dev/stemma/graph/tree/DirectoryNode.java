package dev.stemma.graph.tree;

import dev.stemma.graph.id.Digest;

/** A directory, whole or as a list of chunks; made by {@link Content#asDirectory}. */
public record DirectoryNode(Digest id, Content content) implements TreeNode {}
