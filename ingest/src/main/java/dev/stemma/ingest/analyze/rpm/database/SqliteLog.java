package dev.stemma.ingest.analyze.rpm.database;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * What an SQLite write-ahead log holds of committed transactions (<a href="https://www.sqlite.org/fileformat2.html">Database File
 * Format</a>, section 4.1). Frames count while their salts are the header's and their running checksums fit, and up to the
 * last that ends a transaction; what comes after was left by an earlier log or a crash, and SQLite does not read it either.
 *
 * @param positions where in the log the content of a page lies, by page number
 * @param pageCount of the whole database after the last transaction; 0 when the log holds none
 */
record SqliteLog(Map<Integer, Long> positions, long pageCount) {

    private static final int HEADER_BYTES = 32;
    private static final int FRAME_HEADER_BYTES = 24;
    private static final long MAGIC_LITTLE = 0x377f0682;
    private static final long MAGIC_BIG = 0x377f0683;
    private static final long VERSION = 3_007_000;

    SqliteLog {
        positions = Map.copyOf(positions);
    }

    private static final SqliteLog NOTHING = new SqliteLog(Map.of(), 0);

    static SqliteLog read(ByteSource log, int pageBytes, Budget budget) throws ImageProblem {
        if (log.sizeBytes() < HEADER_BYTES) {
            return NOTHING;
        }
        Fields header = Fields.read(log, "header", 0, HEADER_BYTES, ByteOrder.BIG_ENDIAN);
        if (header.u32(0) != MAGIC_LITTLE && header.u32(0) != MAGIC_BIG || header.u32(4) != VERSION) {
            return NOTHING;
        }
        ByteOrder order = header.u32(0) == MAGIC_BIG ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        Sum sum = new Sum();
        sum.add(Fields.of(header.bytes(0, 24), header.origin(), order));
        if (!sum.is(header, 24)) {
            return NOTHING;
        }
        if (header.u32(8) != pageBytes) {
            throw new Corrupt("bad-value", header.origin(), "has pages of " + header.u32(8) + " bytes");
        }
        Map<Integer, Long> committed = new HashMap<>();
        Map<Integer, Long> pending = new HashMap<>();
        long pageCount = 0;
        long frameBytes = FRAME_HEADER_BYTES + (long) pageBytes;
        for (long at = HEADER_BYTES; at <= log.sizeBytes() - frameBytes; at += frameBytes) {
            budget.check(log.origin());
            Fields frame = Fields.read(log, "frame at byte " + at, at, frameBytes, ByteOrder.BIG_ENDIAN);
            long page = frame.u32(0);
            if (frame.u32(8) != header.u32(16) || frame.u32(12) != header.u32(20) || page < 1) {
                break;
            }
            sum.add(Fields.of(frame.bytes(0, 8), frame.origin(), order));
            sum.add(Fields.of(frame.bytes(FRAME_HEADER_BYTES, pageBytes), frame.origin(), order));
            if (!sum.is(frame, 16) || page > Integer.MAX_VALUE) {
                break;
            }
            pending.put((int) page, at + FRAME_HEADER_BYTES);
            if (frame.u32(4) != 0) {
                committed.putAll(pending);
                pending.clear();
                pageCount = frame.u32(4);
            }
        }
        return new SqliteLog(committed, pageCount);
    }

    /** The running checksum of section 4.2: two sums of 32-bit words. */
    private static final class Sum {
        private int first;
        private int second;

        void add(Fields words) throws Corrupt {
            for (int at = 0; at < words.sizeBytes(); at += 8) {
                first += (int) words.u32(at) + second;
                second += (int) words.u32(at + 4L) + first;
            }
        }

        boolean is(Fields fields, int at) throws Corrupt {
            return (int) fields.u32(at) == first && (int) fields.u32(at + 4L) == second;
        }
    }
}
