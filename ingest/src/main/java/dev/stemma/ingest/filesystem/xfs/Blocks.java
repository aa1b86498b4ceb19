package dev.stemma.ingest.filesystem.xfs;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A bounded cache of the metadata part of a file system, in pages of 64 KiB, which no inode and no block crosses. Structures
 * are copied out. Safe for several threads; a page is never changed once read.
 */
final class Blocks {

    private static final int PAGE_BYTES = 64 << 10;
    private static final int CACHED_PAGES = 256;
    private static final int DEVICE_UNIT_BYTES = 512;

    private final Superblock superblock;
    private final ByteSource source;
    private final Budget budget;
    private final Map<Long, byte[]> pages = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
            return size() > CACHED_PAGES;
        }
    };

    Blocks(Superblock superblock, ByteSource source, Budget budget) {
        this.superblock = superblock;
        this.source = source;
        this.budget = budget;
    }

    /** What all of it is read from. */
    ByteSource source() {
        return source;
    }

    /** A structure that does not cross a page. */
    Fields at(long offsetBytes, int lengthBytes, Origin origin) throws ImageProblem {
        byte[] page = page(offsetBytes / PAGE_BYTES, origin);
        int start = (int) (offsetBytes % PAGE_BYTES);
        if (start + lengthBytes > page.length) {
            throw new Corrupt("out-of-bounds", origin, "lies at byte " + offsetBytes);
        }
        return Fields.of(Arrays.copyOfRange(page, start, start + lengthBytes), origin, ByteOrder.BIG_ENDIAN);
    }

    /** One block. */
    Fields block(long block, Origin origin) throws ImageProblem {
        return at(superblock.offset(block, 1, origin), superblock.blockBytes(), origin);
    }

    /**
     * Checks what a metadata block of version 5 says of itself; nothing with version 4.
     *
     * @param checksum where its CRC-32C stands
     * @param offsetBytes where it lies
     * @param place where it says so, in units of 512 bytes
     * @param uuid where the file system's UUID stands
     * @param owner where its inode stands
     */
    void verify(Fields raw, int checksum, long offsetBytes, int place, int uuid, int owner, long inode) throws Corrupt {
        if (!superblock.version5()) {
            return;
        }
        if (!Checksum.fits(raw, checksum)) {
            throw new Corrupt("bad-checksum", raw.origin(), "the block's checksum is wrong");
        }
        if (raw.i64(place) != offsetBytes / DEVICE_UNIT_BYTES
                || raw.i64(owner) != inode
                || !raw.has(uuid, superblock.metadataUuid())) {
            throw new Corrupt("bad-value", raw.origin(), "the block says that it belongs elsewhere");
        }
    }

    private byte[] page(long page, Origin origin) throws ImageProblem {
        synchronized (pages) {
            byte[] cached = pages.get(page);
            if (cached != null) {
                return cached;
            }
        }
        budget.check(origin);
        long start = page * PAGE_BYTES;
        byte[] fresh = new byte[(int) Math.clamp(superblock.facts().sizeBytes() - start, 0, PAGE_BYTES)];
        source.read(start, MemorySegment.ofArray(fresh));
        synchronized (pages) {
            pages.put(page, fresh);
        }
        return fresh;
    }
}
