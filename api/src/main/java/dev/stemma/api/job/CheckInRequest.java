package dev.stemma.api.job;

import dev.stemma.ingest.reference.ChainChoice;
import dev.stemma.ingest.reference.ChainName;
import dev.stemma.ingest.reference.NewVersion;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An image to be checked in.
 *
 * @param image absolute path on the service's host
 * @param chain the chain that it goes on; null for its own
 * @param last ordinal of that chain's last version when it was asked for, 0 for a chain that is to be begun; null without a chain
 * @param message why
 * @param keyFiles as of an index run
 * @param machine id of the machine that the image was taken of; null for one that was not
 */
public record CheckInRequest(
        String image,
        @Nullable String chain,
        @Nullable Long last,
        String message,
        long timeLimitSeconds,
        String agent,
        @Nullable List<String> keyFiles,
        @Nullable String machine)
        implements JobRequest {

    public CheckInRequest {
        JobRequest.requirePath(image);
        NewVersion.requireMessage(message);
        JobRequest.requireLimit(timeLimitSeconds);
        keyFiles = JobRequest.keys(Optional.ofNullable(keyFiles));
        if ((chain == null) != (last == null) || last != null && last < 0) {
            throw new IllegalArgumentException("a chain comes with its last version, 0 or more");
        }
    }

    @Override
    public List<String> subjects() {
        return List.of(image);
    }

    /** The chain that it goes on. */
    public ChainChoice choice() {
        if (chain == null || last == null) {
            return new ChainChoice.Own();
        }
        ChainName name = new ChainName(chain);
        return last == 0 ? new ChainChoice.New(name) : new ChainChoice.End(name, last);
    }

    /** The key files. */
    public List<String> keys() {
        return keyFiles == null ? List.of() : keyFiles;
    }
}
