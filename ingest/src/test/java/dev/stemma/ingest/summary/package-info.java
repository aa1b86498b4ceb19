/** Summaries of contents: against file and readelf as the oracles, and on broken bytes. */
@NullMarked
package dev.stemma.ingest.summary;

import org.jspecify.annotations.NullMarked;
