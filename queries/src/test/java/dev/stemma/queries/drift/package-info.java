/** Tests of this room. */
@NullMarked
package dev.stemma.queries.drift;

import org.jspecify.annotations.NullMarked;
