package dev.stemma.queries.search.language;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody may have meant: the word that is fewest edits away (Levenshtein 1966), two at most. */
final class Spelling {

    private static final int MAX_EDITS = 2;
    private static final int MAX_LENGTH = 40;

    private Spelling() {}

    /** A sentence's end that says so, or nothing. */
    static String hint(String typed, Collection<String> words) {
        return nearest(typed, words).map(word -> "; did you mean " + word + "?").orElse("");
    }

    static Optional<String> nearest(String typed, Collection<String> words) {
        if (typed.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String lower = typed.toLowerCase(Locale.ROOT);
        return words.stream()
                .filter(word -> distance(lower, word) <= Math.min(MAX_EDITS, word.length() / 2))
                .min(Comparator.comparingInt(word -> distance(lower, word)));
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
