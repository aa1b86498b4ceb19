package dev.stemma.ingest.filesystem;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.ImageProblem;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a stretch of bytes is by its magic number, in the words of {@code blkid}. A signature says only what something
 * claims to be; whether it can be read is for a reader to find out.
 *
 * @param type as {@code blkid} names it: {@code xfs}, {@code LVM2_member}, {@code crypto_LUKS}
 */
public record Signature(String type, Kind kind) {

    /** What a type is good for. */
    public enum Kind {
        /** Has directories and files. */
        FILE_SYSTEM,
        /** Swap space or a suspended machine's memory. */
        SWAP,
        /** Holds logical volumes or a part of an array. */
        VOLUME_MANAGER,
        /** Cannot be read without a key. */
        ENCRYPTED,
        /** Known, and read by nobody here: Linux, in the appliance, has no ZFS. */
        UNREAD
    }

    private static final int SECTOR_BYTES = 512;
    private static final int MD_09_ALIGN_BYTES = 64 << 10;
    private static final byte[] MD = {(byte) 0xfc, 0x4e, 0x2b, (byte) 0xa9};
    private static final byte[] ZFS_UBERBLOCK = {0x0c, (byte) 0xb1, (byte) 0xba, 0, 0, 0, 0, 0};
    private static final int ZFS_UBERBLOCKS = 128;

    /** In the order of asking: what wraps others comes first, as its content may carry a magic number of its own. */
    private static final List<Magic> MAGICS = List.of(
            text("crypto_LUKS", Kind.ENCRYPTED, 0, "LUKS\u00ba\u00be"),
            text("BitLocker", Kind.ENCRYPTED, 3, "-FVE-FS-"),
            text("LVM2_member", Kind.VOLUME_MANAGER, 0x18, "LVM2 001"),
            text("LVM2_member", Kind.VOLUME_MANAGER, 0x218, "LVM2 001"),
            text("LVM2_member", Kind.VOLUME_MANAGER, 0x418, "LVM2 001"),
            text("LVM2_member", Kind.VOLUME_MANAGER, 0x618, "LVM2 001"),
            new Magic("linux_raid_member", Kind.VOLUME_MANAGER, 0, MD),
            new Magic("linux_raid_member", Kind.VOLUME_MANAGER, 4096, MD),
            text("swap", Kind.SWAP, 0xff6, "SWAPSPACE2"),
            text("swap", Kind.SWAP, 0xff6, "SWAP-SPACE"),
            text("swap", Kind.SWAP, 0x1ff6, "SWAPSPACE2"),
            text("swap", Kind.SWAP, 0x3ff6, "SWAPSPACE2"),
            text("swap", Kind.SWAP, 0xfff6, "SWAPSPACE2"),
            text("swsuspend", Kind.SWAP, 0xff6, "S1SUSPEND"),
            text("ext", Kind.FILE_SYSTEM, 0x438, "\u0053\u00ef"),
            text("xfs", Kind.FILE_SYSTEM, 0, "XFSB"),
            text("btrfs", Kind.FILE_SYSTEM, 0x10040, "_BHRfS_M"),
            text("bcachefs", Kind.FILE_SYSTEM, 0x1018, "\u00c6\u0085\u0073\u00f6\u004e\u001a\u0045\u00ca"),
            text("f2fs", Kind.FILE_SYSTEM, 0x400, "\u0010\u0020\u00f5\u00f2"),
            text("squashfs", Kind.FILE_SYSTEM, 0, "hsqs"),
            text("erofs", Kind.FILE_SYSTEM, 0x400, "\u00e2\u00e1\u00f5\u00e0"),
            text("jfs", Kind.FILE_SYSTEM, 0x8000, "JFS1"),
            text("reiserfs", Kind.FILE_SYSTEM, 0x10034, "ReIsEr"),
            text("hfsplus", Kind.FILE_SYSTEM, 0x400, "H+\0"),
            text("hfsplus", Kind.FILE_SYSTEM, 0x400, "HX\0"),
            text("apfs", Kind.FILE_SYSTEM, 0x20, "NXSB"),
            text("ufs", Kind.FILE_SYSTEM, 0x1055c, "\u0019\u0001\u0054\u0019"),
            text("ntfs", Kind.FILE_SYSTEM, 3, "NTFS    "),
            text("exfat", Kind.FILE_SYSTEM, 3, "EXFAT   "),
            text("vfat", Kind.FILE_SYSTEM, 0x52, "FAT32   "),
            text("vfat", Kind.FILE_SYSTEM, 0x36, "FAT16   "),
            text("vfat", Kind.FILE_SYSTEM, 0x36, "FAT12   "),
            text("vfat", Kind.FILE_SYSTEM, 0x36, "FAT     "),
            text("iso9660", Kind.FILE_SYSTEM, 0x8001, "CD001"),
            text("udf", Kind.FILE_SYSTEM, 0x8001, "BEA01"));

    /** Looks at a few dozen places of the first 256 KiB and of the end; no side effect. */
    public static Optional<Signature> detect(ByteSource bytes) throws ImageProblem {
        long size = bytes.sizeBytes();
        // First, as such a member starts with what the array holds, maybe an older state of it. MD 1.0 stands 8 KiB
        // before the end, rounded down to 4 KiB; MD 0.90 in the last whole 64 KiB.
        long md10 = (size / SECTOR_BYTES - 16 & ~7L) * SECTOR_BYTES;
        long md09 = (size & -MD_09_ALIGN_BYTES) - MD_09_ALIGN_BYTES;
        if (at(bytes, md10, MD) || at(bytes, md09, MD)) {
            return Optional.of(new Signature("linux_raid_member", Kind.VOLUME_MANAGER));
        }
        for (Magic magic : MAGICS) {
            if (at(bytes, magic.offset, magic.bytes)) {
                return Optional.of(new Signature(magic.type, magic.kind));
            }
        }
        return zfs(bytes) ? Optional.of(new Signature("zfs_member", Kind.UNREAD)) : Optional.empty();
    }

    /** The first label's ring of uberblocks: 128 slots of 1 KiB from 128 KiB on. */
    private static boolean zfs(ByteSource bytes) throws ImageProblem {
        for (int i = 0; i < ZFS_UBERBLOCKS; i++) {
            if (at(bytes, (ZFS_UBERBLOCKS + i) * 1024L, ZFS_UBERBLOCK)) {
                return true;
            }
        }
        return false;
    }

    private static boolean at(ByteSource bytes, long offset, byte[] expected) throws ImageProblem {
        if (offset < 0 || offset > bytes.sizeBytes() - expected.length) {
            return false;
        }
        byte[] found = new byte[expected.length];
        bytes.read(offset, MemorySegment.ofArray(found));
        return Arrays.equals(found, expected);
    }

    private static Magic text(String type, Kind kind, long offset, String latin) {
        return new Magic(type, kind, offset, latin.getBytes(StandardCharsets.ISO_8859_1));
    }

    private record Magic(String type, Kind kind, long offset, byte[] bytes) {}
}
