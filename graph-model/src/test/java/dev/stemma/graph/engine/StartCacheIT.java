package dev.stemma.graph.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.store.BoltGraph;
import dev.stemma.graph.store.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache of the server's classes: made at the end of a run, used by the next one, and passed over when it does not fit. */
class StartCacheIT {

    @TempDir
    private Path home;

    @Test
    void aRunLeavesACacheThatTheNextOneMapsAndOneThatDoesNotFitIsPassedOverInSilence() throws IOException {
        Path jars = Files.createDirectories(home.resolve("server/lib"));
        for (Path jar : ServerJars.list(ServerJars.directory())) {
            Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
        }
        Path cache = home.resolve("server/server.aot");
        Path fresh = home.resolve("server/server.aot.new");
        assertThat(startsWith(settings(jars, Optional.of(fresh)), cache)).isFalse();
        Files.move(fresh, cache, StandardCopyOption.ATOMIC_MOVE);

        assertThat(startsWith(settings(jars, Optional.empty()), cache))
                .as("the cache is used")
                .isTrue();
        assertThat(home.resolve("neo4j/launcher.jar")).doesNotExist();

        Files.copy(ServerJars.list(ServerJars.directory()).getFirst(), jars.resolve("a-first.jar"));
        assertThat(startsWith(settings(jars, Optional.empty()), cache))
                .as("the cache of other jars is used")
                .isFalse();

        Files.delete(jars.resolve("a-first.jar"));
        Files.write(cache, new byte[4_096]);
        assertThat(startsWith(settings(jars, Optional.empty()), cache))
                .as("a broken cache is used")
                .isFalse();
    }

    private LocalNeo4j.Settings settings(Path jars, Optional<Path> cacheOutput) {
        return new LocalNeo4j.Settings(home.resolve("neo4j"), jars, 0, 512, 64, Duration.ofMinutes(3), cacheOutput);
    }

    /** Starts the server, asks it something, and stops it; whether it had the cache in its memory. */
    private static boolean startsWith(LocalNeo4j.Settings settings, Path cache) throws IOException {
        try (LocalNeo4j neo4j = LocalNeo4j.start(settings);
                BoltGraph graph = BoltGraph.open(neo4j.address())) {
            assertThat(graph.read(Statement.of("RETURN 1 AS n"))).hasSize(1);
            boolean mapped =
                    Files.readString(Path.of("/proc/" + neo4j.pid() + "/maps")).contains(cache.toString() + "\n");
            if (settings.cacheOutput().isEmpty()) {
                assertThat(settings.directory().resolve("logs/console.log"))
                        .content()
                        .doesNotContainIgnoringCase("aot");
            }
            return mapped;
        }
    }
}
