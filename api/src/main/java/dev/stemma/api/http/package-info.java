/**
 * The REST way in, {@code /api/v1}: controllers that only translate between HTTP and the modules behind, and the records
 * that they answer with.
 */
@NullMarked
package dev.stemma.api.http;

import org.jspecify.annotations.NullMarked;
