package dev.stemma.api.job;

import dev.stemma.graph.model.Level;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Images to be indexed.
 *
 * @param paths absolute paths on the service's host, 1 to 1,000
 * @param level {@code basic} or {@code full}
 * @param timeLimitSeconds for each path, from 1 to a week
 * @param agent who asked
 * @param keyFiles absolute paths of files with passphrases for what is encrypted, at most 16; a journal of an earlier Stemma has none. The
 *     passphrases themselves are read when the work is done, and kept nowhere
 * @param readAll to read every file, also where an indexed parent tells its digest
 * @param passedOver what else was in the directories that these paths were found in; null when there was none
 */
public record IndexRequest(
        List<String> paths,
        String level,
        long timeLimitSeconds,
        String agent,
        @Nullable List<String> keyFiles,
        boolean readAll,
        @Nullable PassedOver passedOver)
        implements JobRequest {

    /** Paths that one job may have. */
    public static final int MAX_PATHS = 1_000;

    static final int MAX_KEY_FILES = 16;

    public IndexRequest {
        paths = List.copyOf(paths);
        keyFiles = JobRequest.keys(Optional.ofNullable(keyFiles));
        if (paths.isEmpty() || paths.size() > MAX_PATHS) {
            throw new IllegalArgumentException("a job has 1 to " + MAX_PATHS + " paths, not " + paths.size());
        }
        paths.forEach(JobRequest::requirePath);
        Level.parse(level);
        JobRequest.requireLimit(timeLimitSeconds);
    }

    /** Without keys, and with whatever an indexed parent tells. */
    public IndexRequest(List<String> paths, String level, long timeLimitSeconds, String agent) {
        this(paths, level, timeLimitSeconds, agent, List.of(), false, null);
    }

    /** The same of other paths. */
    public IndexRequest of(List<String> found, Optional<PassedOver> over) {
        return new IndexRequest(found, level, timeLimitSeconds, agent, keyFiles, readAll, over.orElse(null));
    }

    @Override
    public List<String> subjects() {
        return paths;
    }

    /** The key files; never null, whatever the journal holds. */
    public List<String> keys() {
        return keyFiles == null ? List.of() : keyFiles;
    }
}
