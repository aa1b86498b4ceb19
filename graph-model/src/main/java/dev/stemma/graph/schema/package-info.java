/**
 * The shape of the graph: its constraints and indexes, as versioned migrations that are applied at each start. The words
 * themselves are in the reference page on the graph; no data is written here.
 */
@NullMarked
package dev.stemma.graph.schema;

import org.jspecify.annotations.NullMarked;
