/**
 * PHP packages that Composer installed, by its own record of them. Lock files say what is wanted, not what is there.
 */
@NullMarked
package dev.stemma.ingest.analyze.composer;

import org.jspecify.annotations.NullMarked;
