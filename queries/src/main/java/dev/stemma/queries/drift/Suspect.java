package dev.stemma.queries.drift;

import java.util.List;
import java.util.Optional;

/**
 * A change that may matter when something stopped working.
 *
 * @param weight 0 to 1, by which suspects are ordered; no probability
 * @param change {@code added}, {@code removed}, {@code changed}, {@code upgraded}, {@code downgraded} or {@code state}
 * @param name a package with its architecture, a thing with its area ({@code service nginx.service}), or a path; of several paths the directory
 *     that holds them all
 * @param from what it was, in short
 * @param to what it is, in short
 * @param paths how many paths it stands for; 1 for all that is no path
 * @param reasons why it may matter, in words, heaviest first
 */
public record Suspect(
        double weight,
        What what,
        String change,
        String name,
        Optional<String> from,
        Optional<String> to,
        int paths,
        List<String> reasons) {

    public Suspect {
        reasons = List.copyOf(reasons);
    }

    /** What changed. */
    public enum What {
        PACKAGE,
        SYSTEM,
        FILE
    }
}
