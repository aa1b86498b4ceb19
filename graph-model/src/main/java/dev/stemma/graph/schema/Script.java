package dev.stemma.graph.schema;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One step of the schema: a file of statements, each of which ends with a semicolon at the end of a line. Lines that start
 * with {@code //} are comments; one that starts with {@code // Repeated:} makes it a script of data instead of schema, each of whose
 * statements runs again, a transaction each time, until it returns no row.
 *
 * @param version from the file's name, {@code 001}
 * @param name of the file
 * @param digest of its text, SHA-256 in hexadecimal
 * @param repeated whether its statements are repeated until they return nothing
 * @param statements in order, without semicolons
 */
record Script(String version, String name, String digest, boolean repeated, List<String> statements) {

    private static final String REPEATED = "// Repeated:";

    Script {
        statements = List.copyOf(statements);
    }

    /** Reads a script that lies beside this class. */
    static Script named(String name) {
        try (InputStream in = Script.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no schema script " + name);
            }
            return of(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    /**
     * Takes a script apart.
     *
     * @param name {@code V001__Words.cypher}
     * @throws IllegalArgumentException when the name has no version or the last statement no end
     */
    static Script of(String name, String text) {
        if (!name.matches("V\\d{3}__\\w+\\.cypher")) {
            throw new IllegalArgumentException("a schema script is named V001__Words.cypher, not " + name);
        }
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        for (String line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith("//")) {
                continue;
            }
            String stripped = line.stripTrailing();
            if (stripped.endsWith(";")) {
                statements.add(
                        statement.append(stripped, 0, stripped.length() - 1).toString());
                statement.setLength(0);
            } else {
                statement.append(stripped).append('\n');
            }
        }
        if (!statement.isEmpty()) {
            throw new IllegalArgumentException("the last statement of " + name + " does not end with a semicolon");
        }
        String digest = Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).hex();
        return new Script(
                name.substring(1, 4),
                name,
                digest,
                text.lines().anyMatch(line -> line.startsWith(REPEATED)),
                statements);
    }
}
