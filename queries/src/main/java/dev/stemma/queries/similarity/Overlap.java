package dev.stemma.queries.similarity;

/**
 * What two sets share, counted. Bytes are those of contents, and 0 for packages.
 *
 * @param shared elements of both
 * @param onlyAsked elements of the one asked about that the other lacks
 * @param onlyOther elements of the other that the one asked about lacks
 */
public record Overlap(
        long shared, long onlyAsked, long onlyOther, long sharedBytes, long onlyAskedBytes, long onlyOtherBytes) {

    /** What is counted for a trait, of what both have. */
    long shared(Trait trait) {
        return trait == Trait.BYTES ? sharedBytes : shared;
    }

    /** Jaccard similarity, 0 to 1; 0 of two empty sets. */
    public double similarity(Trait trait) {
        return share(shared(trait), onlyAsked(trait) + onlyOther(trait));
    }

    /** How much of the one asked about the other has, 0 to 1. */
    double ofAsked(Trait trait) {
        return share(shared(trait), onlyAsked(trait));
    }

    /** How much of the other the one asked about has, 0 to 1. */
    double ofOther(Trait trait) {
        return share(shared(trait), onlyOther(trait));
    }

    private long onlyAsked(Trait trait) {
        return trait == Trait.BYTES ? onlyAskedBytes : onlyAsked;
    }

    private long onlyOther(Trait trait) {
        return trait == Trait.BYTES ? onlyOtherBytes : onlyOther;
    }

    private static double share(long shared, long more) {
        return shared == 0 ? 0 : (double) shared / (shared + more);
    }
}
