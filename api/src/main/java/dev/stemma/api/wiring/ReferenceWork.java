package dev.stemma.api.wiring;

import dev.stemma.api.job.CheckInRequest;
import dev.stemma.api.job.CollectRequest;
import dev.stemma.api.job.Job;
import dev.stemma.api.job.JobProgress;
import dev.stemma.api.job.JobResult;
import dev.stemma.api.job.JobWork;
import dev.stemma.api.job.VerifyRequest;
import dev.stemma.api.problem.Problem;
import dev.stemma.api.problem.ProblemCode;
import dev.stemma.graph.id.Digest;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.GraphException;
import dev.stemma.ingest.IngestOutcome;
import dev.stemma.ingest.content.StoreRepair;
import dev.stemma.ingest.image.ImageFacts;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.reference.ChainChoice;
import dev.stemma.ingest.reference.CheckIn;
import dev.stemma.ingest.reference.Housekeeping;
import dev.stemma.ingest.reference.Machine;
import dev.stemma.ingest.reference.Machines;
import dev.stemma.ingest.reference.NewVersion;
import dev.stemma.ingest.reference.ReferenceProblem;
import dev.stemma.ingest.reference.Version;
import dev.stemma.ingest.reference.VersionChains;
import dev.stemma.ingest.reference.VersionId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What is done in the reference repository: check-in, and the store's own upkeep. */
final class ReferenceWork {

    private static final int MAX_DAMAGES = 1_000;

    private final IndexWork index;
    private final Graph graph;
    private final ReferenceStore stores;
    private final Exports exports;
    private final Mounts mounts;
    private final VersionChains chains;
    private final Machines machines;

    ReferenceWork(IndexWork index, Graph graph, ReferenceStore stores, Exports exports, Mounts mounts) {
        this.index = index;
        this.graph = graph;
        this.stores = stores;
        this.exports = exports;
        this.mounts = mounts;
        this.chains = new VersionChains(graph);
        this.machines = new Machines(graph);
    }

    /** Reads an image once, for the index and the store, and makes a version of it. */
    JobResult checkIn(Job job, CheckInRequest request, Budget budget, Consumer<JobProgress> progress)
            throws ImageProblem, IOException {
        Instant began = Instant.now();
        Optional<Version> made = chains.find(VersionId.of(job.id()).imageId());
        if (made.isPresent()) {
            // The service ended between the version and the word of it.
            return result(made.get(), Optional.empty(), began);
        }
        // Asked before anything is read, as far as the graph knows; and again when the version is put on the chain.
        Optional<Machine> machine = Optional.ofNullable(request.machine()).map(machines::require);
        if (request.choice() instanceof ChainChoice.Own) {
            chains.own(machine.map(Machine::imageLocation).orElse(request.image()));
        }
        IngestOutcome outcome = index.read(request, stores.get(), budget, progress);
        IngestOutcome.Kept kept = outcome.kept().orElseThrow();
        ImageFacts source = outcome.facts();
        Version version = append(
                kept,
                new NewVersion(
                        VersionId.of(job.id()),
                        outcome.imageId(),
                        source.location().toString(),
                        kept.image(),
                        outcome.inventory(),
                        source.format(),
                        source.virtualBytes(),
                        kept.added().storedBytes(),
                        source.modifiedAt(),
                        request.agent(),
                        request.message(),
                        began),
                request.choice(),
                machine);
        index.changed();
        return result(version, Optional.of(outcome), began);
    }

    private static JobResult result(Version version, Optional<IngestOutcome> outcome, Instant began) {
        Optional<CheckIn.Added> added = outcome.flatMap(IngestOutcome::kept).map(IngestOutcome.Kept::added);
        return new JobResult.CheckedIn(
                version.imageId(),
                version.reference(),
                version.content().hex(),
                outcome.map(one -> one.inventory().hex()).orElse(null),
                outcome.map(one -> one.counts().files()).orElse(0L),
                version.virtualBytes(),
                added.map(CheckIn.Added::bytes).orElse(0L),
                added.map(CheckIn.Added::storedBytes).orElse(0L),
                outcome.map(one -> (long) one.observations().size()).orElse(0L),
                Duration.between(began, Instant.now()).toMillis());
    }

    /** What is refused leaves nothing in the store that was not there before, if the graph can say that no version names it. */
    private Version append(IngestOutcome.Kept kept, NewVersion version, ChainChoice choice, Optional<Machine> machine)
            throws IOException {
        try {
            return chains.append(version, choice, machine);
        } catch (ReferenceProblem | GraphException e) {
            if (kept.added().image()) {
                new Housekeeping(graph, stores.get()).forget(version.content());
            }
            throw e;
        }
    }

    /** Reads the store again; damage is a failure with a result. */
    JobWork.Done verify(VerifyRequest request) throws IOException {
        Instant began = Instant.now();
        Housekeeping.Checked checked = new Housekeeping(graph, stores.get()).check(request.share(), request.repair());
        List<String> damages = checked.found().damages();
        JobResult result = new JobResult.Verified(
                checked.found().objects(),
                checked.found().bytes(),
                damages.stream().limit(MAX_DAMAGES).toList(),
                checked.found().images().stream().map(Digest::hex).toList(),
                checked.versions(),
                checked.repaired().map(StoreRepair.Repaired::objects).orElse(null),
                Duration.between(began, Instant.now()).toMillis());
        return new JobWork.Done(result, damages.isEmpty() ? Optional.empty() : Optional.of(damaged(damages, checked)));
    }

    private static Problem damaged(List<String> damages, Housekeeping.Checked checked) {
        List<String> versions = checked.versions();
        return Problem.of(
                ProblemCode.STORE_DAMAGED,
                damages.size() + " objects or images are damaged, the first: " + damages.getFirst()
                        + (versions.isEmpty() ? "; no version is hit" : "; hit: " + String.join(", ", versions)),
                checked.repaired().isPresent()
                        ? "What is damaged was taken out. Check the same images in again from another copy."
                        : "Take it out with stemma verify --repair; then check the same images in again from another copy.");
    }

    /** Versions that somebody reads. */
    private Set<String> inUse() {
        Set<String> all = new HashSet<>(exports.inUse());
        all.addAll(mounts.inUse());
        return Set.copyOf(all);
    }

    /** Frees what nothing leads to. */
    JobResult collect(CollectRequest request) throws IOException {
        Instant began = Instant.now();
        Housekeeping.Collected collected =
                new Housekeeping(graph, stores.get()).collect(Duration.ofSeconds(request.graceSeconds()), this::inUse);
        return new JobResult.Collected(
                collected.versions(),
                collected.freed().packs(),
                collected.freed().bytes(),
                collected.freed().kept(),
                collected.unknown(),
                Duration.between(began, Instant.now()).toMillis());
    }
}
