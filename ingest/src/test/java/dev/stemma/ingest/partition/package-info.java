/** Partition tables: against sfdisk as the oracle, and damaged in seeded ways. */
@NullMarked
package dev.stemma.ingest.partition;

import org.jspecify.annotations.NullMarked;
