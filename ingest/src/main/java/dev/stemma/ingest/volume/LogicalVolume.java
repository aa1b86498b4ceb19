package dev.stemma.ingest.volume;

import dev.stemma.graph.model.Partition;
import dev.stemma.ingest.bytes.ByteSource;

/**
 * A volume that can be read.
 *
 * @param name as the appliance's way names it too: {@code lvm:GROUP/VOLUME}, {@code md:md127}
 * @param bytes closed with the disks below
 */
public record LogicalVolume(String name, ByteSource bytes) {

    /** Whether that is a volume of a manager, or a subvolume, and no partition of a table. */
    public static boolean is(Partition partition) {
        return partition
                .type()
                .filter(type -> type.startsWith("lvm:") || type.startsWith("md:") || type.startsWith("btrfs:"))
                .isPresent();
    }
}
