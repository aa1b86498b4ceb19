/**
 * What can be wrong with an image, as sealed types with stable codes. Corrupt is never "not found", and unsupported is
 * never an empty success.
 */
@NullMarked
package dev.stemma.ingest.problem;

import org.jspecify.annotations.NullMarked;
