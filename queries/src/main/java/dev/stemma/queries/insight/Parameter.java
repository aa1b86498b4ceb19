package dev.stemma.queries.insight;

import dev.stemma.queries.problem.QueryProblem;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a question wants to be told.
 *
 * @param name as in the query, without the dollar sign
 * @param usual what is taken where nothing is said; empty when something must be said
 * @param meaning one sentence
 */
public record Parameter(String name, Kind kind, Optional<String> usual, String meaning) {

    private static final int MAX_LENGTH = 8_192;
    private static final int MAX_ITEMS = 1_000;

    /** What a value is. */
    public enum Kind {
        /** Any text. */
        TEXT,
        /** A whole number. */
        NUMBER,
        /** Texts with commas between them. */
        LIST;

        /** As it is written in a question: {@code number}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Kind> find(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word().equals(word))
                    .findFirst();
        }
    }

    /**
     * What goes to the graph for what was typed.
     *
     * @throws QueryProblem INVALID when it is none of that kind, or too long
     */
    Object value(String text) {
        if (text.length() > MAX_LENGTH) {
            throw problem("has at most " + MAX_LENGTH + " characters");
        }
        return switch (kind) {
            case TEXT -> text;
            case NUMBER -> number(text.strip());
            case LIST -> items(text);
        };
    }

    private long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw problem("is a whole number, not \"" + text + "\"");
        }
    }

    private List<String> items(String text) {
        List<String> items = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
        if (items.size() > MAX_ITEMS) {
            throw problem("has at most " + MAX_ITEMS + " items");
        }
        return items;
    }

    private QueryProblem problem(String message) {
        return new QueryProblem(QueryProblem.Code.INVALID, "the parameter " + name + " " + message);
    }
}
