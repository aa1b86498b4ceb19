package dev.stemma.ingest;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.image.ImageOpener;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.image.OpenImage;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.reference.CheckIn;
import dev.stemma.ingest.reference.CheckOut;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * Checks images into a store one after the other, and says what each cost: {@code java … StoreBenchmark in STORE THREADS IMAGE…}; or checks one
 * out: {@code out STORE THREADS IMAGE-MANIFEST TARGET [PASSES]}. {@code bin/bench-store} does both beside other programs.
 */
final class StoreBenchmark {

    private StoreBenchmark() {}

    public static void main(String[] args) throws Exception {
        int threads = Integer.parseInt(args[2]);
        long began = System.nanoTime();
        try (ContentStore store = ContentStore.open(Path.of(args[1]))) {
            System.out.printf("opened in %d ms%n", (System.nanoTime() - began) / 1_000_000);
            if (args[0].equals("out")) {
                for (int pass = args.length > 5 ? Integer.parseInt(args[5]) : 1; pass > 0; pass--) {
                    Files.deleteIfExists(Path.of(args[4]));
                    out(store, threads, Digest.parse(args[3]), Path.of(args[4]));
                }
            } else {
                for (int i = 3; i < args.length; i++) {
                    in(store, threads, Path.of(args[i]).toRealPath());
                }
            }
            System.out.println(store.size());
        }
    }

    private static void in(ContentStore store, int threads, Path path) throws Exception {
        long start = System.nanoTime();
        try (CheckIn checkIn = CheckIn.into(store)) {
            Digest name = checkIn(path, threads, checkIn);
            long millis = (System.nanoTime() - start) / 1_000_000;
            System.out.printf("%s %s %d ms %s%n", path.getFileName(), name, millis, checkIn.added());
        }
    }

    static Digest checkIn(Path path, int threads, CheckIn checkIn) throws Exception {
        Budget budget = Budget.of(Duration.ofMinutes(30));
        try (OpenImage image = ImageOpener.open(
                path, ImageRules.within(path.resolveSibling(".").normalize()), budget)) {
            ObservationLog log = new ObservationLog(image.bytes().origin());
            Meter meter = new Meter(ProgressListener.NONE, budget, image.bytes().origin());
            meter.enter(Stage.READING);
            CheckIn.DiskFiles files = checkIn.disk();
            try (Disk disk = Disk.probe(image.bytes(), budget, log)) {
                for (FileSystemReader reader : disk.readers()) {
                    new FileSystemPass(
                                    reader,
                                    budget,
                                    log,
                                    meter,
                                    KnownContents.NONE,
                                    FileSystemPass.SecondDigest.NONE,
                                    Optional.of(files))
                            .run(threads, _ -> {});
                }
            }
            checkIn.end(files, image.bytes(), _ -> budget.check(image.bytes().origin()));
            return checkIn.finish();
        }
    }

    private static void out(ContentStore store, int threads, Digest name, Path target) throws Exception {
        long start = System.nanoTime();
        ImageManifest image = store.roots().read(name);
        long bytes = new CheckOut(store, Budget.of(Duration.ofMinutes(30)), threads)
                .raw(image.disks().getFirst(), target);
        long millis = (System.nanoTime() - start) / 1_000_000;
        long written = System.nanoTime();
        try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        System.out.printf(
                "%d bytes in %d ms, %d MB/s; forced in %d ms more%n",
                bytes, millis, bytes / 1000 / Math.max(1, millis), (System.nanoTime() - written) / 1_000_000);
    }
}
