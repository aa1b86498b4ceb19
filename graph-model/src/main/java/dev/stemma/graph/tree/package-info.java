/**
 * Directories as a Merkle graph, like git's trees: what a directory holds in canonical form, large ones split by
 * content, a builder that is fed in the order of a walk, and the difference of two trees that skips what is equal. The
 * format is in {@code docs/formats/merkle.adoc}. Nothing here reads a disk or knows a database.
 */
@NullMarked
package dev.stemma.graph.tree;

import org.jspecify.annotations.NullMarked;
