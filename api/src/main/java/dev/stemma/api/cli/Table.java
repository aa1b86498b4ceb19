package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Rows below a header, as a table that fits the terminal or as CSV (RFC 4180). */
record Table(List<Column> columns) {

    private static final int GAP = 2;
    private static final int LEAST = 8;

    static Table of(Column... columns) {
        return new Table(List.of(columns));
    }

    /** Prints the rows for a person; columns that are empty throughout are left out. */
    void print(List<JsonNode> rows, Terminal terminal) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(columns.stream().map(Column::title).toList());
        for (JsonNode row : rows) {
            cells.add(columns.stream()
                    .map(column -> Terminal.safe(column.text().apply(row)))
                    .toList());
        }
        int[] widths = widths(cells, terminal.width());
        for (List<String> line : cells) {
            terminal.out().println(line(line, widths).stripTrailing());
        }
    }

    private int[] widths(List<List<String>> cells, int limit) {
        int[] widths = new int[columns.size()];
        for (int c = 0; c < widths.length; c++) {
            for (int r = 1; r < cells.size(); r++) {
                widths[c] = Math.max(widths[c], cells.get(r).get(c).length());
            }
            widths[c] = widths[c] == 0 && cells.size() > 1
                    ? 0
                    : Math.max(widths[c], cells.getFirst().get(c).length());
        }
        // Take from the widest until it fits, so that narrow columns stay whole.
        while (limit != Integer.MAX_VALUE && total(widths) > limit) {
            int widest = 0;
            for (int c = 1; c < widths.length; c++) {
                widest = widths[c] > widths[widest] ? c : widest;
            }
            if (widths[widest] <= LEAST) {
                break;
            }
            widths[widest]--;
        }
        return widths;
    }

    private static int total(int[] widths) {
        return Arrays.stream(widths)
                        .filter(width -> width > 0)
                        .map(width -> width + GAP)
                        .sum()
                - GAP;
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < widths.length; c++) {
            if (widths[c] == 0) {
                continue;
            }
            String cell = cut(cells.get(c), widths[c]);
            String space = " ".repeat(widths[c] - cell.length());
            line.append(columns.get(c).right() ? space + cell : cell + space).append(" ".repeat(GAP));
        }
        return line.toString();
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }

    /** Prints the header of CSV. */
    void csvHeader(Consumer<String> line) {
        line.accept(String.join(
                ",", columns.stream().map(column -> quoted(column.member())).toList()));
    }

    /** Prints a row of CSV. */
    void csv(JsonNode row, Consumer<String> line) {
        line.accept(String.join(
                ",",
                columns.stream()
                        .map(column -> quoted(column.plain().apply(row)))
                        .toList()));
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
