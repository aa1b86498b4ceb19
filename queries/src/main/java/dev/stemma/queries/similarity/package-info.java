/**
 * How alike inventories are: sketches of their sets of packages and of file contents (MinHash), kept in the graph as
 * derived facts and in memory for answers, exact answers for the best candidates, and all pairs.
 */
@NullMarked
package dev.stemma.queries.similarity;

import org.jspecify.annotations.NullMarked;
