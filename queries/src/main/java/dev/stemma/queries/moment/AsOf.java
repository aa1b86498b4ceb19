package dev.stemma.queries.moment;

import dev.stemma.queries.problem.QueryProblem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;

/**
 * A moment; an answer as of it holds what had come to be by then, and not yet what came after. What happened at the very moment
 * belongs to the answer.
 */
public record AsOf(Instant instant) {

    private static final int MAX_LENGTH = 64;
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    /**
     * @throws QueryProblem {@code INVALID} when it lies outside of the years 1 to 9999, which the graph and ISO 8601 share
     */
    public AsOf {
        if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            throw new QueryProblem(QueryProblem.Code.INVALID, "a moment lies in the years 1 to 9999");
        }
    }

    /**
     * Reads what a person typed, in the forms of ISO 8601: {@code 2026-11-01}, which is the first moment of that day,
     * {@code 2026-11-01T12:30}, {@code 2026-11-01T12:30:15Z}, {@code 2026-11-01T12:30+02:00}. Without an offset it is UTC.
     *
     * @throws QueryProblem {@code INVALID} for anything else
     */
    public static AsOf parse(String typed) {
        String text = typed.strip();
        if (text.length() <= MAX_LENGTH) {
            try {
                return text.indexOf('T') < 0
                        ? new AsOf(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC))
                        : new AsOf(instant(text));
            } catch (DateTimeException _) {
                // Said below, for a text that is too long as well.
            }
        }
        throw new QueryProblem(
                QueryProblem.Code.INVALID,
                "not a date or time: " + text.substring(0, Math.min(text.length(), MAX_LENGTH))
                        + "; write 2026-11-01, 2026-11-01T12:30 or 2026-11-01T12:30:00+02:00");
    }

    private static Instant instant(String text) {
        TemporalAccessor found =
                DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        return found instanceof OffsetDateTime time
                ? time.toInstant()
                : LocalDateTime.from(found).toInstant(ZoneOffset.UTC);
    }

    @Override
    public String toString() {
        return instant.toString();
    }
}
