package dev.stemma.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.store.Graph;
import dev.stemma.ingest.image.ImageOpener;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.image.OpenImage;
import dev.stemma.ingest.manifest.ManifestStore;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.seal.Seal;
import dev.stemma.ingest.seal.SealStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Indexes images incrementally, and whole with nothing known, and holds the results against each other. */
record TwoWays(Graph graph, Path directory, Path parents) {

    private Path known() {
        return directory.resolve("known");
    }

    IngestOutcome incremental(Path image) throws ImageProblem {
        return index(image, known(), false);
    }

    /** Both ways; inventory, counts, observations and every byte of the manifest must be the same. */
    IngestOutcome same(Path image) throws Exception {
        Path fresh = Files.createTempDirectory(directory, "fresh");
        Set<Path> before = manifests(known());
        IngestOutcome quick = index(image, known(), false);
        IngestOutcome whole = index(image, fresh, true);

        assertThat(quick.inventory()).isEqualTo(whole.inventory());
        assertThat(quick.counts()).isEqualTo(whole.counts());
        assertThat(quick.packages()).isEqualTo(whole.packages());
        assertThat(quick.observations()).isEqualTo(whole.observations());
        assertThat(whole.takenOver()).isEmpty();
        Set<Path> manifest = manifests(fresh);
        assertThat(manifest).hasSize(1);
        Set<Path> after = manifests(known());
        assertThat(after).containsAll(manifest);
        after.removeAll(before);
        assertThat(manifest).as("no other manifest was made").containsAll(after);
        return quick;
    }

    private static Set<Path> manifests(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(file -> file.toString().endsWith(".mtree.zst"))
                    .map(home::relativize)
                    .collect(Collectors.toSet());
        }
    }

    private IngestOutcome index(Path image, Path home, boolean readAll) throws ImageProblem {
        return new IngestPipeline(graph, new ManifestStore(home))
                .run(
                        IngestRequest.of(image, Level.FULL, ImageRules.within(directory, parents))
                                .readingAll(readAll),
                        ProgressListener.NONE,
                        Budget.of(Duration.ofMinutes(30)));
    }

    /** Lets an image's old seal say what the host says of it now. */
    void forgeSeal(Path image) throws Exception {
        SealStore seals = new SealStore(new ManifestStore(known()).seals());
        Seal seal = seals.find(image).orElseThrow();
        try (OpenImage open =
                ImageOpener.open(image, ImageRules.within(directory, parents), Budget.of(Duration.ofMinutes(1)))) {
            Digest manifest = seal.manifest();
            seals.put(image, new Seal(manifest, open.foundations().getFirst().stamps(), seal.parts()));
        }
    }

    /** Waits until the last change of a file is so old that it can be sealed. */
    static void settle(Path file) throws Exception {
        // Until it is stored, the host may still change how much it stores of it.
        Overlays.sync(file);
        Instant changed = ((FileTime) Files.getAttribute(file, "unix:ctime")).toInstant();
        long millis = Duration.between(Instant.now(), changed.plusMillis(2_050)).toMillis();
        if (millis > 0) {
            Thread.sleep(millis);
        }
    }
}
