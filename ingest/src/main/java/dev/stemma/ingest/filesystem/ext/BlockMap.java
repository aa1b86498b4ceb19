package dev.stemma.ingest.filesystem.ext;

import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.util.HashSet;
import java.util.Set;

/**
 * The block map of ext2 and ext3: 12 direct blocks, then one tree each of one, two and three levels of indirect blocks. A
 * pointer of 0 is a hole of everything below it. An indirect block met twice in one file is a loop.
 */
record BlockMap(Inode inode, Pages pages) implements Mapping {

    private static final int DIRECT = 12;
    private static final int POINTER_BYTES = 4;
    private static final int TREES = 3;

    @Override
    public void walk(long endBlock, RunSink sink) throws ImageProblem {
        Walk walk = new Walk(endBlock, sink);
        Structure map = inode.map().named(inode.origin().within("block map"));
        for (int i = 0; i < DIRECT; i++) {
            walk.pointer(map.u32(i * POINTER_BYTES), 0, map.origin());
        }
        for (int depth = 1; depth <= TREES; depth++) {
            walk.pointer(map.u32((DIRECT + depth - 1) * POINTER_BYTES), depth, map.origin());
        }
        walk.flush();
    }

    private final class Walk {
        private final long endBlock;
        private final RunSink sink;
        private final int pointersPerBlock = inode.superblock().blockBytes() / POINTER_BYTES;
        private final Set<Long> indirects = new HashSet<>();
        private long logical;
        private long mapped;
        private long runLogical;
        private long runPhysical;
        private long runCount;

        Walk(long endBlock, RunSink sink) {
            this.endBlock = endBlock;
            this.sink = sink;
        }

        /** Follows a pointer to data (depth 0) or to an indirect block of so many levels. */
        void pointer(long block, int depth, Origin at) throws ImageProblem {
            if (logical >= endBlock) {
                return;
            }
            if (block == 0) {
                long span = 1;
                for (int i = 0; i < depth; i++) {
                    span *= pointersPerBlock;
                }
                logical += span;
            } else if (depth == 0) {
                data(block, at);
            } else {
                indirect(block, depth);
            }
        }

        private void indirect(long block, int depth) throws ImageProblem {
            Origin at = inode.origin().within("indirect block " + block);
            inode.superblock().requireBlocks(block, 1, at);
            if (!indirects.add(block)) {
                throw new Corrupt("loop", at, "is used twice in one file");
            }
            int blockBytes = inode.superblock().blockBytes();
            Structure raw = pages.at(block * blockBytes, blockBytes, at);
            for (int i = 0; i < pointersPerBlock && logical < endBlock; i++) {
                pointer(raw.u32(i * POINTER_BYTES), depth - 1, at);
            }
        }

        private void data(long block, Origin at) throws ImageProblem {
            inode.superblock().requireBlocks(block, 1, at);
            if (++mapped > inode.superblock().blocks()) {
                throw new Corrupt("loop", at, "maps more blocks than the file system has");
            }
            if (runCount > 0 && block == runPhysical + runCount && logical == runLogical + runCount) {
                runCount++;
            } else {
                flush();
                runLogical = logical;
                runPhysical = block;
                runCount = 1;
            }
            logical++;
        }

        void flush() throws ImageProblem {
            if (runCount > 0) {
                sink.run(runLogical, runPhysical, runCount);
                runCount = 0;
            }
        }
    }
}
