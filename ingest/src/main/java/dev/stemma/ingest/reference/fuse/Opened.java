package dev.stemma.ingest.reference.fuse;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What is open, by the handles that the kernel has for it; 4,096 at most. Safe for use by several threads. */
final class Opened<T> {

    private static final int MOST = 4_096;

    private final Map<Long, T> open = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    /** A handle for it; empty when there are too many. */
    Optional<Long> add(T one) {
        if (open.size() >= MOST) {
            return Optional.empty();
        }
        long handle = last.incrementAndGet();
        open.put(handle, one);
        return Optional.of(handle);
    }

    Optional<T> find(long handle) {
        return Optional.ofNullable(open.get(handle));
    }

    void close(long handle) {
        open.remove(handle);
    }
}
