package dev.stemma.ingest.filesystem.fat;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;

/** The table that says which cluster follows which, in pages of 64 KiB of which 4 MiB are kept. Safe for several threads. */
final class AllocationTable {

    private static final int PAGE_BYTES = 64 << 10;
    private static final int MAX_PAGES = 64;

    /** A larger table is not counted: it would be read for one number. */
    private static final long MAX_COUNTED_BYTES = 16 << 20;

    private final BootSector volume;
    private final ByteSource source;
    private final Budget budget;
    private final Map<Long, byte[]> pages = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
            return size() > MAX_PAGES;
        }
    };

    AllocationTable(BootSector volume, ByteSource source, Budget budget) {
        this.volume = volume;
        this.source = source;
        this.budget = budget;
    }

    /** Takes clusters that lie one after the other. */
    interface RunSink {
        /**
         * @param first cluster of the run
         * @param count more than 0
         * @return whether more is wanted
         */
        boolean run(int first, int count) throws ImageProblem;
    }

    /**
     * Hands out the clusters of a chain in order until it ends or the sink has enough.
     *
     * @throws Corrupt when the chain leads around, leaves the volume or reaches a cluster that is free or bad
     */
    void walk(long start, Origin origin, RunSink sink) throws ImageProblem {
        int first = require(start, origin);
        int count = 1;
        // Brent's way to find a loop: a mark that moves ahead at each power of two.
        int mark = first;
        long steps = 0;
        long moveAt = 1;
        for (int at = first; ; ) {
            if (steps % 65_536 == 0) {
                budget.check(origin);
            }
            long next = next(at, origin);
            if (next >= end()) {
                sink.run(first, count);
                return;
            }
            int following = require(next, origin);
            if (following == mark) {
                throw new Corrupt("loop", origin, "its chain of clusters comes back to cluster " + mark);
            }
            if (++steps == moveAt) {
                mark = following;
                moveAt *= 2;
            }
            if (following == at + 1) {
                count++;
            } else {
                if (!sink.run(first, count)) {
                    return;
                }
                first = following;
                count = 1;
            }
            at = following;
        }
    }

    private int require(long cluster, Origin origin) throws Corrupt {
        if (volume.has(cluster)) {
            return (int) cluster;
        }
        String code = cluster == 0 || cluster == end() - 1 ? "bad-value" : "out-of-bounds";
        throw new Corrupt(
                code,
                origin,
                cluster == 0
                        ? "its chain reaches a free cluster"
                        : "its chain reaches cluster " + cluster + " of " + volume.clusters());
    }

    private long end() {
        return (1L << volume.bits()) - 8;
    }

    private long next(int cluster, Origin origin) throws ImageProblem {
        return switch (volume.bits()) {
            case 12 -> {
                long at = cluster + cluster / 2L;
                int pair = u8(at, origin) | u8(at + 1, origin) << 8;
                yield (cluster & 1) == 0 ? pair & 0xfff : pair >>> 4;
            }
            case 16 -> u8(cluster * 2L, origin) | (long) u8(cluster * 2L + 1, origin) << 8;
            default -> entry32(cluster, origin);
        };
    }

    private long entry32(int cluster, Origin origin) throws ImageProblem {
        long at = cluster * 4L;
        byte[] page = page(at / PAGE_BYTES, origin);
        int in = (int) (at % PAGE_BYTES);
        return page[in] & 0xff | (page[in + 1] & 0xff) << 8 | (page[in + 2] & 0xff) << 16 | (page[in + 3] & 0x0f) << 24;
    }

    private int u8(long at, Origin origin) throws ImageProblem {
        return page(at / PAGE_BYTES, origin)[(int) (at % PAGE_BYTES)] & 0xff;
    }

    private byte[] page(long page, Origin origin) throws ImageProblem {
        synchronized (pages) {
            byte[] cached = pages.get(page);
            if (cached != null) {
                return cached;
            }
        }
        budget.check(origin);
        byte[] fresh = new byte[(int) Math.min(PAGE_BYTES, volume.tableBytes() - page * PAGE_BYTES)];
        source.read(volume.tableAt() + page * PAGE_BYTES, MemorySegment.ofArray(fresh));
        synchronized (pages) {
            pages.put(page, fresh);
        }
        return fresh;
    }

    /** Bytes of clusters that are in use, or -1 for a table too large to be worth reading. */
    long usedBytes(Origin origin) throws ImageProblem {
        if (volume.tableBytes() > MAX_COUNTED_BYTES) {
            return -1;
        }
        long used = 0;
        for (int cluster = 2; volume.has(cluster); cluster++) {
            used += next(cluster, origin) == 0 ? 0 : 1;
        }
        return used * volume.clusterBytes();
    }

    /** Whether the bit in entry 1 says that the volume was not unmounted; FAT12 has none. */
    boolean dirty(Origin origin) throws ImageProblem {
        return switch (volume.bits()) {
            case 16 -> (u8(3, origin) & 0x80) == 0;
            case 28 -> (u8(7, origin) & 0x08) == 0;
            default -> false;
        };
    }
}
