package dev.stemma.graph.model;

import java.util.ArrayList;
import java.util.List;

/**
 * An inventory's owned files held against the checksums of their packages: derived, so it can be dropped and made again.
 *
 * @param by what made it, with its version: {@code verify/1}
 * @param intact how many files have the content that their package says
 * @param departures the others, modified before missing before unverifiable, by path; {@value #MAX_DEPARTURES} at most
 */
public record Verification(
        String by, long intact, long modified, long missing, long unverifiable, List<CheckedFile> departures) {

    /** More than this of one image are counted and not listed. */
    public static final int MAX_DEPARTURES = 10_000;

    public Verification {
        departures = List.copyOf(departures.subList(0, Math.min(departures.size(), MAX_DEPARTURES)));
    }

    /** Both together: several guests on one image. */
    public Verification and(Verification more) {
        List<CheckedFile> all = new ArrayList<>(departures);
        all.addAll(more.departures);
        return new Verification(
                by,
                intact + more.intact,
                modified + more.modified,
                missing + more.missing,
                unverifiable + more.unverifiable,
                all);
    }
}
