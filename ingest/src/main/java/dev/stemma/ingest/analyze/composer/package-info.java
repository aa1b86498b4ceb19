/**
 * PHP packages that Composer installed.
 */
@NullMarked
package dev.stemma.ingest.analyze.composer;

import org.jspecify.annotations.NullMarked;
