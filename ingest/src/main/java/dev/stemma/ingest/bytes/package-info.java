/**
 * Bounded, named stretches of bytes. Every slice knows where it came from and says so in each error. Nothing here knows
 * a format.
 */
@NullMarked
package dev.stemma.ingest.bytes;

import org.jspecify.annotations.NullMarked;
