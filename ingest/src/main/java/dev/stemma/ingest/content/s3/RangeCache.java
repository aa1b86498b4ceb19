package dev.stemma.ingest.content.s3;

import dev.stemma.ingest.content.MappedFile;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Stretches of blobs in files of a local directory, those that were used lately, bounded in bytes. Each is held against a checksum when it is read; what is
 * damaged counts as not there. Safe for use by several threads of one process.
 */
final class RangeCache {

    private static final String SUFFIX = ".range";
    private static final int CHECKSUM_BYTES = 4;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

    private final Path directory;
    private final long maxBytes;
    private final Map<String, Long> sizes = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    private RangeCache(Path directory, long maxBytes) {
        this.directory = directory;
        this.maxBytes = maxBytes;
    }

    /**
     * Opens a cache with what is there of it.
     *
     * @param directory made where there is none
     * @param maxBytes 0 for none
     */
    static RangeCache open(Path directory, long maxBytes) throws IOException {
        RangeCache cache = new RangeCache(Files.createDirectories(directory), maxBytes);
        try (Stream<Path> files = Files.list(directory)) {
            // What was used last goes last; a file says only when it was written.
            List<Path> found = files.filter(Files::isRegularFile)
                    .sorted(Comparator.comparingLong(file -> file.toFile().lastModified()))
                    .toList();
            for (Path file : found) {
                String name = file.getFileName().toString();
                if (name.endsWith(SUFFIX)) {
                    cache.added(name.substring(0, name.length() - SUFFIX.length()), Files.size(file));
                } else {
                    Files.deleteIfExists(file);
                }
            }
        }
        return cache;
    }

    /** A stretch that is at hand. It stays readable when the cache lets go of it. */
    Optional<MemorySegment> find(String key) {
        synchronized (this) {
            if (sizes.get(key) == null) {
                return Optional.empty();
            }
        }
        try {
            MemorySegment file = MappedFile.open(path(key)).bytes();
            if (file.byteSize() > CHECKSUM_BYTES) {
                MemorySegment held = file.asSlice(CHECKSUM_BYTES);
                if (file.get(INT, 0) == checksum(held.asByteBuffer())) {
                    return Optional.of(held);
                }
            }
            drop(key);
        } catch (IOException e) {
            // A cache that is damaged or was cleared away costs a request, not the answer.
            forget(key);
        }
        return Optional.empty();
    }

    /** Keeps a stretch, unless it is more than all that may be kept. */
    void put(String key, byte[] held) throws IOException {
        if (held.length + CHECKSUM_BYTES > maxBytes) {
            return;
        }
        Path file = Files.createTempFile(directory, "new-", ".tmp");
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] checksum = new byte[CHECKSUM_BYTES];
            MemorySegment.ofArray(checksum).set(INT, 0, checksum(ByteBuffer.wrap(held)));
            out.write(checksum);
            out.write(held);
        }
        Files.move(file, path(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        added(key, held.length + CHECKSUM_BYTES);
    }

    private static int checksum(ByteBuffer held) {
        CRC32C crc = new CRC32C();
        crc.update(held);
        return (int) crc.getValue();
    }

    private synchronized void added(String key, long size) throws IOException {
        Long before = sizes.put(key, size);
        bytes += size - (before == null ? 0 : before);
        while (bytes > maxBytes && !sizes.isEmpty()) {
            drop(sizes.keySet().iterator().next());
        }
    }

    private synchronized void forget(String key) {
        Long size = sizes.remove(key);
        bytes -= size == null ? 0 : size;
    }

    /** Removes all stretches of blobs that are gone. */
    synchronized void retain(java.util.function.Predicate<String> key) throws IOException {
        for (String one : List.copyOf(sizes.keySet())) {
            if (!key.test(one)) {
                drop(one);
            }
        }
    }

    private synchronized void drop(String key) throws IOException {
        forget(key);
        Files.deleteIfExists(path(key));
    }

    private Path path(String key) {
        return directory.resolve(key + SUFFIX);
    }
}
