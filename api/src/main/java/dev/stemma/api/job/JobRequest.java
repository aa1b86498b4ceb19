package dev.stemma.api.job;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked to have indexed.
 *
 * @param paths absolute paths on the service's host, 1 to 1,000
 * @param level {@code basic} or {@code full}
 * @param timeLimitSeconds for each path, from 1 to a week
 * @param agent who asked
 * @param keyFiles absolute paths of files with passphrases for what is encrypted, at most 16; a journal of an earlier Stemma has none. The
 *     passphrases themselves are read when the work is done, and kept nowhere
 * @param readAll to read every file, also where an indexed parent tells its digest
 */
public record JobRequest(
        List<String> paths,
        String level,
        long timeLimitSeconds,
        String agent,
        @Nullable List<String> keyFiles,
        boolean readAll) {

    /** Paths that one job may have. */
    public static final int MAX_PATHS = 1_000;

    private static final int MAX_KEY_FILES = 16;
    private static final long WEEK_SECONDS = 7L * 24 * 3_600;

    public JobRequest {
        paths = List.copyOf(paths);
        keyFiles = keyFiles == null ? List.of() : List.copyOf(keyFiles);
        if (keyFiles.size() > MAX_KEY_FILES) {
            throw new IllegalArgumentException("a job has at most " + MAX_KEY_FILES + " key files");
        }
        if (paths.isEmpty() || paths.size() > MAX_PATHS) {
            throw new IllegalArgumentException("a job has 1 to " + MAX_PATHS + " paths, not " + paths.size());
        }
        for (String path : Stream.concat(paths.stream(), keyFiles.stream()).toList()) {
            if (!path.startsWith("/") || path.length() > 4_096 || path.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("a path to index is absolute and at most 4,096 characters: " + path);
            }
        }
        dev.stemma.graph.model.Level.parse(level);
        if (timeLimitSeconds < 1 || timeLimitSeconds > WEEK_SECONDS) {
            throw new IllegalArgumentException("a time limit is 1 second to a week, not " + timeLimitSeconds + " s");
        }
    }

    /** Without keys, and with whatever an indexed parent tells. */
    public JobRequest(List<String> paths, String level, long timeLimitSeconds, String agent) {
        this(paths, level, timeLimitSeconds, agent, List.of(), false);
    }

    /** The key files; never null, whatever the journal holds. */
    public List<String> keys() {
        return keyFiles == null ? List.of() : keyFiles;
    }
}
