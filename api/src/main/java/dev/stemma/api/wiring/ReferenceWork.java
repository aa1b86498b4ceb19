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
import dev.stemma.api.problem.ReferenceProblems;
import dev.stemma.graph.id.Digest;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.GraphException;
import dev.stemma.ingest.IngestOutcome;
import dev.stemma.ingest.content.StoreRepair;
import dev.stemma.ingest.content.StoreWatch;
import dev.stemma.ingest.content.WritingTurn;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What is done in the reference repository: check-in, and the store's own upkeep. */
final class ReferenceWork {

    private static final int MAX_DAMAGES = 1_000;
    private static final String STORE = "the content store";

    private final IndexWork index;
    private final Graph graph;
    private final ReferenceStore stores;
    private final Exports exports;
    private final Mounts mounts;
    private final VersionsRead reads;
    private final VersionChains chains;
    private final Machines machines;

    ReferenceWork(
            IndexWork index, Graph graph, ReferenceStore stores, Exports exports, Mounts mounts, VersionsRead reads) {
        this.index = index;
        this.graph = graph;
        this.stores = stores;
        this.exports = exports;
        this.mounts = mounts;
        this.reads = reads;
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
        StoreWatch watch = new StoreProgress(request.image(), budget, progress);
        try (WritingTurn turn = stores.get().turn(watch)) {
            return checkIn(job, request, machine, turn, began, budget, progress);
        }
    }

    private JobResult checkIn(
            Job job,
            CheckInRequest request,
            Optional<Machine> machine,
            WritingTurn turn,
            Instant began,
            Budget budget,
            Consumer<JobProgress> progress)
            throws ImageProblem, IOException {
        IngestOutcome outcome = index.read(request, turn, budget, progress);
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

    /** Reads the store again; damage that is not mended is a failure with a result. */
    JobWork.Done verify(VerifyRequest request, Budget budget, Consumer<JobProgress> progress)
            throws ImageProblem, IOException {
        Instant began = Instant.now();
        StoreProgress watch = new StoreProgress(STORE, budget, progress);
        Housekeeping upkeep = new Housekeeping(graph, stores.get());
        Housekeeping.Checked checked = request.repair() ? upkeep.repair(watch) : upkeep.check(request.share(), watch);
        List<String> hit = checked.versions();
        for (String image : request.images()) {
            bringBack(image, request.agent(), upkeep, budget, progress);
            hit = upkeep.lacking(watch);
        }
        List<String> damages = new ArrayList<>(checked.found().damages());
        checked.missing().forEach(name -> damages.add("the image manifest " + name + " is missing"));
        JobResult result = new JobResult.Verified(
                checked.found().objects(),
                checked.found().bytes(),
                damages.stream().limit(MAX_DAMAGES).toList(),
                checked.found().images().stream().map(Digest::hex).toList(),
                hit,
                checked.repaired().map(StoreRepair.Repaired::objects).orElse(null),
                checked.found().packs().stream().map(Digest::hex).toList(),
                checked.repaired()
                        .map(done -> done.manifests().stream().map(Digest::hex).toList())
                        .orElse(null),
                Duration.between(began, Instant.now()).toMillis());
        boolean well = damages.isEmpty() || checked.repaired().isPresent() && hit.isEmpty();
        return new JobWork.Done(result, well ? Optional.empty() : Optional.of(damaged(damages, checked, hit)));
    }

    /** Reads an image into the store, where what was taken out is missing, and makes no version of it. */
    private void bringBack(
            String image, String agent, Housekeeping upkeep, Budget budget, Consumer<JobProgress> progress)
            throws ImageProblem, IOException {
        try (WritingTurn turn = stores.get().turn(new StoreProgress(image, budget, progress))) {
            IngestOutcome outcome = index.read(image, agent, List.of(), turn, budget, progress);
            IngestOutcome.Kept kept = outcome.kept().orElseThrow();
            if (kept.added().image()) {
                upkeep.forget(kept.image());
            }
        }
        index.changed();
    }

    private static Problem damaged(List<String> damages, Housekeeping.Checked checked, List<String> hit) {
        boolean packs = !checked.found().packs().isEmpty();
        String first = packs
                ? damages.stream()
                        .filter(line -> line.contains(".pack") && !line.startsWith("image "))
                        .findFirst()
                        .orElse(damages.getFirst())
                : damages.getFirst();
        String found = packs
                ? checked.found().packs().size() + " packs cannot be read, the first: " + first
                : damages.size() + " objects or images are damaged, the first: " + first;
        return Problem.of(
                packs ? ProblemCode.PACK_DAMAGED : ProblemCode.STORE_DAMAGED,
                found + (hit.isEmpty() ? "; no version is hit" : "; hit: " + String.join(", ", hit)),
                checked.repaired().isPresent()
                        ? "What is damaged was taken out. Bring it back from an image of each of these versions, such as a check-out or what it was checked in from: "
                                + "stemma verify --repair --from IMAGE. A version that no image is left of is lost: stemma delete says so."
                        : packs
                                ? ReferenceProblems.PACK_REMEDY
                                : "Take it out and bring it back from an image of each version that is hit: stemma verify --repair --from IMAGE.");
    }

    /** Versions that somebody reads. */
    private Set<String> inUse() {
        Set<String> all = new HashSet<>(exports.inUse());
        all.addAll(mounts.inUse());
        all.addAll(reads.inUse());
        return Set.copyOf(all);
    }

    /** Frees what nothing leads to. */
    JobResult collect(CollectRequest request, Budget budget, Consumer<JobProgress> progress) throws IOException {
        Instant began = Instant.now();
        Housekeeping.Collected collected = new Housekeeping(graph, stores.get())
                .collect(
                        Duration.ofSeconds(request.graceSeconds()),
                        this::inUse,
                        new StoreProgress(STORE, budget, progress));
        return new JobResult.Collected(
                collected.versions(),
                collected.freed().packs(),
                collected.freed().bytes(),
                collected.freed().kept(),
                collected.unknown(),
                Duration.between(began, Instant.now()).toMillis());
    }
}
