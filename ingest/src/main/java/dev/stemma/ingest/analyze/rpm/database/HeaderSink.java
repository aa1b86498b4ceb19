package dev.stemma.ingest.analyze.rpm.database;

import dev.stemma.ingest.problem.ImageProblem;

/** Takes headers one by one as a database has them, in no order that means anything. */
public interface HeaderSink {

    /**
     * @param number rpm's own number of the record, more than 0
     * @param header as rpm stores it, without magic; the taker's to keep
     */
    void header(long number, byte[] header) throws ImageProblem;

    /** A record that cannot be read; the others still are. */
    void broken(ImageProblem problem) throws ImageProblem;
}
