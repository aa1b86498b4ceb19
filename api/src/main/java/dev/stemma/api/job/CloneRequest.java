package dev.stemma.api.job;

import java.util.HashSet;
import java.util.List;

/**
 * A version of which many are to be made.
 *
 * @param version id of its image
 * @param reference as people write it, {@code web:1.2}
 * @param targets absolute paths on the service's host, where nothing is yet, each once; 1 to 64
 * @param overlays whether all but the first are to stand on the first, as qcow2; else each is a raw disk of its own
 */
public record CloneRequest(
        String version, String reference, List<String> targets, boolean overlays, long timeLimitSeconds, String agent)
        implements JobRequest {

    public static final int MAX_TARGETS = 64;

    public CloneRequest {
        targets = List.copyOf(targets);
        targets.forEach(JobRequest::requirePath);
        JobRequest.requireLimit(timeLimitSeconds);
        if (targets.isEmpty() || targets.size() > MAX_TARGETS) {
            throw new IllegalArgumentException(
                    "1 to " + MAX_TARGETS + " clones are made at once, not " + targets.size());
        }
        if (new HashSet<>(targets).size() < targets.size()) {
            throw new IllegalArgumentException("a target is named twice");
        }
    }

    @Override
    public List<String> subjects() {
        int more = targets.size() - 1;
        return List.of(reference + " to " + targets.getFirst() + (more > 0 ? " and " + more + " more" : ""));
    }
}
