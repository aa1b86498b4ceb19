package dev.stemma.queries.search;

import dev.stemma.queries.problem.QueryProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.RegExp;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;

/**
 * Patterns that people type, as deterministic automata: to run one costs one step a character, whatever the pattern, so
 * that none can hang the service. What an automaton cannot do (back references, look-around) is refused, not ignored.
 */
final class Patterns {

    private static final int MAX_LENGTH = 1_000;

    /** What ends a word; of what lies beyond ASCII all counts as letters. */
    private static final String NO_WORD = "[^a-zA-Z0-9\u0080-\uffff]";

    private Patterns() {}

    /**
     * A regular expression that must match somewhere in a text, without regard to case.
     *
     * @throws QueryProblem {@code INVALID}
     */
    static Automaton regex(String pattern) {
        return automaton(pattern, RegexSyntax.translate(bounded(pattern)), RegExp.CASE_INSENSITIVE);
    }

    /**
     * A pattern of {@code *}, {@code ?} and {@code [abc]} or {@code [!abc]} that must match a whole name, with regard to case.
     *
     * @throws QueryProblem {@code INVALID}
     */
    static Automaton glob(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < bounded(pattern).length(); ) {
            int c = pattern.codePointAt(i);
            i += Character.charCount(c);
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                case '[' -> i = set(pattern, i, regex);
                default -> literal(c, regex);
            }
        }
        return automaton(pattern, regex.toString(), 0);
    }

    /** A text that must occur somewhere, without regard to case. */
    static Automaton containing(String text) {
        List<Automaton> parts = new ArrayList<>();
        parts.add(Automata.makeAnyString());
        parts.addAll(letters(text));
        parts.add(Automata.makeAnyString());
        return determinized(text, Operations.concatenate(parts));
    }

    /** A whole text, without regard to case, in which {@code *} stands for any characters and {@code ?} for any one. */
    static Automaton word(String pattern) {
        return determinized(pattern, Operations.concatenate(wild(bounded(pattern))));
    }

    /**
     * A pattern of {@code *} and {@code ?} that must fit a whole text or whole words of it, without regard to case; words are runs of
     * letters and digits.
     *
     * @throws QueryProblem {@code INVALID}
     */
    static Automaton words(String pattern) {
        Automaton before = new RegExp("(.*" + NO_WORD + ")?").toAutomaton();
        Automaton after = new RegExp("(" + NO_WORD + ".*)?").toAutomaton();
        List<Automaton> parts = new ArrayList<>();
        parts.add(before);
        parts.addAll(wild(bounded(pattern)));
        parts.add(after);
        return determinized(pattern, Operations.concatenate(parts));
    }

    private static List<Automaton> wild(String pattern) {
        List<Automaton> parts = new ArrayList<>();
        pattern.codePoints()
                .forEach(c -> parts.add(
                        switch (c) {
                            case '*' -> Automata.makeAnyString();
                            case '?' -> Automata.makeAnyChar();
                            default -> letter(c);
                        }));
        return parts;
    }

    private static List<Automaton> letters(String text) {
        return text.codePoints().mapToObj(Patterns::letter).toList();
    }

    private static Automaton letter(int c) {
        return Operations.union(IntStream.of(c, Character.toLowerCase(c), Character.toUpperCase(c))
                .distinct()
                .mapToObj(Automata::makeChar)
                .toList());
    }

    private static Automaton determinized(String typed, Automaton automaton) {
        try {
            return Operations.determinize(automaton, Operations.DEFAULT_DETERMINIZE_WORK_LIMIT);
        } catch (TooComplexToDeterminizeException e) {
            throw invalid(typed, "it is too complex");
        }
    }

    /** The set that starts after an opening bracket; returns where it ends. */
    private static int set(String pattern, int from, StringBuilder regex) {
        int i = from;
        regex.append('[');
        if (i < pattern.length() && (pattern.charAt(i) == '!' || pattern.charAt(i) == '^')) {
            regex.append('^');
            i++;
        }
        int first = i;
        while (i < pattern.length() && (pattern.charAt(i) != ']' || i == first)) {
            int c = pattern.codePointAt(i);
            i += Character.charCount(c);
            if (c == '-' && i - 1 > first && i < pattern.length() && pattern.charAt(i) != ']') {
                regex.append('-');
            } else {
                literal(c, regex);
            }
        }
        if (i >= pattern.length()) {
            throw invalid(pattern, "a [ is not closed");
        }
        regex.append(']');
        return i + 1;
    }

    private static void literal(int c, StringBuilder regex) {
        if (c < 0x80 && !Character.isLetterOrDigit(c)) {
            regex.append('\\');
        }
        regex.appendCodePoint(c);
    }

    private static String bounded(String pattern) {
        if (pattern.isEmpty() || pattern.length() > MAX_LENGTH) {
            throw new QueryProblem(QueryProblem.Code.INVALID, "a pattern has 1 to " + MAX_LENGTH + " characters");
        }
        return pattern;
    }

    private static Automaton automaton(String typed, String regex, int flags) {
        try {
            Automaton automaton = new RegExp(regex, RegExp.NONE, flags).toAutomaton();
            return Operations.determinize(automaton, Operations.DEFAULT_DETERMINIZE_WORK_LIMIT);
        } catch (TooComplexToDeterminizeException e) {
            throw invalid(typed, "it is too complex");
        } catch (IllegalArgumentException e) {
            throw invalid(typed, String.valueOf(e.getMessage()));
        }
    }

    static QueryProblem invalid(String pattern, String why) {
        return new QueryProblem(QueryProblem.Code.INVALID, "cannot use the pattern " + pattern + ": " + why);
    }
}
