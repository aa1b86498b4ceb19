package dev.stemma.ingest;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.ContentSummary;
import dev.stemma.graph.model.Verification;
import dev.stemma.ingest.emit.InventoryEmitter;
import dev.stemma.ingest.manifest.ManifestReader;
import dev.stemma.ingest.manifest.ManifestStore;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.summary.SummarySearch;
import dev.stemma.ingest.text.TextGathering;
import dev.stemma.ingest.text.TextStore;
import dev.stemma.ingest.verify.Verifier;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * What is done with the guests' files beside the writing of the graph: texts of configuration are kept, programs summarized, and owned files
 * verified. That waits for the database, this for the processor and the disk. Close it before the image: nothing reads it then.
 */
final class SideWork implements AutoCloseable {

    private final Guests guests;
    private final InventoryEmitter emitter;
    private final ManifestStore manifests;
    private final Optional<TextStore> texts;
    private final SummarySearch programs;
    private final Budget budget;
    private final int threads;
    private Map<Digest, Optional<ContentSummary>> summaries = Map.of();
    private final Map<String, Digest> whole = new HashMap<>();
    private volatile boolean stopped;
    private @Nullable Thread thread;
    private @Nullable FutureTask<Optional<Verification>> task;

    SideWork(
            Guests guests,
            InventoryEmitter emitter,
            ManifestStore manifests,
            Optional<TextStore> texts,
            SummarySearch programs,
            Budget budget,
            int threads) {
        this.guests = guests;
        this.emitter = emitter;
        this.manifests = manifests;
        this.texts = texts;
        this.programs = programs;
        this.budget = budget;
        this.threads = threads;
    }

    /** Begins; what the graph and the store know already is not done again. */
    void start(Digest inventory, Digest manifest) {
        FutureTask<Optional<Verification>> work = new FutureTask<>(() -> {
            keepTexts();
            summaries =
                    programs.read(emitter.unsummarized(programs.picked(), SummarySearch.NAME), budget, () -> stopped);
            return emitter.verified(inventory, Verifier.NAME) ? Optional.empty() : verify(manifest);
        });
        task = work;
        thread = Thread.ofPlatform().daemon().name("stemma-verify").start(work);
    }

    /**
     * Waits for the end, and remembers what was found of packages and programs.
     *
     * @return empty when there was nothing to verify, or it was done before
     */
    Optional<Verification> await() throws ImageProblem, IOException {
        FutureTask<Optional<Verification>> work = task;
        if (work == null) {
            return Optional.empty();
        }
        try {
            Optional<Verification> verification = work.get();
            emitter.remember(whole);
            emitter.summarize(summaries, SummarySearch.NAME);
            return verification;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while verifying", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case ImageProblem problem -> throw problem;
                case IOException problem -> throw problem;
                case RuntimeException problem -> throw problem;
                case null, default -> throw new IllegalStateException("verifying failed", e);
            }
        }
    }

    private void keepTexts() throws ImageProblem, IOException {
        if (texts.isPresent()) {
            for (Guests.Guest guest : guests.guests()) {
                new TextGathering(texts.get(), guest.files(), () -> stopped).run();
            }
        }
    }

    private Optional<Verification> verify(Digest manifest) throws ImageProblem, IOException {
        Optional<Verification> all = Optional.empty();
        for (Guests.Guest guest : guests.guests()) {
            Verifier verifier = new Verifier(guest.files(), guest.findings().packages());
            try (ManifestReader reader = manifests.open(manifest)) {
                Verification one =
                        verifier.verify(guests.entries(reader, guest), emitter::whole, threads, () -> stopped);
                whole.putAll(verifier.newlyWhole());
                all = Optional.of(all.map(before -> before.and(one)).orElse(one));
            }
        }
        return all;
    }

    @Override
    public void close() {
        stopped = true;
        Thread running = thread;
        boolean interrupted = false;
        while (running != null && running.isAlive()) {
            try {
                running.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
