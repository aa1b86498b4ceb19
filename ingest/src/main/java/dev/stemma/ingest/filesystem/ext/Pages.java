package dev.stemma.ingest.filesystem.ext;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A bounded cache of the metadata part of a file system, in aligned pages. Inode tables and neighbouring directory blocks
 * come in with one read. A structure never crosses a page: all of them are aligned to a power of two up to the block
 * size, and a page is at least a block. Safe for several threads; a page is never changed once read.
 */
final class Pages {

    private static final int MIN_PAGE_BYTES = 32 << 10;
    private static final int CACHE_BYTES = 16 << 20;

    private final ByteSource source;
    private final Budget budget;
    private final long sizeBytes;
    private final int pageBytes;
    private final Map<Long, byte[]> pages;

    /**
     * @param sizeBytes of the file system, at most the source's
     * @param blockBytes a power of two
     */
    Pages(ByteSource source, Budget budget, long sizeBytes, int blockBytes) {
        this.source = source;
        this.budget = budget;
        this.sizeBytes = sizeBytes;
        this.pageBytes = Math.max(MIN_PAGE_BYTES, blockBytes);
        int capacity = CACHE_BYTES / pageBytes;
        this.pages = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
                return size() > capacity;
            }
        };
    }

    /** A structure that does not cross a page. */
    Structure at(long offsetBytes, int lengthBytes, Origin origin) throws ImageProblem {
        if (offsetBytes < 0 || offsetBytes > sizeBytes - lengthBytes) {
            throw new Corrupt("out-of-bounds", origin, "lies at byte " + offsetBytes + " of " + sizeBytes);
        }
        long page = offsetBytes / pageBytes;
        return new Structure(page(page, origin), (int) (offsetBytes - page * pageBytes), lengthBytes, origin);
    }

    private byte[] page(long page, Origin origin) throws ImageProblem {
        synchronized (pages) {
            byte[] cached = pages.get(page);
            if (cached != null) {
                return cached;
            }
        }
        budget.check(origin);
        byte[] fresh = new byte[(int) Math.min(pageBytes, sizeBytes - page * pageBytes)];
        source.read(page * pageBytes, MemorySegment.ofArray(fresh));
        synchronized (pages) {
            pages.put(page, fresh);
        }
        return fresh;
    }
}
