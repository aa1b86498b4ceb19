package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.function.Function;

/**
 * A column of a table.
 *
 * @param name its title; in CSV in lower case
 * @param text how a cell looks to a person
 * @param plain how it looks to a program
 */
record Column(String name, boolean right, Function<JsonNode, String> text, Function<JsonNode, String> plain) {

    private static final String CHOSEN = "=";

    /** The title above a table: our own words in capitals, names that somebody chose in a query as they are. */
    String title() {
        return chosen() ? name.substring(1) : name.toUpperCase(Locale.ROOT);
    }

    /** The header in CSV. */
    String member() {
        return chosen() ? name.substring(1) : name.toLowerCase(Locale.ROOT).replace(' ', '_');
    }

    private boolean chosen() {
        return name.startsWith(CHOSEN);
    }

    /** A column whose name somebody chose in a query. */
    static Column chosen(String name, Function<JsonNode, String> text) {
        return of(CHOSEN + name, text);
    }

    /** A member as it is. */
    static Column of(String name, String path) {
        return of(name, node -> Answer.text(node, path));
    }

    static Column of(String name, Function<JsonNode, String> text) {
        return new Column(name, false, text, text);
    }

    /** A number, to the right. */
    static Column number(String name, String path) {
        return new Column(name, true, node -> Answer.text(node, path), node -> Answer.text(node, path));
    }

    /** A size: in units for people, in bytes for programs. */
    static Column bytes(String name, String path) {
        return new Column(
                name,
                true,
                node -> Answer.text(node, path).isEmpty() ? "" : size(Answer.number(node, path)),
                node -> Answer.text(node, path));
    }

    /** A time to the minute for people, whole for programs. */
    static Column time(String name, String path) {
        return time(name, node -> Answer.text(node, path));
    }

    static Column time(String name, Function<JsonNode, String> iso) {
        return new Column(name, false, node -> minute(iso.apply(node)), iso);
    }

    /** Several numbers or words of a list. */
    static Column list(String name, String path) {
        return of(name, node -> {
            StringBuilder text = new StringBuilder();
            Answer.at(node, path)
                    .forEach(each -> text.append(text.isEmpty() ? "" : " ").append(each.asText()));
            return text.toString();
        });
    }

    /** {@code 1.4 GB}; powers of 1,000. */
    static String size(long bytes) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 999.95 && unit < 5) {
            value /= 1_000;
            unit++;
        }
        return String.format(Locale.ROOT, value < 9.995 ? "%.2f %cB" : "%.1f %cB", value, "kMGTPE".charAt(unit));
    }

    private static String minute(String iso) {
        return iso.length() < 16 ? iso : iso.substring(0, 10) + " " + iso.substring(11, 16);
    }
}
