/**
 * Snaps that a guest has, by snapd's own record or by the seed that it will install at first start.
 */
@NullMarked
package dev.stemma.ingest.analyze.snap;

import org.jspecify.annotations.NullMarked;
