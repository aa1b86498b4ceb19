package dev.stemma.ingest;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.ContentSummary;
import dev.stemma.graph.model.Verification;
import dev.stemma.ingest.emit.InventoryEmitter;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.summary.SummarySearch;
import dev.stemma.ingest.text.TextGathering;
import dev.stemma.ingest.text.TextStore;
import dev.stemma.ingest.verify.Verifier;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * What is done with the guests' files when the graph has all that was read, beside and after the transaction that makes it visible: texts of
 * configuration are kept, programs summarized, and those owned files verified that the walk has left open. Close it before the image: nothing
 * reads it then.
 */
final class SideWork implements AutoCloseable {

    private final Guests guests;
    private final InventoryEmitter emitter;
    private final List<Verifier> verifiers;
    private final Optional<TextStore> texts;
    private final SummarySearch programs;
    private final Budget budget;
    private final int threads;
    private volatile boolean stopped;
    private @Nullable Thread thread;
    private @Nullable FutureTask<Optional<Verification>> task;

    SideWork(
            Guests guests,
            InventoryEmitter emitter,
            List<Verifier> verifiers,
            Optional<TextStore> texts,
            SummarySearch programs,
            Budget budget,
            int threads) {
        this.guests = guests;
        this.emitter = emitter;
        this.verifiers = verifiers;
        this.texts = texts;
        this.programs = programs;
        this.budget = budget;
        this.threads = threads;
    }

    /**
     * Begins; what the graph and the store know already is not done again. What is found of packages and programs is true of
     * them whatever becomes of the run, and is written at once.
     */
    void start(Digest inventory) {
        FutureTask<Optional<Verification>> work = new FutureTask<>(() -> {
            keepTexts();
            Map<Digest, Optional<ContentSummary>> summaries =
                    programs.read(emitter.unsummarized(programs.picked(), SummarySearch.NAME), budget, () -> stopped);
            Optional<Verification> verification =
                    emitter.verified(inventory, Verifier.NAME) ? Optional.empty() : verify();
            if (!stopped) {
                emitter.summarize(summaries, SummarySearch.NAME);
            }
            return verification;
        });
        task = work;
        thread = Thread.ofPlatform().daemon().name("stemma-verify").start(work);
    }

    /**
     * Waits for the end.
     *
     * @return empty when there was nothing to verify, or it was done before
     */
    Optional<Verification> await() throws ImageProblem, IOException {
        FutureTask<Optional<Verification>> work = task;
        if (work == null) {
            return Optional.empty();
        }
        try {
            return work.get();
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

    private Optional<Verification> verify() throws ImageProblem {
        Optional<Verification> all = Optional.empty();
        for (Verifier verifier : verifiers) {
            Verification one = verifier.finish(threads, () -> stopped);
            emitter.remember(verifier.newlyWhole());
            all = Optional.of(all.map(before -> before.and(one)).orElse(one));
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
