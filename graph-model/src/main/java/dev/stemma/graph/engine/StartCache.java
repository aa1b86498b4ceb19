package dev.stemma.graph.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Loaded and linked classes of the server in a file beside its jars (JEP 483), which halves the processor time of a start. It fits one build
 * of Java, these jars with their times, and these options. The JVM passes over one of another Java or other names of jars in silence, and
 * the start is as slow as without. Who makes it, and removes it when the jars behind the names are others, is {@code bin/lib/cache.sh}.
 */
final class StartCache {

    /** The JVM says nothing of a cache that it cannot use. What else goes wrong goes where the server's own words go. */
    private static final List<String> SILENCE = List.of("-Xlog:disable", "-Xlog:all=error,aot*=off,cds*=off:stderr");

    /** A record of all classes is written at the end, and the cache is made from it by one more process. */
    private static final int TRAINING_STOP_SECONDS = 300;

    private static final int STOP_SECONDS = 15;

    private StartCache() {}

    /** Options of the child's JVM. */
    static List<String> options(LocalNeo4j.Settings settings) {
        Optional<Path> output = settings.cacheOutput();
        if (output.isPresent()) {
            return with("-XX:AOTCacheOutput=" + output.get());
        }
        Path cache = settings.jars().resolveSibling("server.aot");
        return Files.isRegularFile(cache) ? with("-XX:AOTCache=" + cache) : List.of();
    }

    private static List<String> with(String option) {
        return List.of(option, SILENCE.getFirst(), SILENCE.getLast());
    }

    /** The launcher's jar as the cache knows it: it is part of the class path, which may not change. */
    static Path launcher(Path jars) {
        return jars.resolveSibling("launcher.jar");
    }

    /** How long the child may take to end before it halts itself, in seconds. */
    static int stopSeconds(LocalNeo4j.Settings settings) {
        return settings.cacheOutput().isPresent() ? TRAINING_STOP_SECONDS : STOP_SECONDS;
    }
}
