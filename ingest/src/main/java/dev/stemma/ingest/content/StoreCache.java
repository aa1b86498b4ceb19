package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Where a process keeps what it has of a store that is far away: directories of packs, frames that were read lately, and what is being written. It can be
 * deleted when no process has the store open.
 *
 * @param directory on a local disk, of this store alone; made where there is none
 * @param maxFrameBytes as much of frames is kept at most, 0 for none; directories, some 5 KB for each MB of packs, are kept besides
 */
public record StoreCache(Path directory, long maxFrameBytes) {

    private static final long USUAL_FRAME_BYTES = 2L << 30;

    /** Checks it. */
    public StoreCache {
        if (maxFrameBytes < 0) {
            throw new IllegalArgumentException("a cache of " + maxFrameBytes + " bytes");
        }
    }

    /** A directory of the store's own in {@code $XDG_CACHE_HOME/stemma/stores}, else {@code ~/.cache/stemma/stores}, with 2 GiB of frames. */
    public static StoreCache usual(StoreLocation location) {
        String stated = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        Path caches = stated.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(stated);
        String name = Digest.sha256(location.toString().getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, 32);
        return new StoreCache(caches.resolve("stemma").resolve("stores").resolve(name), USUAL_FRAME_BYTES);
    }
}
