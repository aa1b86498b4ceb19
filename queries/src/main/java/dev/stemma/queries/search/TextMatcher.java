package dev.stemma.queries.search;

import dev.stemma.queries.problem.QueryProblem;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.apache.lucene.util.automaton.CharacterRunAutomaton;

/** A {@link TextTerm} ready to be held against texts. */
final class TextMatcher {

    private static final int MAX_LENGTH = 1_000;
    private static final int MAX_TEXT = 65_536;

    private TextMatcher() {}

    /**
     * @throws QueryProblem {@code INVALID} for a bad pattern
     */
    static Predicate<String> of(TextTerm term) {
        return switch (term) {
            case TextTerm.Words words -> words(words.words());
            case TextTerm.Regex regex -> {
                CharacterRunAutomaton automaton = new CharacterRunAutomaton(Patterns.regex(regex.pattern()));
                yield text -> automaton.run(text.substring(0, Math.min(text.length(), MAX_TEXT)));
            }
        };
    }

    private static Predicate<String> words(String typed) {
        if (typed.isBlank() || typed.length() > MAX_LENGTH) {
            throw new QueryProblem(QueryProblem.Code.INVALID, "words have 1 to " + MAX_LENGTH + " characters");
        }
        List<String> words = List.of(typed.strip().toLowerCase(Locale.ROOT).split("\\s+"));
        return text -> {
            String lower = text.toLowerCase(Locale.ROOT);
            return words.stream().allMatch(lower::contains);
        };
    }
}
