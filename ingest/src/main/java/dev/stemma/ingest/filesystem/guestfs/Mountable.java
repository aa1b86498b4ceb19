package dev.stemma.ingest.filesystem.guestfs;

import java.util.Optional;

/**
 * Something on a disk that an appliance found and may be able to mount.
 *
 * @param name as libguestfs names it: {@code /dev/sda1}, {@code /dev/vg/root}, {@code btrfsvol:/dev/sda2/home}
 * @param kind where it comes from
 * @param type as {@code blkid} names it; {@code unknown} where it cannot tell
 * @param sizeBytes of the device below
 * @param partition number in the partition table; 0 for a whole disk and for what is not a partition
 */
public record Mountable(
        String name,
        Kind kind,
        String type,
        Optional<String> uuid,
        Optional<String> label,
        long sizeBytes,
        int partition) {

    /** Where a mountable comes from. */
    public enum Kind {
        /** A partition, or the disk where there is no table. */
        PARTITION,
        /** Of LVM. */
        LOGICAL_VOLUME,
        /** Of Linux's software RAID. */
        ARRAY,
        /** Of a btrfs. */
        SUBVOLUME
    }

    /** Whether there may be files on it. */
    public boolean hasFiles() {
        return switch (type) {
            case "swap", "unknown", "crypto_LUKS", "LVM2_member", "linux_raid_member", "BitLocker", "swsuspend" ->
                false;
            default -> true;
        };
    }

    /**
     * Whether that one is a subvolume of this. Of partitions the numbers are compared: libguestfs calls the disk {@code /dev/sda} for itself, and in
     * the name of a subvolume sometimes as the appliance's kernel came to call it.
     */
    boolean holds(Mountable subvolume) {
        return kind != Kind.SUBVOLUME
                && (partition > 0
                        ? partition == subvolume.partition
                        : subvolume.name.startsWith("btrfsvol:" + name + "/"));
    }

    /** {@code lvm:vg/root}, {@code md:md127}, {@code btrfs:home} for what is not a partition; else the name. */
    public String shortName() {
        String tail = name.replaceFirst("^btrfsvol:/dev/[^/]+/", "").replaceFirst("^/dev/(mapper/)?", "");
        return switch (kind) {
            case PARTITION -> name;
            case LOGICAL_VOLUME -> "lvm:" + tail;
            case ARRAY -> "md:" + tail;
            case SUBVOLUME -> "btrfs:" + tail;
        };
    }
}
