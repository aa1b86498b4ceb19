/**
 * Keys that open encrypted volumes: where they come from and how they are kept from everything that remembers. No key is in a log, a
 * command line, the graph, a manifest or a message; what is encrypted by them lives elsewhere.
 */
@NullMarked
package dev.stemma.ingest.key;

import org.jspecify.annotations.NullMarked;
