/** Volume managers: against volumes that LVM and mdadm made, and damaged in seeded ways. */
@NullMarked
package dev.stemma.ingest.volume;

import org.jspecify.annotations.NullMarked;
