package dev.stemma.queries.search.language;

import dev.stemma.queries.moment.AsOf;
import dev.stemma.queries.problem.QueryProblem;
import dev.stemma.queries.search.Condition;
import dev.stemma.queries.search.ImageQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one search by recursive descent, a rule of the grammar a method. Used once. */
final class QueryParser {

    private static final int MAX_DEPTH = 20;
    private static final int MAX_CONDITIONS = 200;

    private final Source source;
    private int depth;
    private int conditions;
    private Optional<AsOf> asOf = Optional.empty();
    private int asOfAt = -1;

    QueryParser(String text) {
        this.source = new Source(text);
    }

    ImageQuery parse() {
        source.skipSpace();
        if (source.atEnd()) {
            return new ImageQuery(new Condition.All(List.of()), Optional.empty());
        }
        Condition condition = any(Optional.empty());
        if (!source.atEnd()) {
            throw source.problem(source.position(), "this ) closes nothing");
        }
        return new ImageQuery(condition, asOf);
    }

    private Condition any(Optional<SearchField> field) {
        int start = source.position();
        List<Condition> parts = new ArrayList<>();
        parts.add(all(field));
        while (source.takeWord("OR")) {
            parts.add(all(field));
        }
        if (parts.size() > 1) {
            requireNoMoment(start);
        }
        return parts.size() == 1 ? parts.getFirst() : new Condition.Any(parts);
    }

    private Condition all(Optional<SearchField> field) {
        List<Condition> parts = new ArrayList<>();
        parts.add(unary(field));
        while (true) {
            if (source.takeWord("AND")) {
                parts.add(unary(field));
                continue;
            }
            source.skipSpace();
            if (source.atEnd() || source.looking(')') || source.lookingWord("OR")) {
                return parts.size() == 1 ? parts.getFirst() : new Condition.All(parts);
            }
            parts.add(unary(field));
        }
    }

    private Condition unary(Optional<SearchField> field) {
        source.skipSpace();
        int start = source.position();
        boolean minus = source.looking('-') && !source.spaceFollows();
        if (minus) {
            source.take('-');
        }
        if (!minus && !source.takeWord("NOT")) {
            return primary(field);
        }
        Condition part = nested(start, () -> unary(field));
        requireNoMoment(start);
        return new Condition.Not(part);
    }

    private Condition primary(Optional<SearchField> field) {
        source.skipSpace();
        int start = source.position();
        if (source.atEnd()) {
            throw source.problem(start, "a condition is missing at the end");
        }
        for (String word : List.of("AND", "OR")) {
            if (source.lookingWord(word)) {
                throw source.problem(
                        start, word + " stands between two conditions; to look for the word itself, put it in quotes");
            }
        }
        if (source.take('(')) {
            Condition inner = nested(start, () -> any(field));
            if (!source.take(')')) {
                throw source.problem(start, "this ( is not closed");
            }
            return inner;
        }
        if (source.looking(')')) {
            throw source.problem(start, "a condition is missing before this )");
        }
        return field.map(one -> value(one, start)).orElseGet(() -> term(start));
    }

    @FunctionalInterface
    private interface Inner {
        Condition read();
    }

    private Condition nested(int start, Inner inner) {
        if (++depth > MAX_DEPTH) {
            throw source.problem(start, "a search nests at most " + MAX_DEPTH + " deep");
        }
        Condition read = inner.read();
        depth--;
        return read;
    }

    /** {@code field:value}, {@code field:(…)}, {@code modified>2026-01-01}, or a value by itself. */
    private Condition term(int start) {
        Optional<String> word = source.takeField();
        if (word.isEmpty()) {
            return counted(start, Values.bare(source, source.value(true)));
        }
        SearchField field = SearchField.of(word.get()).orElseThrow(() -> noField(word.get(), start));
        if (source.looking('(')) {
            return primary(Optional.of(field));
        }
        return value(field, start);
    }

    private QueryProblem noField(String word, int start) {
        String hint = Spelling.hint(word, SearchField.allWords());
        return source.problem(
                start,
                "there is no field " + word + (hint.isEmpty() ? "." : hint)
                        + " A text with a colon stands in quotes, a package with an architecture behind software:");
    }

    private Condition value(SearchField field, int start) {
        if (source.atValueEnd()) {
            throw source.problem(source.position(), field.word() + ": needs a value");
        }
        boolean slashIsRegex = !(field.use() instanceof SearchField.Use.File);
        Source.Value value = source.value(slashIsRegex);
        if (field.use() instanceof SearchField.Use.Moment) {
            return moment(value);
        }
        return counted(start, Values.of(source, field, value));
    }

    private Condition counted(int start, Condition condition) {
        if (++conditions > MAX_CONDITIONS) {
            throw source.problem(start, "a search has at most " + MAX_CONDITIONS + " conditions");
        }
        return condition;
    }

    /** Says when, and so is no condition. */
    private Condition moment(Source.Value value) {
        if (asOf.isPresent()) {
            throw source.problem(value.start(), "at: stands once in a search");
        }
        try {
            asOf = Optional.of(AsOf.parse(value.text()));
        } catch (QueryProblem problem) {
            throw source.problem(value.start(), String.valueOf(problem.getMessage()));
        }
        asOfAt = value.start();
        return new Condition.All(List.of());
    }

    private void requireNoMoment(int start) {
        if (asOfAt >= start) {
            throw source.problem(asOfAt, "at: is for the whole search, and stands outside of OR and NOT");
        }
    }
}
