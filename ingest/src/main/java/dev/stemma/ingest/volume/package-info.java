/**
 * Volume managers: LVM2 and Linux's software RAID. Takes the bytes of partitions and disks that are parts of one, of one image or
 * several, and yields the bytes of the volumes that they make up. What lies in those is not known here.
 */
@NullMarked
package dev.stemma.ingest.volume;

import org.jspecify.annotations.NullMarked;
