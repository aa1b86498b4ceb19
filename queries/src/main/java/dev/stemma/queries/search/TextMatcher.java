package dev.stemma.queries.search;

import dev.stemma.queries.problem.QueryProblem;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.CharacterRunAutomaton;

/** A {@link TextTerm} as automata, each of which must accept a line; the index and the past are asked by the same ones. */
final class TextMatcher {

    private static final int MAX_LENGTH = 1_000;
    private static final int MAX_WORDS = 50;

    private TextMatcher() {}

    /**
     * @return each deterministic, over the characters of a whole line
     * @throws QueryProblem {@code INVALID} for a bad pattern
     */
    static List<Automaton> automata(TextTerm term) {
        return switch (term) {
            case TextTerm.Words words -> words(words.words());
            case TextTerm.Phrase phrase -> List.of(Patterns.containing(bounded(phrase.text())));
            case TextTerm.Glob glob -> List.of(Patterns.words(glob.pattern()));
            case TextTerm.Regex regex -> List.of(Patterns.regex(regex.pattern()));
        };
    }

    /**
     * @throws QueryProblem {@code INVALID} for a bad pattern
     */
    static Predicate<Collection<String>> of(TextTerm term) {
        List<CharacterRunAutomaton> all =
                automata(term).stream().map(CharacterRunAutomaton::new).toList();
        return lines -> all.stream().allMatch(one -> lines.stream().anyMatch(one::run));
    }

    private static List<Automaton> words(String typed) {
        List<String> words =
                Stream.of(bounded(typed).strip().split("\\s+")).distinct().toList();
        if (words.size() > MAX_WORDS) {
            throw new QueryProblem(QueryProblem.Code.INVALID, "a text has at most " + MAX_WORDS + " words");
        }
        return words.stream().map(Patterns::containing).toList();
    }

    private static String bounded(String typed) {
        if (typed.isBlank() || typed.length() > MAX_LENGTH) {
            throw new QueryProblem(QueryProblem.Code.INVALID, "words have 1 to " + MAX_LENGTH + " characters");
        }
        return typed;
    }
}
