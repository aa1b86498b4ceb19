package dev.stemma.ingest.volume;

import dev.stemma.graph.model.Partition;
import dev.stemma.ingest.bytes.ByteSource;
import java.util.Set;

/**
 * A volume that can be read.
 *
 * @param name as the appliance's way names it too: {@code lvm:GROUP/VOLUME}, {@code md:md127}
 * @param bytes closed with the disks below
 */
public record LogicalVolume(String name, ByteSource bytes) {

    private static final Set<String> MANAGERS = Set.of("lvm", "md", "btrfs", "luks");

    /** Whether that is a volume of a manager, the content of an encrypted container, or a subvolume, and no partition of a table. */
    public static boolean is(Partition partition) {
        return partition
                .type()
                .filter(type -> MANAGERS.contains(type.substring(0, Math.max(0, type.indexOf(':')))))
                .isPresent();
    }
}
