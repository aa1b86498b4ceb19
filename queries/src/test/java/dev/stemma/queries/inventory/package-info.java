/** Tests of this room. */
@NullMarked
package dev.stemma.queries.inventory;

import org.jspecify.annotations.NullMarked;
