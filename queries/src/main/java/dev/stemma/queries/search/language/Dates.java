package dev.stemma.queries.search.language;

import dev.stemma.queries.moment.AsOf;
import dev.stemma.queries.problem.QueryProblem;
import dev.stemma.queries.search.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads when something changed: {@code >2026-01-01}, {@code 2026-01-01..2026-02-01}, {@code 2026-01-01}. A date is the whole day (UTC), a
 * time the moment.
 */
final class Dates {

    private Dates() {}

    /** From its first nanosecond to before the first after it. */
    private record Span(Instant from, Instant until) {
        static Span parse(String text) {
            Instant from = AsOf.parse(text).instant();
            boolean day = text.strip().indexOf('T') < 0;
            return new Span(from, from.plus(day ? Duration.ofDays(1) : Duration.ofNanos(1)));
        }
    }

    static Condition.Modified modified(String text) {
        int dots = text.indexOf("..");
        if (dots >= 0) {
            Optional<Span> from = bound(text.substring(0, dots));
            Optional<Span> until = bound(text.substring(dots + 2));
            if (from.isEmpty() && until.isEmpty()) {
                throw new QueryProblem(QueryProblem.Code.INVALID, "a range needs a date on one side at least");
            }
            return new Condition.Modified(from.map(Span::from), until.map(Span::until));
        }
        String relation = text.startsWith(">=") || text.startsWith("<=") ? text.substring(0, 2) : text.substring(0, 1);
        return switch (relation) {
            case ">=" -> from(Span.parse(text.substring(2)).from());
            case "<=" -> until(Span.parse(text.substring(2)).until());
            case ">" -> from(Span.parse(text.substring(1)).until());
            case "<" -> until(Span.parse(text.substring(1)).from());
            default -> {
                Span whole = Span.parse(relation.equals("=") ? text.substring(1) : text);
                yield new Condition.Modified(Optional.of(whole.from()), Optional.of(whole.until()));
            }
        };
    }

    private static Optional<Span> bound(String text) {
        return text.isEmpty() || text.equals("*") ? Optional.empty() : Optional.of(Span.parse(text));
    }

    private static Condition.Modified from(Instant time) {
        return new Condition.Modified(Optional.of(time), Optional.empty());
    }

    private static Condition.Modified until(Instant time) {
        return new Condition.Modified(Optional.empty(), Optional.of(time));
    }
}
