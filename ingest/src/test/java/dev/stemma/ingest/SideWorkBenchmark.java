package dev.stemma.ingest;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Checksum;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Verification;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.Node;
import dev.stemma.ingest.image.ImageOpener;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.image.OpenImage;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.summary.SummarySearch;
import dev.stemma.ingest.text.TextGathering;
import dev.stemma.ingest.text.TextStore;
import dev.stemma.ingest.verify.Known;
import dev.stemma.ingest.verify.Verifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What verifying, keeping texts and summarizing cost beside a walk that hashes everything, in one process and round by round; the first
 * round knows nothing, the later ones what the first found: {@code java … SideWorkBenchmark THREADS ROUNDS IMAGE}.
 */
final class SideWorkBenchmark {

    private static final Map<String, Digest> WHOLE = new HashMap<>();

    private SideWorkBenchmark() {}

    public static void main(String[] args) throws Exception {
        int threads = Integer.parseInt(args[0]);
        Path path = Path.of(args[2]).toRealPath();
        TextStore texts = new TextStore(Files.createTempDirectory("texts"));
        for (int round = 0; round < Integer.parseInt(args[1]); round++) {
            Budget budget = Budget.of(Duration.ofMinutes(30));
            try (OpenImage image = ImageOpener.open(
                    path, ImageRules.within(path.resolveSibling(".").normalize()), budget)) {
                round(image, budget, threads, texts);
            }
        }
    }

    private static void round(OpenImage image, Budget budget, int threads, TextStore texts) throws Exception {
        ObservationLog log = new ObservationLog(image.origin());
        Meter meter = new Meter(ProgressListener.NONE, budget, image.origin());
        meter.enter(Stage.READING);
        SummarySearch programs = new SummarySearch();
        try (Disks disks = Disks.probe(image, List.of(), budget, log)) {
            Clock clock = new Clock();
            Guests.Guest guest =
                    Guests.analyze(disks, Level.FULL, budget).guests().getFirst();
            clock.say("analyze");
            Verifier verifier = new Verifier(guest.files(), guest.findings().packages(), new Found());
            for (FileSystemReader reader : disks.readers()) {
                new FileSystemPass(reader, budget, log, meter, KnownContents.NONE, verifier::wanted, Optional.empty())
                        .run(threads, new FileSystemPass.EntrySink() {
                            @Override
                            public void accept(Entry entry, Node node, Optional<Checksum> second) {
                                programs.offer(reader, entry, node);
                                verifier.offer(entry.path(), entry, second);
                            }

                            @Override
                            public void accept(Entry entry) {}
                        });
            }
            clock.say("walk and hash");
            new TextGathering(texts, guest.files(), () -> false).run();
            clock.say("texts");
            Set<Digest> wanted = WHOLE.isEmpty() ? programs.picked() : Set.of();
            int summaries = programs.read(wanted, budget, () -> false).size();
            clock.say("summaries of " + summaries);
            Verification found = verifier.finish(threads, () -> false);
            clock.say("verification of " + found.intact() + " intact, " + found.modified() + " modified");
            WHOLE.putAll(verifier.newlyWhole());
        }
        System.out.println();
    }

    /** Time since it was asked last, of the clock and of all threads. */
    private static final class Clock {
        private long nanos = System.nanoTime();
        private Duration processor = cpu();

        private static Duration cpu() {
            return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        }

        void say(String what) {
            long now = System.nanoTime();
            Duration used = cpu();
            System.out.printf(
                    "%s %.0f ms (processor %d); ",
                    what, (now - nanos) / 1e6, used.minus(processor).toMillis());
            nanos = now;
            processor = used;
        }
    }

    /** What the round before found. */
    private static final class Found implements Known {
        @Override
        public Map<String, Digest> whole(Set<String> purls) {
            return new HashMap<>(WHOLE);
        }

        @Override
        public Map<String, Map<String, Digest>> contents(Set<String> purls) {
            return Map.of();
        }
    }
}
