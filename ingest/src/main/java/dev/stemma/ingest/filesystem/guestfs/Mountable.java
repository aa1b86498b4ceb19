package dev.stemma.ingest.filesystem.guestfs;

import dev.stemma.ingest.filesystem.Subvolume;
import java.util.Optional;

/**
 * Something on a disk that an appliance found and may be able to mount.
 *
 * @param name of the device: {@code /dev/sda1}, {@code /dev/vg/root}
 * @param kind where it comes from
 * @param type as {@code blkid} names it; {@code unknown} where it cannot tell
 * @param sizeBytes of the device below
 * @param partition number in the partition table; 0 for a whole disk and for what is not a partition
 * @param subvolume which tree of a btrfs; empty for everything else
 * @param snapshot whether it was made as a copy of another subvolume
 */
public record Mountable(
        String name,
        Kind kind,
        String type,
        Optional<String> uuid,
        Optional<String> label,
        long sizeBytes,
        int partition,
        Optional<Subvolume> subvolume,
        boolean snapshot) {

    /** Where a mountable comes from. */
    public enum Kind {
        /** A partition, or the disk where there is no table. */
        PARTITION,
        /** Of LVM. */
        LOGICAL_VOLUME,
        /** An encrypted container that a key opened. */
        UNLOCKED,
        /** Of Linux's software RAID. */
        ARRAY,
        /** Of a btrfs, but for its top level, which is where the btrfs itself is. */
        SUBVOLUME
    }

    /** Whether a key is needed to see what is in it. */
    public boolean encrypted() {
        return type.equals("crypto_LUKS") || type.equals("BitLocker");
    }

    /** What it is to be mounted with, beside read-only. */
    String options() {
        return subvolume.map(one -> ",subvolid=" + one.id()).orElse("");
    }

    /** Whether there may be files on it. */
    public boolean hasFiles() {
        return switch (type) {
            case "swap",
                    "unknown",
                    "crypto_LUKS",
                    "LVM2_member",
                    "linux_raid_member",
                    "BitLocker",
                    "swsuspend",
                    "zfs_member" -> false;
            default -> true;
        };
    }

    /** {@code lvm:vg/root}, {@code md:md127}, {@code luks:UUID}, {@code btrfs:home} for what is not a partition; else the name. */
    public String shortName() {
        String tail = name.replaceFirst("^/dev/(mapper/)?", "");
        return switch (kind) {
            case PARTITION -> name;
            case LOGICAL_VOLUME -> "lvm:" + tail;
            case ARRAY -> "md:" + tail;
            case UNLOCKED -> "luks:" + tail.replaceFirst("^luks-", "");
            case SUBVOLUME -> "btrfs:" + subvolume.map(Subvolume::path).orElse(tail);
        };
    }
}
