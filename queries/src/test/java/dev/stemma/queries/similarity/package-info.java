/** Tests of this room. */
@NullMarked
package dev.stemma.queries.similarity;

import org.jspecify.annotations.NullMarked;
