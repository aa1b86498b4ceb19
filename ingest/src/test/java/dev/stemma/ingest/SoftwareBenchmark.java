package dev.stemma.ingest;

import dev.stemma.graph.model.Checksum;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.ingest.analyze.Findings;
import dev.stemma.ingest.analyze.Spotters;
import dev.stemma.ingest.analyze.software.SoftwareSearch;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.Node;
import dev.stemma.ingest.image.ImageOpener;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.image.OpenImage;
import dev.stemma.ingest.problem.Budget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What finding software adds to a walk that hashes everything, in one process and round by round:
 * {@code java … SoftwareBenchmark THREADS ROUNDS IMAGE}. With {@code -Dlist} it also says what was found.
 */
final class SoftwareBenchmark {

    private SoftwareBenchmark() {}

    public static void main(String[] args) throws Exception {
        int threads = Integer.parseInt(args[0]);
        Path path = Path.of(args[2]).toRealPath();
        for (int round = 0; round < Integer.parseInt(args[1]); round++) {
            Budget budget = Budget.of(Duration.ofMinutes(30));
            try (OpenImage image = ImageOpener.open(
                    path, ImageRules.within(path.resolveSibling(".").normalize()), budget)) {
                round(image, budget, threads);
            }
        }
    }

    private static void round(OpenImage image, Budget budget, int threads) throws Exception {
        ObservationLog log = new ObservationLog(image.bytes().origin());
        Meter meter = new Meter(ProgressListener.NONE, budget, image.bytes().origin());
        meter.enter(Stage.READING);
        SoftwareSearch search = new SoftwareSearch(Spotters.ALL);
        long[] offering = {0};
        long start = System.nanoTime();
        try (Disk disk = Disk.probe(image.bytes(), budget, log)) {
            for (FileSystemReader reader : disk.readers()) {
                new FileSystemPass(reader, budget, log, meter).run(threads, new FileSystemPass.EntrySink() {
                    @Override
                    public void accept(Entry entry, Node node, Optional<Checksum> second) {
                        long before = System.nanoTime();
                        search.offer(reader, entry, node);
                        offering[0] += System.nanoTime() - before;
                    }

                    @Override
                    public void accept(Entry entry) {}
                });
            }
            long walked = System.nanoTime();
            Findings found = search.read(image.bytes().origin(), budget, (_, inside) -> inside);
            long read = System.nanoTime();
            Map<String, Long> counts = found.packages().stream()
                    .collect(Collectors.groupingBy(InstalledPackage::ecosystem, TreeMap::new, Collectors.counting()));
            System.out.printf(
                    "walk and hash %.1f ms, of it offering %.1f ms; reading %.1f ms: %s%n",
                    (walked - start) / 1e6, offering[0] / 1e6, (read - walked) / 1e6, counts);
            if (System.getProperty("list") != null) {
                found.packages().forEach(one -> System.out.println(one.purl() + " " + one.locations()));
                found.observations().forEach(System.out::println);
            }
        }
    }
}
