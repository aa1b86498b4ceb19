/** Tests of this room. */
@NullMarked
package dev.stemma.queries.sprawl;

import org.jspecify.annotations.NullMarked;
