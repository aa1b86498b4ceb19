package dev.stemma.ingest.image;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.Budget;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How fast an image's data can be read, holes left out: {@code java … ReadingBenchmark THREADS IMAGE…}. Each image is read
 * three times; the best counts.
 */
final class ReadingBenchmark {

    private static final int PIECE_BYTES = 1 << 20;

    private ReadingBenchmark() {}

    public static void main(String[] args) throws Exception {
        int threads = Integer.parseInt(args[0]);
        for (String name : List.of(args).subList(1, args.length)) {
            double best = 0;
            long data = 0;
            long opened = 0;
            for (int run = 0; run < 3; run++) {
                Path path = Path.of(name);
                long start = System.nanoTime();
                try (OpenImage image = ImageOpener.open(
                        path,
                        ImageRules.within(path.toRealPath().resolve("..").normalize()),
                        Budget.of(Duration.ofMinutes(10)))) {
                    opened = System.nanoTime() - start;
                    start = System.nanoTime();
                    data = readAll(image.bytes(), threads);
                    best = Math.max(best, data * 1e3 / (System.nanoTime() - start));
                }
            }
            System.out.printf(
                    "%s: %,d bytes of data, %d threads, %.2f s, %.0f MB/s, opened in %d ms%n",
                    name, data, threads, data / best / 1e6, best, opened / 1_000_000);
        }
    }

    private static long readAll(ByteSource source, int threads) throws Exception {
        List<ByteSource.Extent> extents = source.extents(0, source.sizeBytes()).stream()
                .filter(extent -> !extent.hole())
                .toList();
        AtomicLong next = new AtomicLong();
        AtomicLong bytes = new AtomicLong();
        List<long[]> pieces = new ArrayList<>();
        for (ByteSource.Extent extent : extents) {
            long end = extent.offsetBytes() + extent.lengthBytes();
            for (long at = extent.offsetBytes(); at < end; at += PIECE_BYTES) {
                pieces.add(new long[] {at, Math.min(PIECE_BYTES, end - at)});
            }
        }
        try (var pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                readers.add(pool.submit(() -> {
                    try (Arena arena = Arena.ofConfined()) {
                        MemorySegment buffer = arena.allocate(PIECE_BYTES);
                        for (long k = next.getAndIncrement(); k < pieces.size(); k = next.getAndIncrement()) {
                            long[] piece = pieces.get((int) k);
                            source.read(piece[0], buffer.asSlice(0, piece[1]));
                            bytes.addAndGet(piece[1]);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
        return bytes.get();
    }
}
