package dev.stemma.api.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version to be checked out.
 *
 * @param version id of its image
 * @param reference as people write it, {@code web:1.2}
 * @param target absolute path on the service's host, where nothing is yet
 * @param format {@code raw}, {@code qcow2}, …
 * @param seeds absolute paths of raw disks at the destination, from which is taken what they have; at most 16
 * @param on absolute path of a version that was checked out before, and that an overlay is to stand on; null for a file that stands alone
 */
public record CheckOutRequest(
        String version,
        String reference,
        String target,
        String format,
        List<String> seeds,
        @Nullable String on,
        long timeLimitSeconds,
        String agent)
        implements JobRequest {

    private static final int MAX_SEEDS = 16;

    public CheckOutRequest {
        JobRequest.requirePath(target);
        JobRequest.requireLimit(timeLimitSeconds);
        seeds = List.copyOf(seeds);
        seeds.forEach(JobRequest::requirePath);
        if (on != null) {
            JobRequest.requirePath(on);
        }
        if (seeds.size() > MAX_SEEDS) {
            throw new IllegalArgumentException("a check-out has at most " + MAX_SEEDS + " seeds");
        }
        if (!seeds.isEmpty() && (on != null || !format.equals("raw"))) {
            throw new IllegalArgumentException("seeds are for a check-out to raw that stands alone");
        }
        if (on != null && !format.equals("qcow2")) {
            throw new IllegalArgumentException("an overlay is a qcow2, not " + format);
        }
    }

    @Override
    public List<String> subjects() {
        return List.of(reference + " to " + target);
    }
}
