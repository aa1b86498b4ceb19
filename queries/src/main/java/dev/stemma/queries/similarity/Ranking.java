package dev.stemma.queries.similarity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Finds the best of many candidates exactly without comparing all of them: from the highest estimate down, until the next one is so far below
 * the worst of the best so far that its sketch would have to err by more than {@value #DEVIATIONS} standard errors. Not thread-safe.
 */
final class Ranking {

    /** An estimate is further off once in 30,000 times. */
    static final double DEVIATIONS = 4;

    private static final int PACKAGES_AT_ONCE = 200;
    private static final int MOST_PACKAGES = 5_000;
    private static final int MOST_FILES_BEYOND = 40;
    private static final Comparator<Ranked> BEST =
            Comparator.comparingDouble(Ranked::similarity).reversed().thenComparing(Ranked::inventoryId);

    private final ElementSets sets;
    private final Trait trait;
    private boolean complete = true;
    private int compared;

    /** An inventory with its estimate and its set's size. */
    record Candidate(String inventoryId, double estimate, long size) {}

    /** An inventory that was compared exactly. */
    record Ranked(Candidate candidate, Overlap overlap, double similarity) {
        String inventoryId() {
            return candidate.inventoryId();
        }
    }

    Ranking(ElementSets sets, Trait trait) {
        this.sets = sets;
        this.trait = trait;
    }

    /** Whether nothing was left out that could have been among the best, but for the chance above. */
    boolean complete() {
        return complete;
    }

    /** How many were compared exactly. */
    int compared() {
        return compared;
    }

    /**
     * The best ones, most similar first.
     *
     * @param byEstimate by falling estimates
     */
    List<Ranked> best(ElementSet asked, List<Candidate> byEstimate, int wanted) {
        if (wanted == 0) {
            return List.of();
        }
        int most = trait.ofFiles() ? wanted + MOST_FILES_BEYOND : MOST_PACKAGES;
        PriorityQueue<Ranked> best = new PriorityQueue<>(wanted + 1, BEST.reversed());
        for (Candidate candidate : byEstimate) {
            if (best.size() == wanted && isBelow(candidate, best.element().similarity())) {
                break;
            }
            if (compared == most) {
                complete = false;
                break;
            }
            prepare(byEstimate);
            compared++;
            best.add(compare(candidate, asked, sets.of(candidate.inventoryId(), trait), trait));
            if (best.size() > wanted) {
                best.remove();
            }
        }
        List<Ranked> sorted = new ArrayList<>(best);
        sorted.sort(BEST);
        return sorted;
    }

    static Ranked compare(Candidate candidate, ElementSet asked, ElementSet other, Trait trait) {
        Overlap overlap = asked.overlap(other);
        return new Ranked(candidate, overlap, overlap.similarity(trait));
    }

    private static boolean isBelow(Candidate candidate, double least) {
        return candidate.estimate() + DEVIATIONS * MinHash.standardError(least) < least;
    }

    private void prepare(List<Candidate> byEstimate) {
        if (!trait.ofFiles() && compared % PACKAGES_AT_ONCE == 0) {
            sets.prepare(byEstimate.subList(compared, Math.min(byEstimate.size(), compared + PACKAGES_AT_ONCE)).stream()
                    .map(Candidate::inventoryId)
                    .toList());
        }
    }
}
