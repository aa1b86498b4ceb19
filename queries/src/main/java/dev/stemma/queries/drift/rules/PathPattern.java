package dev.stemma.queries.drift.rules;

import java.util.regex.Pattern;

/**
 * A pattern of paths: {@code *} and {@code ?} stay within one name, {@code **} does not. Patterns are the librarian's, paths are a
 * guest's, so that matching must cost no more than a few looks at each character: a pattern has at most {@value #MAX_WILD} of {@code **}.
 */
final class PathPattern {

    private static final int MAX_WILD = 2;
    private static final int MAX_LENGTH = 200;

    /** What every fitting path begins with; most paths fall here. */
    private final String start;

    private final Pattern pattern;

    private PathPattern(String start, Pattern pattern) {
        this.start = start;
        this.pattern = pattern;
    }

    /** @throws IllegalArgumentException when it is no pattern of paths */
    static PathPattern of(String text) {
        boolean rooted = text.startsWith("/") || text.startsWith("**/");
        if (!rooted || text.length() > MAX_LENGTH || text.split("\\*\\*", -1).length - 1 > MAX_WILD) {
            throw new IllegalArgumentException("a pattern of paths begins with / or **/, has at most " + MAX_LENGTH
                    + " characters and at most " + MAX_WILD + " of **: " + text);
        }
        StringBuilder regex = new StringBuilder();
        int wild = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '*' || c == '?') {
                wild = Math.min(wild, i);
            }
            if (c == '*' && i + 1 < text.length() && text.charAt(i + 1) == '*') {
                regex.append(".*");
                i++;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return new PathPattern(text.substring(0, wild), Pattern.compile(regex.toString(), Pattern.DOTALL));
    }

    boolean matches(String path) {
        return path.startsWith(start) && pattern.matcher(path).matches();
    }
}
