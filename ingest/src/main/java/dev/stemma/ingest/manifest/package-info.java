/**
 * The full record of an inventory: every entry with all its times, ids, attributes and digest, as {@code mtree(5)} text,
 * zstd-compressed, named by the digest of the text. The format is in {@code docs/formats/manifest.adoc}. What the
 * entries mean, and the graph, are not known here.
 */
@NullMarked
package dev.stemma.ingest.manifest;

import org.jspecify.annotations.NullMarked;
