/**
 * Answers from the graph, one room a kind of question. Each facade is constructed over a {@code Graph}, keeps nothing
 * that the graph does not have, and may be called from any thread. Cypher lies in named files on the class path, below
 * {@code /cypher/}, and nowhere else.
 */
@NullMarked
package dev.stemma.queries;

import org.jspecify.annotations.NullMarked;
