package dev.stemma.ingest.verify;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Checksum;
import dev.stemma.graph.model.Checksum.Algorithm;

/** A claim on a file whose content has to be digested by the package's algorithm to tell. */
record Question(Claim claim, Checksum expected, Content content) {

    /**
     * A content, which names of several packages may lead to, and how it is to be digested.
     *
     * @param digest the name that the content has everywhere else
     */
    record Content(Digest digest, Algorithm algorithm) {}
}
