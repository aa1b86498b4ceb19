package dev.stemma.ingest.filesystem.ext;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/**
 * The blocks of the journal's inode, by log block number. Not thread-safe.
 */
final class LogBlocks {

    /** More pieces than the largest usual journal (1 GiB) has blocks of 4 KiB. */
    private static final int MAX_RUNS = 1 << 18;

    private static final int HEAD_BYTES = 64;

    private final ByteSource source;
    private final Budget budget;
    private final Origin origin;
    private final int blockBytes;
    private final long count;
    private final TreeMap<Long, Run> runs = new TreeMap<>();

    private record Run(long physical, long count) {}

    LogBlocks(Inode journal, Pages pages, ByteSource source, Budget budget) throws ImageProblem {
        this.source = source;
        this.budget = budget;
        this.origin = journal.origin().within("journal");
        this.blockBytes = journal.superblock().blockBytes();
        this.count =
                Math.min(journal.sizeBytes() / blockBytes, journal.superblock().blocks());
        Mapping.of(journal, pages).walk(count, (logical, physical, length) -> {
            Map.Entry<Long, Run> last = runs.lastEntry();
            if (last != null
                    && last.getKey() + last.getValue().count() == logical
                    && last.getValue().physical() + last.getValue().count() == physical) {
                runs.put(
                        last.getKey(),
                        new Run(last.getValue().physical(), last.getValue().count() + length));
            } else if (runs.size() < MAX_RUNS) {
                runs.put(logical, new Run(physical, length));
            } else {
                throw new OverBudget("size-limit", origin, "lies in more than " + MAX_RUNS + " pieces");
            }
        });
    }

    Origin origin() {
        return origin;
    }

    /** How many there are. */
    long count() {
        return count;
    }

    /**
     * Where a log block lies in the source, in bytes.
     *
     * @throws Corrupt when the journal has a hole there
     */
    long offsetBytes(long logBlock) throws Corrupt {
        Map.Entry<Long, Run> run = runs.floorEntry(logBlock);
        if (run == null || logBlock >= run.getKey() + run.getValue().count()) {
            throw new Corrupt("bad-value", origin, "the journal has a hole at block " + logBlock);
        }
        return (run.getValue().physical() + logBlock - run.getKey()) * blockBytes;
    }

    /** The bytes of a log block, a copy. */
    byte[] bytes(long logBlock) throws ImageProblem {
        return bytes(logBlock, blockBytes);
    }

    private byte[] bytes(long logBlock, int count) throws ImageProblem {
        budget.check(origin);
        byte[] bytes = new byte[count];
        source.read(offsetBytes(logBlock), MemorySegment.ofArray(bytes));
        return bytes;
    }

    /** The fields of a log block. */
    Fields read(long logBlock) throws ImageProblem {
        return fields(logBlock, bytes(logBlock));
    }

    /** The first {@value #HEAD_BYTES} bytes, which hold all of a commit block that is in use. */
    Fields head(long logBlock) throws ImageProblem {
        return fields(logBlock, bytes(logBlock, HEAD_BYTES));
    }

    /** The fields of a log block's bytes. */
    Fields fields(long logBlock, byte[] bytes) {
        return Fields.of(bytes, origin.within("log block " + logBlock), ByteOrder.BIG_ENDIAN);
    }
}
