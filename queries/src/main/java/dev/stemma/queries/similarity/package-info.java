/**
 * How alike inventories are: sketches of their sets of packages and of file contents (MinHash), kept in the graph as
 * derived facts, and exact answers for the best candidates.
 */
@NullMarked
package dev.stemma.queries.similarity;

import org.jspecify.annotations.NullMarked;
