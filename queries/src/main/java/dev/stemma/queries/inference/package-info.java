/**
 * Who was made from whom where nobody wrote it down: evidence out of what images hold, the most likely forest, ancestors that are
 * not here. What is recorded or observed is read, and never changed.
 */
@NullMarked
package dev.stemma.queries.inference;

import org.jspecify.annotations.NullMarked;
