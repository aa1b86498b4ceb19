package dev.stemma.ingest.analyze.rpm.database;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unsupported;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * The pages of an SQLite database as its last committed transaction left them: those of the write-ahead log before those of the
 * file (<a href="https://www.sqlite.org/fileformat2.html">Database File Format</a>, sections 1.3 and 4).
 */
final class SqlitePages {

    static final int FILE_HEADER_BYTES = 100;

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int UTF_8 = 1;

    private final ByteSource database;
    private final Optional<ByteSource> log;
    private final Map<Integer, Long> logged;
    private final int pageBytes;
    private final int usableBytes;
    private final long pageCount;

    private SqlitePages(
            ByteSource database,
            Optional<ByteSource> log,
            Map<Integer, Long> logged,
            int pageBytes,
            int usableBytes,
            long pageCount) {
        this.database = database;
        this.log = log;
        this.logged = logged;
        this.pageBytes = pageBytes;
        this.usableBytes = usableBytes;
        this.pageCount = pageCount;
    }

    /**
     * @param log the write-ahead log beside the database, when there is one
     */
    static SqlitePages open(ByteSource database, Optional<ByteSource> log, Budget budget) throws ImageProblem {
        Fields header = Fields.read(database, "header", 0, FILE_HEADER_BYTES, ByteOrder.BIG_ENDIAN);
        Origin origin = header.origin();
        if (!header.has(0, MAGIC)) {
            throw new Corrupt("bad-magic", origin, "does not start as an SQLite database");
        }
        int pageBytes = header.u16(16) == 1 ? 1 << 16 : header.u16(16);
        int usable = pageBytes - header.u8(20);
        if (pageBytes < 512 || Integer.bitCount(pageBytes) != 1 || usable < 480) {
            throw new Corrupt(
                    "bad-value", origin, "has pages of " + pageBytes + " bytes, " + usable + " of them usable");
        }
        SqliteLog committed =
                log.isPresent() ? SqliteLog.read(log.get(), pageBytes, budget) : new SqliteLog(Map.of(), 0);
        SqlitePages pages = new SqlitePages(
                database,
                log,
                committed.positions(),
                pageBytes,
                usable,
                committed.pageCount() > 0 ? committed.pageCount() : inFile(header, database, pageBytes));
        long encoding = pages.page(1).u32(56);
        if (encoding != UTF_8) {
            throw new Unsupported("unsupported-feature", origin, "has text encoding " + encoding);
        }
        return pages;
    }

    /** The header's count is good only where it was written with the last change (section 1.3.7). */
    private static long inFile(Fields header, ByteSource database, int pageBytes) throws Corrupt {
        long present = database.sizeBytes() / pageBytes;
        long claimed = header.u32(28);
        if (claimed == 0 || header.u32(24) != header.u32(92)) {
            return present;
        }
        if (claimed > present) {
            throw new Corrupt("truncated", header.origin(), "has " + claimed + " pages, and the file " + present);
        }
        return claimed;
    }

    /** @param number 1 or more */
    Fields page(long number) throws ImageProblem {
        if (number < 1 || number > pageCount) {
            throw new Corrupt("out-of-bounds", database.origin(), "names page " + number + " of " + pageCount);
        }
        String name = "page " + number;
        Long position = number > Integer.MAX_VALUE ? null : logged.get((int) number);
        return position != null && log.isPresent()
                ? Fields.read(log.get(), name, position, pageBytes, ByteOrder.BIG_ENDIAN)
                : Fields.read(database, name, (number - 1) * pageBytes, pageBytes, ByteOrder.BIG_ENDIAN);
    }

    /** Pages of the database; the first is 1. */
    long pageCount() {
        return pageCount;
    }

    /** Bytes of a page that hold content; the rest is reserved at its end. */
    int usableBytes() {
        return usableBytes;
    }

    Origin origin() {
        return database.origin();
    }
}
