package dev.stemma.ingest.filesystem.xfs;

import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Where the blocks of a directory, of attributes or of a link lie, kept to be asked in any order. Not thread-safe. */
final class ForkMap {

    /** A directory of 4 million entries with long names has so many blocks of 1 KiB. */
    private static final int MAX_RUNS = 1 << 20;

    private final Inode inode;
    private final Blocks blocks;
    private final Origin origin;
    private final TreeMap<Long, Run> runs = new TreeMap<>();

    /**
     * @param disk in bytes
     * @param count of blocks
     */
    record Run(long logical, long disk, long count) {}

    ForkMap(Inode inode, Fork fork, Blocks blocks, long endBlock) throws ImageProblem {
        this.inode = inode;
        this.blocks = blocks;
        this.origin = inode.origin().within(fork.name());
        ExtentWalk.walk(inode, fork, blocks, endBlock, (logical, disk, count) -> {
            if (runs.size() >= MAX_RUNS) {
                throw new OverBudget("size-limit", origin, "lies in more than " + MAX_RUNS + " pieces");
            }
            runs.put(logical, new Run(logical, disk, count));
        });
    }

    /** All of them, in ascending order. */
    Collection<Run> runs() {
        return runs.values();
    }

    /**
     * Where a block lies, in bytes.
     *
     * @throws Corrupt when there is a hole
     */
    long offset(long logical) throws Corrupt {
        Map.Entry<Long, Run> run = runs.floorEntry(logical);
        if (run == null || logical >= run.getKey() + run.getValue().count()) {
            throw new Corrupt("bad-value", origin, "has a hole at block " + logical);
        }
        return run.getValue().disk()
                + (logical - run.getKey()) * inode.superblock().blockBytes();
    }

    /** So many blocks as one. */
    Fields read(long logical, int count, Origin at) throws ImageProblem {
        int blockBytes = inode.superblock().blockBytes();
        if (count == 1) {
            return blocks.at(offset(logical), blockBytes, at);
        }
        byte[] bytes = new byte[count * blockBytes];
        for (int i = 0; i < count; i++) {
            byte[] one = blocks.at(offset(logical + i), blockBytes, at).bytes(0, blockBytes);
            System.arraycopy(one, 0, bytes, i * blockBytes, blockBytes);
        }
        return Fields.of(bytes, at, ByteOrder.BIG_ENDIAN);
    }
}
