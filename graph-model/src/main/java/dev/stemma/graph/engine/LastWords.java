package dev.stemma.graph.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the server said last before it gave up, for an error message: the cause is there, and only there. */
final class LastWords {

    private static final int LONGEST = 300;

    private LastWords() {}

    /** The last error in its logs; empty when they tell none. */
    static Optional<String> in(Path logs) {
        return Stream.of("neo4j.log", "console.log")
                .map(name -> last(logs.resolve(name)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The last error, or the cause of it that Java names. */
    private static Optional<String> last(Path log) {
        try {
            List<String> errors = Files.readAllLines(log).stream()
                    .filter(line -> line.contains("ERROR") || line.contains("Caused by:") || line.contains("Exception"))
                    .toList();
            return errors.isEmpty() ? Optional.empty() : Optional.of(shortened(errors.getLast()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String shortened(String line) {
        String clean = line.strip();
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
    }
}
