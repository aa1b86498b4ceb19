/**
 * What the files of a guest mean: its operating system, its packages, what they own. Analyzers see a guest's files through
 * {@link dev.stemma.ingest.analyze.GuestFiles} alone, never the host's, and say what they could not do.
 */
@NullMarked
package dev.stemma.ingest.analyze;

import org.jspecify.annotations.NullMarked;
