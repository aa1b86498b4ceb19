/**
 * Partition tables: GPT, MBR with logical partitions, or none. Yields bounded slices of a disk; what lies in them is not
 * known here.
 */
@NullMarked
package dev.stemma.ingest.partition;

import org.jspecify.annotations.NullMarked;
