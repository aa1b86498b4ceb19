package dev.stemma.ontology.sparql.pushdown;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Decides which regular expressions the database may run. Both sides use the same engine, but the database cannot be
 * stopped in the middle of a match: only patterns without groups and with few open quantifiers go there, whose cost is
 * bounded by a low power of the text's length. All others run here, under the query's time limit.
 */
final class RegexReader {

    private static final int MAX_LENGTH = 256;
    private static final int MAX_OPEN = 3;

    private RegexReader() {}

    /**
     * A pattern that matches a whole text when the given one matches somewhere in it.
     *
     * @throws Refused when it must not run in the database
     */
    static String whole(String pattern, String flags) {
        if (pattern.length() > MAX_LENGTH || !simple(pattern) || !flags.chars().allMatch(c -> c == 'i' || c == 's')) {
            throw new Refused("a regular expression for ARQ: " + pattern);
        }
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new Refused("not a regular expression: " + pattern);
        }
        String options = (flags.contains("i") ? "iu" : "") + (flags.contains("s") ? "s" : "");
        String inner = options.isEmpty() ? "(?:" + pattern + ")" : "(?" + options + ":" + pattern + ")";
        return "(?s:.*?)" + inner + "(?s:.*)";
    }

    /** No groups, no alternatives, no class set operations, no escapes but of punctuation and \d \w \s. */
    private static boolean simple(String pattern) {
        int open = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            switch (c) {
                case '(', ')', '|', '{', '}', '&' -> {
                    return false;
                }
                case '*', '+' -> open++;
                case '\\' -> {
                    i++;
                    if (i == pattern.length() || !plainEscape(pattern.charAt(i))) {
                        return false;
                    }
                }
                default -> {}
            }
        }
        return open <= MAX_OPEN;
    }

    private static boolean plainEscape(char c) {
        return "dDwWsS".indexOf(c) >= 0 || (c < 0x80 && !Character.isLetterOrDigit(c));
    }
}
