package dev.stemma.ingest.image.qcow2;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Walks the two levels of tables that map guest clusters to the file, once, before anything is read through them. QEMU
 * takes a cluster that lies past the end of the file for zeros, so that a truncated image would look like an empty one;
 * and it reads one cluster as often as the tables name it, so that a small file could demand endless hashing. Both end
 * here. Costs 8 bytes of reading for each allocated cluster.
 */
public final class Qcow2Tables {

    private static final long OFFSET_MASK = 0x00fffffffffffe00L;
    private static final long COMPRESSED = 1L << 62;
    private static final int PIECE_BYTES = 1 << 16;
    /** Most that a compressed cluster can grow: deflate's bound is 1,032, and zstd frames of one cluster come near to it. */
    private static final long MAX_COMPRESSED_RATIO = 4_096;

    private final ByteSource file;
    private final Qcow2Header header;
    private final Origin origin;
    private final long clusterBytes;
    private long standard;
    private long compressed;

    private Qcow2Tables(ByteSource file, Qcow2Header header) {
        this.file = file;
        this.header = header;
        this.origin = file.origin().within("qcow2 tables");
        this.clusterBytes = 1L << header.clusterBits();
    }

    /**
     * @throws Corrupt {@code truncated} when a table or a cluster lies past the end of the file, {@code loop} when a table is
     *     named twice, {@code bad-value} when more clusters are named than the file can hold
     */
    public static void requireSound(ByteSource file, Qcow2Header header, Budget budget) throws ImageProblem {
        new Qcow2Tables(file, header).walk(budget);
    }

    private void walk(Budget budget) throws ImageProblem {
        long[] tables = firstLevel();
        Arrays.sort(tables); // Finds what is named twice in bounded memory, and reads the file forward.
        for (int i = 1; i < tables.length; i++) {
            if (tables[i] != 0 && tables[i] == tables[i - 1]) {
                throw new Corrupt("loop", origin, "two entries name the same table at byte " + tables[i]);
            }
        }
        for (long table : tables) {
            if (table != 0) {
                budget.check(origin);
                secondLevel(table);
            }
        }
        long held = file.sizeBytes() / clusterBytes + 1;
        if (standard > held || compressed / MAX_COMPRESSED_RATIO > held) {
            throw new Corrupt(
                    "bad-value",
                    origin,
                    "names " + (standard + compressed) + " clusters where the file holds at most " + held);
        }
    }

    private long[] firstLevel() throws ImageProblem {
        long[] tables = new long[header.l1Entries()];
        Fields level = piece("first-level table", header.l1Offset(), tables.length * 8L);
        for (int i = 0; i < tables.length; i++) {
            tables[i] = level.i64(i * 8L) & OFFSET_MASK;
        }
        return tables;
    }

    private void secondLevel(long table) throws ImageProblem {
        if ((table & (clusterBytes - 1)) != 0) {
            throw new Corrupt("bad-value", origin, "a second-level table lies at byte " + table);
        }
        requireHeld(table, clusterBytes, "a second-level table");
        int entryBytes = header.extendedL2() ? 16 : 8;
        for (long at = 0; at < clusterBytes; at += PIECE_BYTES) {
            Fields piece = piece("second-level table", table + at, Math.min(PIECE_BYTES, clusterBytes - at));
            for (int i = 0; i < piece.sizeBytes(); i += entryBytes) {
                check(piece.i64(i));
            }
        }
    }

    private void check(long entry) throws Corrupt {
        if (entry == 0) {
            return;
        }
        if ((entry & COMPRESSED) != 0) {
            // Offset in the low bits, then how many sectors after the first; the last may stick out of the file.
            int sectorBits = header.clusterBits() - 8;
            long offset = entry & ((1L << (62 - sectorBits)) - 1);
            requireHeld(offset, 1, "a compressed cluster");
            compressed++;
            return;
        }
        long offset = entry & OFFSET_MASK;
        if (offset != 0) {
            if ((offset & (clusterBytes - 1)) != 0) {
                throw new Corrupt("bad-value", origin, "a cluster lies at byte " + offset);
            }
            requireHeld(offset, 1, "a cluster");
            standard++;
        }
    }

    private void requireHeld(long offset, long length, String what) throws Corrupt {
        if (offset > file.sizeBytes() - length) {
            throw Qcow2Header.truncated(
                    origin, what + " lies at byte " + offset + ", after the end at " + file.sizeBytes());
        }
    }

    private Fields piece(String name, long offset, long length) throws ImageProblem {
        return Fields.read(file, name, offset, length, ByteOrder.BIG_ENDIAN);
    }
}
