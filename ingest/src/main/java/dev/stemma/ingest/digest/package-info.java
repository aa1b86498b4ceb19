/**
 * How contents are digested fast: SHA-256, and what packages chose, by the system's own libcrypto where it is there. What is digested, and
 * what a digest means, is not known here; small values are digested by {@code graph.id.Digest}.
 */
@NullMarked
package dev.stemma.ingest.digest;

import org.jspecify.annotations.NullMarked;
