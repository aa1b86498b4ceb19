/** Many comparisons told in brief: one image over time, and all that was made of a master against it. How two are compared is in {@code drift}. */
@NullMarked
package dev.stemma.queries.drift.fleet;

import org.jspecify.annotations.NullMarked;
