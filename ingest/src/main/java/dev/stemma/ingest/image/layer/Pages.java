package dev.stemma.ingest.image.layer;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file's tables, read in pages, of which the last used are kept: at most 8 MiB, however large a header says that its
 * tables are. Safe for use by several threads.
 */
public final class Pages {

    private static final int PAGE_BYTES = 64 << 10;
    private static final int MAX_PAGES = 128;

    private final ByteSource file;
    private final String name;
    private final ValueLayout.OfInt ints;
    private final ValueLayout.OfLong longs;
    private final Map<Long, MemorySegment> pages = new LinkedHashMap<>(2 * MAX_PAGES, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, MemorySegment> eldest) {
            return size() > MAX_PAGES;
        }
    };

    /** @param name of the tables, for messages */
    public Pages(ByteSource file, String name, ByteOrder order) {
        this.file = file;
        this.name = name;
        this.ints = ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
        this.longs = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order);
    }

    /** 0 to 255. */
    public int u8(long at) throws ImageProblem {
        return page(at, 1).get(ValueLayout.JAVA_BYTE, at % PAGE_BYTES) & 0xff;
    }

    /** 0 to 2³² - 1; the position must be a multiple of 4. */
    public long u32(long at) throws ImageProblem {
        return Integer.toUnsignedLong(page(at, 4).get(ints, at % PAGE_BYTES));
    }

    /** 64 bits as they stand; the position must be a multiple of 8. */
    public long i64(long at) throws ImageProblem {
        return page(at, 8).get(longs, at % PAGE_BYTES);
    }

    private MemorySegment page(long at, int length) throws ImageProblem {
        if (at < 0 || at > file.sizeBytes() - length) {
            throw new Corrupt(
                    "truncated",
                    file.origin().within(name),
                    "an entry lies at byte " + at + ", the file ends at " + file.sizeBytes(),
                    "Copy the image again from its source.");
        }
        if (at % length != 0) {
            throw new Corrupt("bad-value", file.origin().within(name), "an entry lies at byte " + at);
        }
        long number = at / PAGE_BYTES;
        synchronized (pages) {
            MemorySegment page = pages.get(number);
            if (page == null) {
                long start = number * PAGE_BYTES;
                page = MemorySegment.ofArray(new byte[(int) Math.min(PAGE_BYTES, file.sizeBytes() - start)]);
                file.read(start, page);
                pages.put(number, page);
            }
            return page;
        }
    }
}
