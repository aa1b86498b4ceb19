package dev.stemma.api.cypher;

import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows as CSV (RFC 4180) with a header; lists with {@code |} between their parts, null as nothing. */
final class Csv {

    private Csv() {}

    static String text(List<String> columns, List<List<@Nullable Object>> rows) {
        StringBuilder text = new StringBuilder();
        line(text, columns);
        rows.forEach(row -> line(text, row));
        return text.toString();
    }

    private static void line(StringBuilder text, List<? extends @Nullable Object> cells) {
        for (int i = 0; i < cells.size(); i++) {
            text.append(i == 0 ? "" : ",").append(quoted(plain(cells.get(i))));
        }
        text.append("\r\n");
    }

    private static String plain(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case List<?> list -> list.stream().map(Csv::plain).collect(Collectors.joining("|"));
            case TemporalAccessor time -> time.toString();
            default -> value.toString();
        };
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
