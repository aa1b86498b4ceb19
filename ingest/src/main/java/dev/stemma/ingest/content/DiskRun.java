package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;

/** A stretch of a disk of one kind. */
public sealed interface DiskRun {

    /** Bytes of the disk that it covers, more than 0. */
    long lengthBytes();

    /** Zeros, stored by the image or not. */
    record Zeros(long lengthBytes) implements DiskRun {}

    /**
     * Part of a content.
     *
     * @param content digest of all of it
     * @param offsetBytes where the run begins in it
     */
    record Part(long lengthBytes, Digest content, long offsetBytes) implements DiskRun {}

    /**
     * Data that no file owns.
     *
     * @param chunk of which the run is all
     */
    record Data(long lengthBytes, Digest chunk) implements DiskRun {}
}
