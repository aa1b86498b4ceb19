package dev.stemma.api.job;

import java.util.List;

/**
 * The content store to be read again and held against its digests.
 *
 * @param share of it, above 0 and up to 1 for all
 * @param repair to take out what is damaged
 */
public record VerifyRequest(double share, boolean repair, long timeLimitSeconds, String agent) implements JobRequest {

    public VerifyRequest {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("a share of the store is above 0 and at most 1, not " + share);
        }
        JobRequest.requireLimit(timeLimitSeconds);
    }

    @Override
    public List<String> subjects() {
        return List.of("the content store");
    }
}
