package dev.stemma.ingest.analyze.rpm.database;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;

/** Reads one form of rpm's table of headers. Stateless; made for hostile bytes: no page or byte is read twice. */
@FunctionalInterface
interface PackageTable {

    /** A larger header is no package's. rpm's own limit is 256 MiB; the largest that are known have 10. */
    int MAX_HEADER_BYTES = 64 << 20;

    /** Records of one database; a large system has 5,000. */
    int MAX_RECORDS = 200_000;

    /**
     * Hands out every header.
     *
     * @throws dev.stemma.ingest.problem.Corrupt when the table as a whole cannot be trusted
     */
    void read(ByteSource database, Budget budget, HeaderSink sink) throws ImageProblem;
}
