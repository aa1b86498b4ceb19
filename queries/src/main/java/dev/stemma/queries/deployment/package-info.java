/** Machines: what they run and ran, and what was captured of them. Who derives from whom is in {@code lineage}. */
@NullMarked
package dev.stemma.queries.deployment;

import org.jspecify.annotations.NullMarked;
