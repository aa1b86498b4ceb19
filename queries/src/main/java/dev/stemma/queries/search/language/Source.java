package dev.stemma.queries.search.language;

import dev.stemma.queries.problem.QueryProblem;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a search, and how far it was read. */
final class Source {

    // Possessive: no pattern here backtracks, whatever is typed.
    private static final Pattern FIELD = Pattern.compile("([A-Za-z][A-Za-z0-9_]*+):");
    private static final Pattern MODIFIED = Pattern.compile("(?i)(modified)(?=[<>=])");
    private static final Pattern PACKAGE = Pattern.compile("[^\\s()\"<>=]++[<>=]");

    private final String text;
    private int at;

    Source(String text) {
        this.text = text;
        if (text.length() > SearchLanguage.MAX_LENGTH) {
            throw problem(
                    SearchLanguage.MAX_LENGTH, "a search has at most " + SearchLanguage.MAX_LENGTH + " characters");
        }
    }

    /** How a value was written. */
    enum Form {
        PLAIN,
        QUOTED,
        REGEX
    }

    /**
     * A value.
     *
     * @param start where it begins
     * @param text without quotes, slashes and escapes
     */
    record Value(int start, Form form, String text) {}

    int position() {
        return at;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    void skipSpace() {
        while (!atEnd() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    boolean looking(char c) {
        return !atEnd() && text.charAt(at) == c;
    }

    boolean spaceFollows() {
        return at + 1 >= text.length() || Character.isWhitespace(text.charAt(at + 1));
    }

    boolean take(char c) {
        skipSpace();
        boolean found = looking(c);
        at += found ? 1 : 0;
        return found;
    }

    /** Whether {@code AND}, {@code OR} or {@code NOT} comes next, as a word by itself. */
    boolean lookingWord(String word) {
        int end = at + word.length();
        return text.startsWith(word, at) && (end >= text.length() || ends(text.charAt(end)));
    }

    boolean takeWord(String word) {
        skipSpace();
        boolean found = lookingWord(word);
        at += found ? word.length() : 0;
        return found;
    }

    boolean atValueEnd() {
        return atEnd() || Character.isWhitespace(text.charAt(at)) || looking(')');
    }

    private static boolean ends(char c) {
        return Character.isWhitespace(c) || c == '(' || c == ')' || c == '"';
    }

    /**
     * The word before a colon, which is taken too, or {@code modified} before a relation. A package with an architecture and a relation, {@code libc6:amd64>=2.36}, has
     * a colon and no field, unless that is known.
     */
    Optional<String> takeField() {
        Matcher modified = MODIFIED.matcher(text).region(at, text.length());
        if (modified.lookingAt()) {
            at = modified.end();
            return Optional.of(modified.group(1));
        }
        Matcher field = FIELD.matcher(text).region(at, text.length());
        if (!field.lookingAt()) {
            return Optional.empty();
        }
        boolean known = SearchField.of(field.group(1)).isPresent();
        if (!known && PACKAGE.matcher(text).region(at, text.length()).lookingAt()) {
            return Optional.empty();
        }
        at = field.end();
        return Optional.of(field.group(1));
    }

    /** Takes a value: {@code "…"}, {@code /…/}, or all up to white space, a bracket or a quote. */
    Value value(boolean slashIsRegex) {
        int start = at;
        if (looking('"')) {
            at++;
            return new Value(start, Form.QUOTED, delimited('"', start, "this \" is not closed"));
        }
        if (slashIsRegex && looking('/')) {
            at++;
            String pattern = delimited('/', start, "this / is not closed; a file is looked for by file:/path");
            if (!atEnd() && !ends(text.charAt(at))) {
                throw problem(
                        start,
                        "a text in slashes is a regular expression and ends at the second; a file is looked for by file:/path");
            }
            return new Value(start, Form.REGEX, pattern);
        }
        StringBuilder value = new StringBuilder();
        while (!atEnd() && !ends(text.charAt(at))) {
            if (looking('\\') && at + 1 < text.length() && mayEscape(text.charAt(at + 1))) {
                at++;
            }
            value.append(text.charAt(at++));
        }
        return new Value(start, Form.PLAIN, value.toString());
    }

    /** Only what ends a value needs a backslash, so that the escapes of guests' names stay as they are. */
    private static boolean mayEscape(char c) {
        return ends(c);
    }

    private String delimited(char end, int start, String otherwise) {
        StringBuilder value = new StringBuilder();
        while (!atEnd() && text.charAt(at) != end) {
            boolean escaped = looking('\\') && at + 1 < text.length();
            boolean dropped = escaped && (text.charAt(at + 1) == end || (end == '"' && text.charAt(at + 1) == '\\'));
            if (escaped && !dropped) {
                value.append(text.charAt(at++));
            } else if (dropped) {
                at++;
            }
            value.append(text.charAt(at++));
        }
        if (atEnd()) {
            throw problem(start, otherwise);
        }
        at++;
        if (value.isEmpty()) {
            throw problem(start, "there is nothing in it");
        }
        return value.toString();
    }

    /** A problem at a place, from 0, of this text. */
    QueryProblem problem(int position, String message) {
        return new QueryProblem(QueryProblem.Code.INVALID, message, position + 1);
    }
}
