package dev.stemma.graph.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the server said last before it gave up, for an error message: the cause is there, and only there. Its log goes on from one
 * start to the next, so what stood there before counts for nothing.
 */
final class LastWords {

    private static final int LONGEST = 300;
    private static final int MOST_BYTES = 1 << 20;

    private final Path log;
    private final long before;

    private LastWords(Path log, long before) {
        this.log = log;
        this.before = before;
    }

    /** Listens from now on; before the start. */
    static LastWords in(Path logs) throws IOException {
        Path log = logs.resolve("neo4j.log");
        return new LastWords(log, Files.exists(log) ? Files.size(log) : 0);
    }

    /** The last error, or the cause of it that Java names; empty when there is none. */
    Optional<String> said() {
        try {
            List<String> errors = sinceThen()
                    .lines()
                    .filter(line -> line.contains("ERROR") || line.contains("Caused by:") || line.contains("Exception"))
                    .toList();
            return errors.isEmpty() ? Optional.empty() : Optional.of(shortened(errors.getLast()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private String sinceThen() throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(log)) {
            long end = channel.size();
            // A log that is shorter than it was has been begun anew.
            long from = Math.max(end < before ? 0 : before, end - MOST_BYTES);
            ByteBuffer bytes = ByteBuffer.allocate((int) (end - from));
            channel.position(from);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                continue;
            }
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        }
    }

    private static String shortened(String line) {
        String clean = line.strip();
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
    }
}
