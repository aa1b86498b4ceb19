/** Tests of this room. */
@NullMarked
package dev.stemma.queries.drift.rules;

import org.jspecify.annotations.NullMarked;
