package dev.stemma.api.job;

import java.util.List;

/**
 * Garbage of the content store to be collected.
 *
 * @param graceSeconds deleted versions, and packs, that are younger stay; 0 to ten years
 */
public record CollectRequest(long graceSeconds, long timeLimitSeconds, String agent) implements JobRequest {

    private static final long MAX_GRACE_SECONDS = 10L * 366 * 24 * 3_600;

    public CollectRequest {
        if (graceSeconds < 0 || graceSeconds > MAX_GRACE_SECONDS) {
            throw new IllegalArgumentException("a time of grace is 0 seconds to ten years");
        }
        JobRequest.requireLimit(timeLimitSeconds);
    }

    @Override
    public List<String> subjects() {
        return List.of("the content store");
    }
}
