package dev.stemma.queries.search;

import dev.stemma.queries.problem.QueryProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Words that stand side by side in one line of a configuration file. A word is a run of letters, digits and {@code _}; what
 * stands between words does not count.
 *
 * @param words in lower case, 1 to {@value #MAX_WORDS}
 * @param prefix whether the last word is only the beginning of one
 */
public record ConfigurationTerm(List<String> words, boolean prefix) {

    private static final int MAX_WORDS = 32;
    private static final int MAX_LENGTH = 1_000;

    public ConfigurationTerm {
        words = List.copyOf(words);
    }

    /**
     * Reads what a person typed: {@code PermitRootLogin yes}, {@code listen*}.
     *
     * @throws QueryProblem {@code INVALID} when there is no word in it, or too many
     */
    public static ConfigurationTerm parse(String typed) {
        List<String> words = new ArrayList<>();
        if (typed.length() <= MAX_LENGTH) {
            words.addAll(words(typed));
        }
        if (words.isEmpty() || words.size() > MAX_WORDS) {
            throw new QueryProblem(
                    QueryProblem.Code.INVALID,
                    "text inside configuration is asked for by 1 to " + MAX_WORDS + " words of letters, digits and _");
        }
        return new ConfigurationTerm(words, typed.endsWith("*"));
    }

    /** The words of a text, in lower case. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); ) {
            int c = i < text.length() ? text.codePointAt(i) : ' ';
            if (isWord(c)) {
                start = start < 0 ? i : start;
            } else if (start >= 0) {
                words.add(text.substring(start, i).toLowerCase(Locale.ROOT));
                start = -1;
            }
            i += Character.charCount(c);
        }
        return words;
    }

    static boolean isWord(int c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
