package dev.stemma.graph.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the jars of Neo4j Community lie. */
public final class ServerJars {

    /** The system property that names the directory. */
    public static final String PROPERTY = "stemma.neo4j.lib";

    private static final Path IN_CHECKOUT = Path.of("graph-model", "neo4j", "target", "lib");

    private ServerJars() {}

    /**
     * Finds the directory: the system property {@value #PROPERTY}, or else the checkout that the current directory is in.
     *
     * @throws EngineException when there are no jars, saying how to get them
     */
    public static Path directory() {
        String stated = System.getProperty(PROPERTY);
        if (stated != null) {
            Path directory = Path.of(stated).toAbsolutePath();
            if (!Files.isDirectory(directory)) {
                throw new EngineException(
                        "no directory " + directory + ", which the system property " + PROPERTY + " names");
            }
            return directory;
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve(IN_CHECKOUT))) {
                return at.resolve(IN_CHECKOUT);
            }
        }
        throw new EngineException("the jars of Neo4j are missing: there is no " + IN_CHECKOUT
                + " above the current directory; run 'bin/mvn -Dfast -pl graph-model/neo4j package', or name their"
                + " directory by the system property " + PROPERTY);
    }

    /** The jars of a directory in the order of their names, so that a class path is the same each time. */
    static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
            if (jars.isEmpty()) {
                throw new EngineException("there are no jars in " + directory);
            }
            return jars;
        }
    }
}
