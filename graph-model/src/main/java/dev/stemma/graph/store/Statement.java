package dev.stemma.graph.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A Cypher statement and its parameters. Values always travel as parameters, never inside the text.
 *
 * @param cypher the text
 * @param parameters values the driver can send: text, numbers, booleans, byte arrays, temporal values, and lists and maps of these
 */
public record Statement(String cypher, Map<String, Object> parameters) {

    public Statement {
        parameters = Map.copyOf(parameters);
    }

    /** A statement without parameters. */
    public static Statement of(String cypher) {
        return new Statement(cypher, Map.of());
    }

    /**
     * Reads a named query from the class path, below {@code /cypher/}, as {@code queries} keeps them.
     *
     * @param owner a class of the module that the query belongs to
     * @param name {@code drift/entries.cypher}
     * @throws IllegalArgumentException when there is no such query
     */
    public static Statement named(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream("/cypher/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no query named " + name);
            }
            return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The same text with these parameters. */
    public Statement with(Map<String, Object> values) {
        return new Statement(cypher, values);
    }
}
