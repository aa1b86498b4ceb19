/**
 * Installed Python distributions, by the metadata that pip and setuptools leave. Wheels and source archives that lie about
 * are not installed.
 */
@NullMarked
package dev.stemma.ingest.analyze.python;

import org.jspecify.annotations.NullMarked;
