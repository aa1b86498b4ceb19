package dev.stemma.graph.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Where a graph database is and who we are there.
 *
 * @param uri {@code bolt://…} for one server, {@code neo4j://…} for a cluster, with {@code +s} for TLS
 * @param user name of the user
 * @param password asked for at each new connection, so that it can change; it is kept nowhere else
 */
public record GraphAddress(URI uri, String user, Supplier<String> password) {

    private static final Set<String> SCHEMES = Set.of("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc");

    public GraphAddress {
        if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("the address of a graph database is one of "
                    + SCHEMES.stream().sorted().toList() + " followed by ://host:port, not: " + uri);
        }
        if (uri.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "a password does not belong in the address of the graph database; put it in a file");
        }
    }

    /**
     * The server that the environment names instead of the local one: {@code STEMMA_NEO4J_URI},
     * {@code STEMMA_NEO4J_USER} (else {@code neo4j}) and {@code STEMMA_NEO4J_PASSWORD_FILE}.
     *
     * @return empty when there is no {@code STEMMA_NEO4J_URI}
     * @throws IllegalArgumentException when the address is wrong or the password file is not stated
     */
    public static Optional<GraphAddress> fromEnvironment(Map<String, String> environment) {
        String uri = environment.get("STEMMA_NEO4J_URI");
        if (uri == null || uri.isBlank()) {
            return Optional.empty();
        }
        String file = environment.get("STEMMA_NEO4J_PASSWORD_FILE");
        if (file == null || file.isBlank()) {
            throw new IllegalArgumentException(
                    "STEMMA_NEO4J_URI is set, so STEMMA_NEO4J_PASSWORD_FILE must name the file with the password");
        }
        return Optional.of(new GraphAddress(
                URI.create(uri.strip()),
                environment.getOrDefault("STEMMA_NEO4J_USER", "neo4j"),
                () -> read(Path.of(file))));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException("there is no password file " + file, e);
        } catch (IOException e) {
            throw new UncheckedIOException("the password file " + file + " cannot be read: " + e, e);
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return user + " at " + uri;
    }
}
