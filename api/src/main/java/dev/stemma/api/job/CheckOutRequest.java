package dev.stemma.api.job;

import java.util.List;

/**
 * A version to be checked out.
 *
 * @param version id of its image
 * @param reference as people write it, {@code web:1.2}
 * @param target absolute path on the service's host, where nothing is yet
 * @param format {@code raw}, {@code qcow2}, …
 */
public record CheckOutRequest(
        String version, String reference, String target, String format, long timeLimitSeconds, String agent)
        implements JobRequest {

    public CheckOutRequest {
        JobRequest.requirePath(target);
        JobRequest.requireLimit(timeLimitSeconds);
    }

    @Override
    public List<String> subjects() {
        return List.of(reference + " to " + target);
    }
}
