package dev.stemma.ingest.reference;

import dev.stemma.ingest.content.DiskRun;

/**
 * Part of a run of a disk, and where in a file it belongs.
 *
 * @param skipBytes where it begins in the run
 * @param lengthBytes more than 0
 * @param at where it begins in the file that is written, in bytes
 */
record RunSlice(DiskRun run, long skipBytes, long lengthBytes, long at) {

    static RunSlice whole(DiskRun run, long at) {
        return new RunSlice(run, 0, run.lengthBytes(), at);
    }

    long end() {
        return at + lengthBytes;
    }

    /** A part of it, at the same place. */
    RunSlice part(long skip, long length) {
        return new RunSlice(run, skipBytes + skip, length, at + skip);
    }
}
