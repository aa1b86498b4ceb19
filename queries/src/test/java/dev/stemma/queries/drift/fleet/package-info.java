/** Tests of this room. */
@NullMarked
package dev.stemma.queries.drift.fleet;

import org.jspecify.annotations.NullMarked;
