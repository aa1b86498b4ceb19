package dev.stemma.ingest.filesystem.ext;

import dev.stemma.graph.model.GuestName;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import dev.stemma.ingest.problem.Unsupported;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads all names of a directory. Hashed directories keep the linear form of their leaves, and their index blocks look like
 * one unused entry, so every block is read the same way ("Directory Entries", kernel documentation).
 */
final class DirectoryEntries {

    private static final int HEADER_BYTES = 8;
    private static final int MIN_ENTRY_BYTES = 12;
    private static final int TAIL_BYTES = 12;
    private static final int TAIL_KIND = 0xde;
    private static final int BIG_BLOCK_BYTES = 1 << 16;

    private final Inode directory;
    private final Budget budget;
    private final List<Name> names = new ArrayList<>();
    private long parent;

    private DirectoryEntries(Inode directory, Budget budget) {
        this.directory = directory;
        this.budget = budget;
    }

    /** A name and the inode that it stands for. */
    record Name(GuestName name, long inode) {}

    /**
     * @param names without {@code .} and {@code ..}, in disk order
     * @param parent inode that {@code ..} names
     */
    record Listing(List<Name> names, long parent) {}

    static Listing read(Inode directory, Pages pages, Budget budget) throws ImageProblem {
        if (directory.has(Inode.FLAG_ENCRYPTED)) {
            throw new Unsupported(
                    "encrypted", directory.origin(), "the names in it are encrypted, and Stemma has no key");
        }
        DirectoryEntries entries = new DirectoryEntries(directory, budget);
        if (directory.has(Inode.FLAG_INLINE_DATA)) {
            entries.inline(InlineData.of(directory));
        } else {
            entries.blocks(pages);
        }
        return new Listing(entries.names, entries.parent);
    }

    private void inline(InlineData data) throws ImageProblem {
        parent = data.head().u32(0);
        entries(data.head().part(4, data.head().length() - 4));
        entries(data.tail());
    }

    private void blocks(Pages pages) throws ImageProblem {
        Superblock superblock = directory.superblock();
        int blockBytes = superblock.blockBytes();
        long count = directory.sizeBytes() / blockBytes;
        if (count == 0 || directory.sizeBytes() % blockBytes != 0 || count > superblock.blocks()) {
            throw new Corrupt("bad-value", directory.origin(), "a directory of " + directory.sizeBytes() + " bytes");
        }
        Map<Long, BitSet> met = new HashMap<>();
        long[] next = {0};
        Mapping.of(directory, pages).walk(count, (logical, physical, run) -> {
            requireNoHole(next[0], logical);
            for (long i = 0; i < run; i++) {
                long block = physical + i;
                BitSet some = met.computeIfAbsent(block >>> 12, _ -> new BitSet());
                if (some.get((int) (block & 0xfff))) {
                    throw new Corrupt("loop", directory.origin(), "uses block " + block + " twice");
                }
                some.set((int) (block & 0xfff));
                Origin at = directory.origin().within("directory block " + block);
                Structure raw = pages.at(block * blockBytes, blockBytes, at);
                if (!isIndex(raw, logical + i)) {
                    verify(raw);
                }
                entries(raw);
            }
            next[0] = logical + run;
        });
        requireNoHole(next[0], count);
        if (parent == 0) {
            throw new Corrupt("bad-value", directory.origin(), "has no entry '..'");
        }
    }

    private void requireNoHole(long next, long logical) throws Corrupt {
        if (logical != next) {
            throw new Corrupt("bad-value", directory.origin(), "the directory has a hole at block " + next);
        }
    }

    private void entries(Structure raw) throws ImageProblem {
        for (int at = 0; at < raw.length(); ) {
            int length = entryBytes(raw.u16(at + 4));
            long inode = raw.u32(at);
            int nameBytes = directory.superblock().has(Feature.INCOMPAT_FILETYPE) ? raw.u8(at + 6) : raw.u16(at + 6);
            if (length < MIN_ENTRY_BYTES
                    || length % 4 != 0
                    || length > raw.length() - at
                    || inode != 0 && HEADER_BYTES + nameBytes > length) {
                throw new Corrupt("bad-value", raw.origin(), "the entry at " + at + " has " + length + " bytes");
            }
            if (inode != 0) {
                entry(raw, at, inode, nameBytes);
            }
            at += length;
        }
    }

    private int entryBytes(int stored) {
        if (directory.superblock().blockBytes() < BIG_BLOCK_BYTES) {
            return stored;
        }
        return stored == 0xffff || stored == 0 ? BIG_BLOCK_BYTES : stored & 0xfffc | (stored & 3) << 16;
    }

    private void entry(Structure raw, int at, long inode, int nameBytes) throws ImageProblem {
        byte[] name = raw.copy(at + HEADER_BYTES, nameBytes);
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
        boolean bad = nameBytes == 0 || nameBytes > 255;
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

    /**
     * Whether this is the root or a node of a hashed directory's index. It has a checksum of another kind; but where Linux made the
     * directory's first block into the root, the end of it still looks like that of a leaf.
     */
    private boolean isIndex(Structure raw, long logical) throws Corrupt {
        return directory.has(Inode.FLAG_INDEX)
                && (logical == 0 || raw.u32(0) == 0 && entryBytes(raw.u16(4)) == raw.length());
    }

    /** Leaves end in an unused entry of 12 bytes that holds a checksum. */
    private void verify(Structure raw) throws Corrupt {
        int tail = raw.length() - TAIL_BYTES;
        if (directory.superblock().hasRo(Feature.RO_METADATA_CSUM)
                && raw.s32(tail) == 0
                && raw.u16(tail + 4) == TAIL_BYTES
                && raw.u8(tail + 6) == 0
                && raw.u8(tail + 7) == TAIL_KIND
                && directory.checksum().bytes(raw, 0, tail).value() != raw.s32(tail + 8)) {
            throw new Corrupt("bad-checksum", raw.origin(), "the directory block's checksum is wrong");
        }
    }
}
