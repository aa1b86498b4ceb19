/** Stretches of bytes: their bounds, their holes, what happens when the host takes them away. */
@NullMarked
package dev.stemma.ingest.bytes;

import org.jspecify.annotations.NullMarked;
