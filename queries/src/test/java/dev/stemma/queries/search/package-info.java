/** Tests of this room. */
@NullMarked
package dev.stemma.queries.search;

import org.jspecify.annotations.NullMarked;
