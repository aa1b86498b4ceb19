package dev.stemma.ingest.filesystem.xfs;

import dev.stemma.graph.model.GuestName;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads all names of a directory ({@code fs/xfs/libxfs/xfs_da_format.h}). Whether it has a hash index, in the same block, in a leaf
 * or in a tree, does not matter: names stand in data blocks, which lie below 32 GiB of the directory's own space.
 */
final class DirectoryEntries {

    private static final int BLOCK_V4 = 0x58443242;
    private static final int BLOCK_V5 = 0x58444233;
    private static final int DATA_V4 = 0x58443244;
    private static final int DATA_V5 = 0x58444433;
    private static final int HEADER_V4_BYTES = 16;
    private static final int HEADER_V5_BYTES = 64;
    private static final int TAIL_BYTES = 8;
    private static final int LEAF_ENTRY_BYTES = 8;
    private static final int UNUSED = 0xffff;
    private static final int ALIGN = 8;
    private static final long DATA_SPACE_BYTES = 32L << 30;
    private static final int SHORT_HEADER_BYTES = 2;

    private final Inode directory;
    private final Budget budget;
    private final List<Name> names = new ArrayList<>();
    private final boolean parentOnly;
    private long parent;

    private DirectoryEntries(Inode directory, Budget budget, boolean parentOnly) {
        this.directory = directory;
        this.budget = budget;
        this.parentOnly = parentOnly;
    }

    /** A name and the inode that it stands for. */
    record Name(GuestName name, long inode) {}

    /** The names without {@code .} and {@code ..}, in disk order. */
    static List<Name> read(Inode directory, Blocks blocks, Budget budget) throws ImageProblem {
        DirectoryEntries entries = new DirectoryEntries(directory, budget, false);
        entries.read(blocks);
        if (entries.parent == 0) {
            throw new Corrupt("bad-value", directory.origin(), "has no entry '..'");
        }
        return entries.names;
    }

    /** The inode that {@code ..} stands for; it is among the first names, and no more than needed is read. */
    static long parent(Inode directory, Blocks blocks, Budget budget) throws ImageProblem {
        DirectoryEntries entries = new DirectoryEntries(directory, budget, true);
        entries.read(blocks);
        return entries.parent;
    }

    private void read(Blocks blocks) throws ImageProblem {
        Fork fork = directory.data();
        if (fork.format() == Fork.Format.LOCAL) {
            shortForm(fork.area());
            return;
        }
        Superblock superblock = directory.superblock();
        int perBlock = 1 << superblock.directoryBits();
        long end = DATA_SPACE_BYTES / superblock.blockBytes();
        ForkMap map = new ForkMap(directory, fork, blocks, parentOnly ? perBlock : end);
        Set<Long> met = new HashSet<>();
        long next = 0;
        for (ForkMap.Run run : map.runs()) {
            long stop = run.logical() + run.count();
            for (long at = Math.max(next, run.logical() / perBlock * perBlock); at < stop; at += perBlock) {
                long offset = map.offset(at);
                Origin place = directory.origin().within("directory block " + at);
                if (!met.add(offset)) {
                    throw new Corrupt("loop", place, "is used twice");
                }
                block(map.read(at, perBlock, place), offset, blocks);
                next = at + perBlock;
            }
        }
    }

    /** Names in the inode itself; inode numbers have 8 bytes when one of them needs more than 4. */
    private void shortForm(Fields raw) throws ImageProblem {
        int count = raw.u8(0);
        int numberBytes = raw.u8(1) == 0 ? 4 : 8;
        parent = number(raw, SHORT_HEADER_BYTES, numberBytes);
        int at = SHORT_HEADER_BYTES + numberBytes;
        for (int i = 0; i < count && !parentOnly; i++) {
            int nameBytes = raw.u8(at);
            int number = at + 3 + nameBytes + (directory.superblock().fileTypes() ? 1 : 0);
            entry(raw, at + 3, nameBytes, number(raw, number, numberBytes));
            at = number + numberBytes;
        }
        if (at > directory.sizeBytes() && !parentOnly) {
            throw new Corrupt("bad-value", raw.origin(), "has more names than its size says");
        }
    }

    private static long number(Fields raw, int at, int bytes) throws Corrupt {
        return bytes == 4 ? raw.u32(at) : raw.i64(at);
    }

    private void block(Fields raw, long offsetBytes, Blocks blocks) throws ImageProblem {
        boolean v5 = directory.superblock().version5();
        int magic = (int) raw.u32(0);
        boolean alone = magic == (v5 ? BLOCK_V5 : BLOCK_V4);
        if (!alone && magic != (v5 ? DATA_V5 : DATA_V4)) {
            throw new Corrupt("bad-magic", raw.origin(), "is not a block of names");
        }
        blocks.verify(raw, 4, offsetBytes, 8, 24, 40, directory.number());
        long end = raw.sizeBytes();
        if (alone) {
            end -= TAIL_BYTES + raw.u32(raw.sizeBytes() - TAIL_BYTES) * LEAF_ENTRY_BYTES;
        }
        int at = v5 ? HEADER_V5_BYTES : HEADER_V4_BYTES;
        while (at < end) {
            at = used(raw, at, end);
        }
    }

    /** Takes one entry or unused stretch; returns where the next one is. */
    private int used(Fields raw, int at, long end) throws ImageProblem {
        int length;
        if (raw.u16(at) == UNUSED) {
            length = raw.u16(at + 2);
        } else {
            int nameBytes = raw.u8(at + 8);
            int fields = 9 + nameBytes + (directory.superblock().fileTypes() ? 1 : 0) + 2;
            length = Math.ceilDiv(fields, ALIGN) * ALIGN;
            if (length <= end - at) {
                entry(raw, at + 9, nameBytes, raw.i64(at));
            }
        }
        if (length == 0 || length % ALIGN != 0 || length > end - at) {
            throw new Corrupt("bad-value", raw.origin(), "the entry at " + at + " has " + length + " bytes");
        }
        return at + length;
    }

    private void entry(Fields raw, int at, int nameBytes, long inode) throws ImageProblem {
        byte[] name = raw.bytes(at, nameBytes);
        if (nameBytes == 1 && name[0] == '.') {
            return;
        }
        if (nameBytes == 2 && name[0] == '.' && name[1] == '.') {
            if (parent != 0) {
                throw new Corrupt("bad-value", raw.origin(), "has more than one entry '..'");
            }
            parent = inode;
            return;
        }
        if (parentOnly) {
            return;
        }
        boolean bad = nameBytes == 0;
        for (byte b : name) {
            bad |= b == 0 || b == '/';
        }
        if (bad) {
            throw new Corrupt("bad-value", raw.origin(), "the name at " + at + " is none: " + GuestName.of(name));
        }
        if (names.size() >= Budget.MAX_DIRECTORY_ENTRIES) {
            throw new OverBudget(
                    "entry-limit", directory.origin(), "has more than " + Budget.MAX_DIRECTORY_ENTRIES + " entries");
        }
        if (names.size() % 1_000 == 0) {
            budget.check(directory.origin());
        }
        names.add(new Name(GuestName.of(name), inode));
    }
}
