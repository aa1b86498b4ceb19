/**
 * Installed npm packages. Lock files, caches and a package's own test trees are not installed software.
 */
@NullMarked
package dev.stemma.ingest.analyze.npm;

import org.jspecify.annotations.NullMarked;
