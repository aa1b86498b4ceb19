package dev.stemma.api.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content store to be read again and held against its digests.
 *
 * @param share of it, above 0 and up to 1 for all
 * @param repair to take out what is damaged
 * @param from absolute paths of images on the service's host from which is brought back what was taken out, at most 100; a journal of an earlier Stemma has none
 */
public record VerifyRequest(
        double share, boolean repair, @Nullable List<String> from, long timeLimitSeconds, String agent)
        implements JobRequest {

    private static final int MAX_IMAGES = 100;

    public VerifyRequest {
        from = from == null ? List.of() : List.copyOf(from);
        from.forEach(JobRequest::requirePath);
        if (from.size() > MAX_IMAGES || !from.isEmpty() && !repair) {
            throw new IllegalArgumentException("a repair brings back from at most " + MAX_IMAGES + " images");
        }
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("a share of the store is above 0 and at most 1, not " + share);
        }
        JobRequest.requireLimit(timeLimitSeconds);
    }

    /** The images; never null, whatever the journal holds. */
    public List<String> images() {
        return from == null ? List.of() : from;
    }

    @Override
    public List<String> subjects() {
        return List.of("the content store");
    }
}
