/** Digests against those that Java and coreutils compute. */
@NullMarked
package dev.stemma.ingest.digest;

import org.jspecify.annotations.NullMarked;
