/**
 * The moment that a question is asked as of: what people write for it, and the two texts of a question that may have one. Which
 * facts carry time, each query knows for itself.
 */
@NullMarked
package dev.stemma.queries.moment;

import org.jspecify.annotations.NullMarked;
