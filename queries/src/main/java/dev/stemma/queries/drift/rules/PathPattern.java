package dev.stemma.queries.drift.rules;

/**
 * A pattern of paths: {@code *} and {@code ?} stay within one name, {@code **} does not. Patterns are the librarian's, paths are a
 * guest's, so that matching must cost no more than a few looks at each character: a pattern has at most {@value #MAX_WILD} of {@code **},
 * and no wildcard but the last one of its kind is tried again.
 */
final class PathPattern {

    private static final int MAX_WILD = 2;
    private static final int MAX_LENGTH = 200;

    private final String text;

    /** What every fitting path begins with, and what it ends with; most paths fall here. */
    private final String start;

    private final String end;

    private PathPattern(String text, String start, String end) {
        this.text = text;
        this.start = start;
        this.end = end;
    }

    /** @throws IllegalArgumentException when it is no pattern of paths */
    static PathPattern of(String text) {
        boolean rooted = text.startsWith("/") || text.startsWith("**/");
        if (!rooted || text.length() > MAX_LENGTH || text.split("\\*\\*", -1).length - 1 > MAX_WILD) {
            throw new IllegalArgumentException("a pattern of paths begins with / or **/, has at most " + MAX_LENGTH
                    + " characters and at most " + MAX_WILD + " of **: " + text);
        }
        int first = text.length();
        int last = -1;
        for (int i = 0; i < text.length(); i++) {
            if (wild(text.charAt(i))) {
                first = Math.min(first, i);
                last = i;
            }
        }
        return new PathPattern(text, text.substring(0, first), text.substring(last + 1));
    }

    private static boolean wild(char c) {
        return c == '*' || c == '?';
    }

    /**
     * The names that every fitting path begins with, as {@code /var/log}.
     *
     * @param most how many at most
     */
    String names(int most) {
        int length = 0;
        for (int i = 0; i < most && length < start.length(); i++) {
            int next = start.indexOf('/', length + 1);
            if (next < 0) {
                // Without wildcards the last name is whole too.
                return start.length() == text.length() ? start : start.substring(0, length);
            }
            length = next;
        }
        return start.substring(0, length);
    }

    boolean matches(String path) {
        return path.startsWith(start) && path.endsWith(end) && fits(path);
    }

    /**
     * Each wildcard is given as little as will do. Where that fails, the last one is given a character more; where it may have no more, the last
     * {@code **}. Those before need no other try: what came between was found as early as can be.
     */
    private boolean fits(String path) {
        int at = start.length();
        int part = at;
        int name = -1;
        int nameAt = -1;
        int any = -1;
        int anyAt = -1;
        while (part < text.length() || at < path.length()) {
            if (part + 1 < text.length() && text.charAt(part) == '*' && text.charAt(part + 1) == '*') {
                part += 2;
                any = part;
                anyAt = at;
                name = -1;
                if (part == text.length()) {
                    return true;
                }
            } else if (part < text.length() && text.charAt(part) == '*') {
                name = ++part;
                nameAt = at;
            } else if (part < text.length() && at < path.length() && fits(text.charAt(part), path.charAt(at))) {
                at = text.charAt(part++) == '?' ? path.offsetByCodePoints(at, 1) : at + 1;
            } else if (name >= 0 && nameAt < path.length() && path.charAt(nameAt) != '/') {
                nameAt = path.offsetByCodePoints(nameAt, 1);
                at = nameAt;
                part = name;
            } else if (any >= 0 && anyAt < path.length()) {
                anyAt = path.offsetByCodePoints(anyAt, 1);
                at = anyAt;
                part = any;
                name = -1;
            } else {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(char wanted, char given) {
        return wanted == '?' ? given != '/' : wanted == given;
    }
}
