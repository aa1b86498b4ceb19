package dev.stemma.ingest.reference;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.content.DiskRun;
import dev.stemma.ingest.content.StoredContent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the runs of a disk by their place. Of each {@link #RUNS} runs only where the first lies is kept, 16 bytes, and the manifest is gone
 * through no further than was asked for yet; the runs themselves are read again from the manifest when they are needed, and a few of them kept.
 * Safe for use by several threads, one after another.
 */
final class DiskRunIndex {

    /** Runs from one mark to the next. */
    static final int RUNS = 64;

    private static final int MAX_BLOCKS = 128;
    private static final int SCAN_BYTES = 1 << 16;

    /** A block's runs, of 38 bytes each when lengths are of a few KiB. */
    private static final int BLOCK_BYTES = RUNS * 40;

    private final RunCursor scan;
    private final Map<Integer, Block> blocks = new LinkedHashMap<>(MAX_BLOCKS, 0.75f, true);
    private long[] disk = new long[16];
    private long[] manifest = new long[16];
    private int marks;
    private long dataBytes;
    private boolean ended;

    /**
     * Neighbouring runs.
     *
     * @param starts where each begins on the disk, and at last where the last one ends
     */
    record Block(List<DiskRun> runs, long[] starts) {
        /** The number of the run that holds the place, which the block does. */
        int find(long diskBytes) {
            int found = Arrays.binarySearch(starts, diskBytes);
            return found >= 0 ? found : -found - 2;
        }
    }

    DiskRunIndex(StoredContent content, Digest name) throws IOException {
        this.scan = RunCursor.first(content, name, SCAN_BYTES);
    }

    /** Bytes of the disk. */
    long sizeBytes() {
        return scan.sizeBytes();
    }

    /** Bytes of the disk that are in runs of data. Goes through all of the manifest. */
    synchronized long dataBytes() throws IOException {
        scanTo(Long.MAX_VALUE);
        return dataBytes;
    }

    /** The runs around a place, which lies on the disk. */
    synchronized Block block(long diskBytes) throws IOException {
        scanTo(diskBytes);
        int found = Arrays.binarySearch(disk, 0, marks, diskBytes);
        int number = found >= 0 ? found : -found - 2;
        Block block = blocks.get(number);
        if (block == null) {
            block = read(number);
            blocks.put(number, block);
            if (blocks.size() > MAX_BLOCKS) {
                var eldest = blocks.keySet().iterator();
                eldest.next();
                eldest.remove();
            }
        }
        return block;
    }

    /** How many bytes the marks take. */
    synchronized long markBytes() {
        return 2L * Long.BYTES * disk.length;
    }

    /** On until the block that holds the place is behind. */
    private void scanTo(long diskBytes) throws IOException {
        while (!ended && scan.diskBytes() <= diskBytes) {
            mark();
            Optional<DiskRun> run = scan.next();
            for (int i = 1; run.isPresent(); i++) {
                dataBytes += run.get() instanceof DiskRun.Zeros ? 0 : run.get().lengthBytes();
                if (i == RUNS) {
                    break;
                }
                run = scan.next();
            }
            ended = run.isEmpty();
        }
    }

    private void mark() {
        if (marks == disk.length) {
            disk = Arrays.copyOf(disk, marks * 2);
            manifest = Arrays.copyOf(manifest, marks * 2);
        }
        disk[marks] = scan.diskBytes();
        manifest[marks] = scan.manifestBytes();
        marks++;
    }

    private Block read(int number) throws IOException {
        RunCursor cursor = RunCursor.at(scan, manifest[number], disk[number], BLOCK_BYTES);
        List<DiskRun> runs = new ArrayList<>(RUNS);
        long[] starts = new long[RUNS + 1];
        starts[0] = cursor.diskBytes();
        while (runs.size() < RUNS) {
            Optional<DiskRun> run = cursor.next();
            if (run.isEmpty()) {
                break;
            }
            runs.add(run.get());
            starts[runs.size()] = cursor.diskBytes();
        }
        return new Block(List.copyOf(runs), Arrays.copyOf(starts, runs.size() + 1));
    }
}
