/** Tests of this room. */
@NullMarked
package dev.stemma.queries.lineage;

import org.jspecify.annotations.NullMarked;
