/** Tests of this room. */
@NullMarked
package dev.stemma.queries.moment;

import org.jspecify.annotations.NullMarked;
