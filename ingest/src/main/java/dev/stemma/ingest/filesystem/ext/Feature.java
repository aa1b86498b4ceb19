package dev.stemma.ingest.filesystem.ext;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Feature bits of a superblock, as {@code fs/ext4/ext4.h} defines them. A reader must refuse INCOMPAT bits that it does not
 * know; COMPAT and RO_COMPAT bits never change how existing data is read.
 */
final class Feature {

    static final int COMPAT_HAS_JOURNAL = 0x4;
    static final int COMPAT_SPARSE_SUPER2 = 0x200;

    static final int RO_SPARSE_SUPER = 0x1;
    static final int RO_LARGE_FILE = 0x2;
    static final int RO_BTREE_DIR = 0x4;
    static final int RO_GDT_CSUM = 0x10;
    static final int RO_BIGALLOC = 0x200;
    static final int RO_METADATA_CSUM = 0x400;

    static final int INCOMPAT_FILETYPE = 0x2;
    static final int INCOMPAT_RECOVER = 0x4;
    static final int INCOMPAT_JOURNAL_DEV = 0x8;
    static final int INCOMPAT_META_BG = 0x10;
    static final int INCOMPAT_EXTENTS = 0x40;
    static final int INCOMPAT_64BIT = 0x80;
    static final int INCOMPAT_MMP = 0x100;
    static final int INCOMPAT_FLEX_BG = 0x200;
    static final int INCOMPAT_EA_INODE = 0x400;
    static final int INCOMPAT_CSUM_SEED = 0x2000;
    static final int INCOMPAT_LARGEDIR = 0x4000;
    static final int INCOMPAT_INLINE_DATA = 0x8000;
    static final int INCOMPAT_ENCRYPT = 0x10000;
    static final int INCOMPAT_CASEFOLD = 0x20000;

    /** What this reader reads; JOURNAL_DEV is answered before this is asked. */
    static final int INCOMPAT_READ = INCOMPAT_FILETYPE
            | INCOMPAT_RECOVER
            | INCOMPAT_META_BG
            | INCOMPAT_EXTENTS
            | INCOMPAT_64BIT
            | INCOMPAT_MMP
            | INCOMPAT_FLEX_BG
            | INCOMPAT_EA_INODE
            | INCOMPAT_CSUM_SEED
            | INCOMPAT_LARGEDIR
            | INCOMPAT_INLINE_DATA
            | INCOMPAT_ENCRYPT
            | INCOMPAT_CASEFOLD;

    private static final Map<Integer, String> UNREAD_NAMES = Map.of(0x1, "compression", 0x1000, "dirdata");

    private Feature() {}

    /** The bits that this reader does not know, as a person looks them up. */
    static List<String> unread(int incompat) {
        List<String> names = new ArrayList<>();
        for (int bits = incompat & ~INCOMPAT_READ; bits != 0; bits &= bits - 1) {
            int bit = Integer.lowestOneBit(bits);
            names.add(UNREAD_NAMES.getOrDefault(bit, "incompat 0x" + Integer.toHexString(bit)));
        }
        return names;
    }

    /** {@code ext2}, {@code ext3} or {@code ext4}, decided as {@code blkid} does. */
    static String type(int compat, int incompat, int roCompat) {
        boolean oldRo = (roCompat & ~(RO_SPARSE_SUPER | RO_LARGE_FILE | RO_BTREE_DIR)) == 0;
        boolean oldIncompat = (incompat & ~(INCOMPAT_FILETYPE | INCOMPAT_RECOVER | INCOMPAT_META_BG)) == 0;
        if (!oldRo || !oldIncompat) {
            return "ext4";
        }
        return (compat & COMPAT_HAS_JOURNAL) != 0 ? "ext3" : "ext2";
    }
}
