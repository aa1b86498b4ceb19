/**
 * Writes what an index run found into the graph, exactly as {@code docs/reference/graph-schema.adoc} has it: bottom-up,
 * in bounded transactions that may be repeated, and one last transaction that makes an inventory visible. Disks are not
 * known here.
 */
@NullMarked
package dev.stemma.ingest.emit;

import org.jspecify.annotations.NullMarked;
