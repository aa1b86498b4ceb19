package dev.stemma.queries.search;

/** A condition on a text, held against each of its lines. No form regards case. */
public sealed interface TextTerm {

    /**
     * Every word, split at white space, must occur somewhere in the text, in one line or another.
     *
     * @param words 1 to 1,000 characters
     */
    record Words(String words) implements TextTerm {}

    /**
     * These characters must occur, side by side.
     *
     * @param text 1 to 1,000 characters
     */
    record Phrase(String text) implements TextTerm {}

    /**
     * A pattern of {@code *} and {@code ?} must fit the whole line, or words of it: it begins and ends where a run of
     * letters and digits does.
     *
     * @param pattern 1 to 1,000 characters
     */
    record Glob(String pattern) implements TextTerm {}

    /**
     * A regular expression must match somewhere in the text ({@code ^} and {@code $} at its ends anchor it). Run as an
     * automaton: time grows with the text's length, whatever the pattern. No back references, no look-around.
     *
     * @param pattern 1 to 1,000 characters
     */
    record Regex(String pattern) implements TextTerm {}

    /** Words, or a regular expression where the text stands between slashes: {@code /^web-[0-9]+$/}. */
    static TextTerm parse(String text) {
        boolean slashes = text.length() > 2 && text.startsWith("/") && text.endsWith("/");
        return slashes ? new Regex(text.substring(1, text.length() - 1)) : new Words(text);
    }

    /**
     * Makes sure that it can be asked for.
     *
     * @throws dev.stemma.queries.problem.QueryProblem {@code INVALID}
     */
    default void check() {
        TextMatcher.automata(this);
    }
}
