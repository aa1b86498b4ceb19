package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What frames hold, lately read ones, bounded in bytes. Safe for use by several threads; two may read one frame at once. */
final class FrameCache {

    /** Neighbours in a pack were neighbours on a disk, so a few dozen frames serve an image that is read forward. */
    static final long MAX_BYTES = 48L << 20;

    private final long maxBytes;
    private final Map<Key, byte[]> frames = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    private record Key(Digest pack, int frame) {}

    FrameCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    byte[] frame(Pack pack, int number) throws IOException {
        Key key = new Key(pack.name(), number);
        synchronized (this) {
            byte[] held = frames.get(key);
            if (held != null) {
                return held;
            }
        }
        byte[] read = pack.frame(number);
        synchronized (this) {
            if (frames.put(key, read) == null) {
                bytes += read.length;
            }
            var eldest = frames.values().iterator();
            while (bytes > maxBytes && eldest.hasNext()) {
                bytes -= eldest.next().length;
                eldest.remove();
            }
        }
        return read;
    }
}
