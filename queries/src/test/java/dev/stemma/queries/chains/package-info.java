/** Tests of this room. */
@NullMarked
package dev.stemma.queries.chains;

import org.jspecify.annotations.NullMarked;
