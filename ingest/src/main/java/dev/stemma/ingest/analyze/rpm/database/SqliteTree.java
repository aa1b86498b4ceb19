package dev.stemma.ingest.analyze.rpm.database;

import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.OverBudget;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The rows of one table of an SQLite database: a b-tree whose leaves hold them, with long ones continued on overflow pages
 * (<a href="https://www.sqlite.org/fileformat2.html">Database File Format</a>, section 1.6).
 */
final class SqliteTree {

    private static final int INTERIOR = 0x05;
    private static final int LEAF = 0x0d;

    private final SqlitePages pages;
    private final Visited visited;
    /** Rows share no page, so that together they are no longer than the database. */
    private long unclaimedBytes;

    SqliteTree(SqlitePages pages, Budget budget) {
        this.pages = pages;
        this.visited = new Visited(1, pages.pageCount(), pages.origin(), budget);
        this.unclaimedBytes = pages.pageCount() * pages.usableBytes();
    }

    /** Takes a table's rows. */
    interface RowSink {
        void row(long id, Fields payload) throws ImageProblem;

        /** One that cannot be read. */
        void broken(ImageProblem problem) throws ImageProblem;
    }

    /** Hands out all rows below a root page, by their ids. */
    void rows(long root, RowSink sink) throws ImageProblem {
        Deque<Long> pending = new ArrayDeque<>();
        pending.push(root);
        while (!pending.isEmpty()) {
            long number = pending.pop();
            visited.enter(number);
            Fields page = pages.page(number);
            int start = number == 1 ? SqlitePages.FILE_HEADER_BYTES : 0;
            int type = page.u8(start);
            int cells = page.u16(start + 3L);
            if (type == INTERIOR) {
                pending.push(page.u32(start + 8L));
                for (int i = cells - 1; i >= 0; i--) {
                    pending.push(page.u32(page.u16(start + 12L + 2L * i)));
                }
            } else if (type == LEAF) {
                for (int i = 0; i < cells; i++) {
                    cell(page, page.u16(start + 8L + 2L * i), sink);
                }
            } else {
                throw new Corrupt("bad-value", page.origin(), "has type " + type + " in a table");
            }
        }
    }

    private void cell(Fields page, int at, RowSink sink) throws ImageProblem {
        long id;
        Fields payload;
        try {
            SqliteVarint length = SqliteVarint.parse(page, at);
            SqliteVarint row = SqliteVarint.parse(page, length.end());
            id = row.value();
            payload = payload(page, row.end(), length.value(), "row " + id);
        } catch (ImageProblem e) {
            sink.broken(e);
            return;
        }
        sink.row(id, payload);
    }

    /** Section 1.6: how much of a payload lies in the leaf itself. */
    private Fields payload(Fields page, long at, long length, String name) throws ImageProblem {
        int usable = pages.usableBytes();
        int most = usable - 35;
        if (length >= 0 && length <= most) {
            return page.part(name, at, length);
        }
        if (length < 0 || length > PackageTable.MAX_HEADER_BYTES) {
            throw new OverBudget("size-limit", page.origin().within(name), "has " + length + " bytes");
        }
        if (length > unclaimedBytes) {
            throw new Corrupt(
                    "truncated",
                    page.origin().within(name),
                    "has " + length + " bytes, more than the database has for it");
        }
        unclaimedBytes -= length;
        int least = (usable - 12) * 32 / 255 - 23;
        long spread = least + (length - least) % (usable - 4);
        long local = spread <= most ? spread : least;
        byte[] whole = new byte[(int) length];
        System.arraycopy(page.bytes(at, local), 0, whole, 0, (int) local);
        int done = (int) local;
        for (long next = page.u32(at + local); next != 0 && done < whole.length; ) {
            visited.enter(next);
            Fields overflow = pages.page(next);
            int piece = Math.min(usable - 4, whole.length - done);
            System.arraycopy(overflow.bytes(4, piece), 0, whole, done, piece);
            done += piece;
            next = overflow.u32(0);
        }
        if (done < whole.length) {
            throw new Corrupt("truncated", page.origin().within(name), "has " + done + " of " + length + " bytes");
        }
        return Fields.of(whole, page.origin().within(name), java.nio.ByteOrder.BIG_ENDIAN);
    }
}
