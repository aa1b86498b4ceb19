package dev.stemma.ingest;

import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.image.ImageOpener;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.image.OpenImage;
import dev.stemma.ingest.problem.Budget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Walks every file system of an image and hashes every file, as a full index does, and leaves the rest of it out:
 * {@code java … HashingBenchmark THREADS IMAGE [PASSES]}. With one pass whole processes can be compared; the last of some is that of a
 * warm one. {@code bin/bench} does both.
 */
final class HashingBenchmark {

    private HashingBenchmark() {}

    public static void main(String[] args) throws Exception {
        int threads = Integer.parseInt(args[0]);
        Path path = Path.of(args[1]).toRealPath();
        int passes = args.length > 2 ? Integer.parseInt(args[2]) : 1;
        for (int pass = 1; pass <= passes; pass++) {
            Duration cpu = cpu();
            long start = System.nanoTime();
            long entries = pass(path, threads);
            System.out.printf(
                    "pass %d: %d entries in %d ms, %d ms of processor time%n",
                    pass,
                    entries,
                    (System.nanoTime() - start) / 1_000_000,
                    cpu().minus(cpu).toMillis());
        }
    }

    private static long pass(Path path, int threads) throws Exception {
        Budget budget = Budget.of(Duration.ofMinutes(30));
        AtomicLong entries = new AtomicLong();
        try (OpenImage image = ImageOpener.open(
                path, ImageRules.within(path.resolveSibling(".").normalize()), budget)) {
            ObservationLog log = new ObservationLog(image.bytes().origin());
            Meter meter = new Meter(ProgressListener.NONE, budget, image.bytes().origin());
            meter.enter(Stage.READING);
            try (Disk disk = Disk.probe(image.bytes(), budget, log)) {
                for (FileSystemReader reader : disk.readers()) {
                    reader.prepareFullWalk();
                    new FileSystemPass(reader, budget, log, meter).run(threads, _ -> entries.incrementAndGet());
                }
            }
        }
        return entries.get();
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
