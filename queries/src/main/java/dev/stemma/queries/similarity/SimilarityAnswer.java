package dev.stemma.queries.similarity;

import java.util.List;

/**
 * Inventories from most to least similar.
 *
 * @param inventoryId the one asked about
 * @param size size of its set: packages, contents or bytes
 * @param analyzer what made the sketches: {@code minhash/2}
 * @param expectedError standard error of an estimate at most; the nearer to 0 or 1, the smaller
 * @param candidates how many inventories were looked at
 * @param compared how many of them were compared exactly
 * @param viaBands whether only inventories that share a band were looked at, so that less similar ones may be missing
 * @param unsketched images whose current inventory has no sketch of this trait and was left out
 */
public record SimilarityAnswer(
        String inventoryId,
        Trait trait,
        long size,
        List<Similar> similar,
        String analyzer,
        double expectedError,
        long candidates,
        long compared,
        boolean viaBands,
        long unsketched,
        List<String> notes) {

    public SimilarityAnswer {
        similar = List.copyOf(similar);
        notes = List.copyOf(notes);
    }
}
