/** Tests of this room. */
@NullMarked
package dev.stemma.queries.report;

import org.jspecify.annotations.NullMarked;
