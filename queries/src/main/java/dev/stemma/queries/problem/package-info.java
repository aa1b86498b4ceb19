/** What can be wrong with a question: one exception with a stable code. Problems of the graph itself are {@code GraphException}. */
@NullMarked
package dev.stemma.queries.problem;

import org.jspecify.annotations.NullMarked;
