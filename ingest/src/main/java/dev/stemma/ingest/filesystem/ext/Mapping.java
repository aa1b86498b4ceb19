package dev.stemma.ingest.filesystem.ext;

import dev.stemma.ingest.problem.ImageProblem;

/** Where a file's blocks lie: by an extent tree or by a block map. */
sealed interface Mapping permits ExtentTree, BlockMap {

    /** The mapping that an inode uses; not for inline data. */
    static Mapping of(Inode inode, Pages pages) {
        return inode.has(Inode.FLAG_EXTENTS) ? new ExtentTree(inode, pages) : new BlockMap(inode, pages);
    }

    /**
     * Hands out all stored runs below a logical block in ascending logical order without overlap. What is not handed out is
     * a hole; so are preallocated blocks that were never written.
     *
     * @param endBlock logical block to stop before
     */
    void walk(long endBlock, RunSink sink) throws ImageProblem;

    /** Takes runs. */
    interface RunSink {
        /**
         * @param logical first block within the file
         * @param physical first block within the file system
         * @param count of blocks, more than 0, all within the file system
         */
        void run(long logical, long physical, long count) throws ImageProblem;
    }
}
