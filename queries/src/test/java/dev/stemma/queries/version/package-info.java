/** Tests of this room. */
@NullMarked
package dev.stemma.queries.version;

import org.jspecify.annotations.NullMarked;
