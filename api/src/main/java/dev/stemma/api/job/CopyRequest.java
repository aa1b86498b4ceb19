package dev.stemma.api.job;

import dev.stemma.ingest.reference.NewVersion;
import java.util.List;

/**
 * An image's file to be copied.
 *
 * @param image id of the image
 * @param source absolute path of its file on the service's host
 * @param format {@code raw}, {@code qcow2}, … of both
 * @param target absolute path, where nothing is yet
 * @param message why; may be empty
 */
public record CopyRequest(
        String image, String source, String format, String target, String message, long timeLimitSeconds, String agent)
        implements JobRequest {

    public CopyRequest {
        JobRequest.requirePath(source);
        JobRequest.requirePath(target);
        JobRequest.requireLimit(timeLimitSeconds);
        NewVersion.requireBounded(message);
    }

    @Override
    public List<String> subjects() {
        return List.of(source + " to " + target);
    }
}
