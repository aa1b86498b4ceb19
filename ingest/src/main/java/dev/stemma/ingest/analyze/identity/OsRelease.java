package dev.stemma.ingest.analyze.identity;

import dev.stemma.graph.model.GuestName;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields of an os-release file: assignments in the shell's own quoting, os-release(5). Values come in the escaped form
 * of {@link GuestName}; a line that is no assignment counts for nothing.
 */
record OsRelease(Map<String, String> fields) {

    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Z0-9_]+)=(.*)");
    private static final int MAX_VALUE_CHARACTERS = 4_096;

    OsRelease {
        fields = Map.copyOf(fields);
    }

    static OsRelease parse(byte[] bytes) {
        Map<String, String> fields = new HashMap<>();
        for (String line : new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            Matcher matcher = ASSIGNMENT.matcher(line.strip());
            if (matcher.matches() && matcher.group(2).length() <= MAX_VALUE_CHARACTERS) {
                String value = unquoted(matcher.group(2));
                fields.put(
                        matcher.group(1),
                        GuestName.of(value.getBytes(StandardCharsets.ISO_8859_1))
                                .escaped());
            }
        }
        return new OsRelease(fields);
    }

    /** A field that is there and not empty. */
    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name)).filter(value -> !value.isEmpty());
    }

    private static String unquoted(String value) {
        StringBuilder plain = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else if (c == '\\' && quote != '\'' && i + 1 < value.length()) {
                char next = value.charAt(++i);
                if (quote == '"' && "\"\\$`".indexOf(next) < 0) {
                    plain.append(c); // Inside of double quotes the shell keeps a backslash before most characters.
                }
                plain.append(next);
            } else if (quote == 0 && (c == '#' || c == ';') && (i == 0 || value.charAt(i - 1) == ' ')) {
                break;
            } else {
                plain.append(c);
            }
        }
        return plain.toString().strip();
    }
}
