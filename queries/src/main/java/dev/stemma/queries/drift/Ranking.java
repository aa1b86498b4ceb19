package dev.stemma.queries.drift;

import java.util.List;

/**
 * The changes that are most likely to matter when something stopped working, by rules.
 *
 * @param rules which: {@code drift-rules/1}
 * @param suspects heaviest first, at most {@value #MAX_SUSPECTS}
 * @param more how many weigh less than these
 */
public record Ranking(String rules, List<Suspect> suspects, long more) {

    /** Nobody reads on. */
    public static final int MAX_SUSPECTS = 50;

    public Ranking {
        suspects = List.copyOf(suspects);
    }
}
