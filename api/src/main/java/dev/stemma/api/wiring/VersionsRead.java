package dev.stemma.api.wiring;

import dev.stemma.api.job.JobResult;
import dev.stemma.ingest.problem.ImageProblem;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Versions that jobs read out of the store just now; their bytes stay there. Safe for use by several threads. */
final class VersionsRead {

    private final Map<String, Integer> readers = new ConcurrentHashMap<>();

    /** What reads a version. It asks itself whether the version may be used: what is deleted after that is not collected. */
    interface Reading {
        JobResult run() throws ImageProblem, IOException;
    }

    /** @param version id of its image */
    JobResult during(String version, Reading reading) throws ImageProblem, IOException {
        readers.merge(version, 1, Integer::sum);
        try {
            return reading.run();
        } finally {
            readers.computeIfPresent(version, (_, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Ids of those that are being read. */
    Set<String> inUse() {
        return Set.copyOf(readers.keySet());
    }
}
