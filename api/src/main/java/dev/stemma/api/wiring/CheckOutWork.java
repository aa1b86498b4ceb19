package dev.stemma.api.wiring;

import dev.stemma.api.home.Home;
import dev.stemma.api.job.CheckOutRequest;
import dev.stemma.api.job.JobProgress;
import dev.stemma.api.job.JobResult;
import dev.stemma.api.problem.ProblemCode;
import dev.stemma.graph.id.Digest;
import dev.stemma.graph.store.Graph;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.emit.ImageFile;
import dev.stemma.ingest.image.ImageFacts;
import dev.stemma.ingest.image.ImageOpener;
import dev.stemma.ingest.image.OpenImage;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.reference.Branches;
import dev.stemma.ingest.reference.CheckOut;
import dev.stemma.ingest.reference.DeltaReport;
import dev.stemma.ingest.reference.DiskImageFormat;
import dev.stemma.ingest.reference.FormatCheckOut;
import dev.stemma.ingest.reference.Overlay;
import dev.stemma.ingest.reference.Seed;
import dev.stemma.ingest.reference.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes files of versions: whole ones in any format, overlays, and with what the destination has already. */
final class CheckOutWork {

    private static final int THREADS = Runtime.getRuntime().availableProcessors();

    private final IndexWork index;
    private final ReferenceStore stores;
    private final Branches branches;
    private final Home home;

    CheckOutWork(IndexWork index, Graph graph, ReferenceStore stores, Home home) {
        this.index = index;
        this.stores = stores;
        this.branches = new Branches(graph);
        this.home = home;
    }

    JobResult run(CheckOutRequest request, Budget budget, Consumer<JobProgress> progress)
            throws ImageProblem, IOException {
        Instant began = Instant.now();
        Version version = branches.requireUsable(request.version());
        ContentStore store = stores.get();
        List<ImageManifest.Disk> disks = store.roots().read(version.content()).disks();
        List<Path> targets = targets(Path.of(request.target()), disks.size());
        DeltaReport all = new DeltaReport(0, 0, 0, 0);
        for (int i = 0; i < disks.size(); i++) {
            all = plus(all, write(store, request, i, disks.get(i), targets.get(i), budget, progress));
        }
        ImageFacts facts = facts(targets.getFirst(), request.format(), budget);
        Branches.Branch branch = branches.checkedOut(version, ImageFile.of(facts), request.agent(), began, "{}");
        index.changed();
        return new JobResult.CheckedOut(
                branch.imageId(),
                branch.reference(),
                facts.location().toString(),
                request.format(),
                all.bytesMoved(),
                all.bytesReused(),
                all.reflinkedBytes(),
                Duration.between(began, Instant.now()).toMillis());
    }

    /** The first disk has the name that was asked for, the second -2 in it, and so on. */
    private static List<Path> targets(Path first, int count) {
        String name = String.valueOf(first.getFileName());
        int dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
        List<Path> targets = new ArrayList<>(List.of(first));
        for (int i = 2; i <= count; i++) {
            targets.add(first.resolveSibling(name.substring(0, dot) + "-" + i + name.substring(dot)));
        }
        return targets;
    }

    private static DeltaReport plus(DeltaReport one, DeltaReport other) {
        return new DeltaReport(
                one.bytesReused() + other.bytesReused(),
                one.bytesMoved() + other.bytesMoved(),
                one.bytesZero() + other.bytesZero(),
                one.reflinkedBytes() + other.reflinkedBytes());
    }

    private DeltaReport write(
            ContentStore store,
            CheckOutRequest request,
            int number,
            ImageManifest.Disk disk,
            Path target,
            Budget budget,
            Consumer<JobProgress> progress)
            throws ImageProblem, IOException {
        if (request.on() != null) {
            Path base = Path.of(request.on()).toRealPath();
            Digest content = branches.content(base)
                    .orElseThrow(() -> ProblemCode.NOT_A_VERSION.because(
                            base + " was not checked out from a version that is in the store",
                            "Check one out first, and let the overlay stand on that."));
            Overlay.Report report = new Overlay(store, index.rules(base.toString()), budget, THREADS)
                    .write(disk, new Overlay.Backing(base, format(base, budget), disk(store, content, number)), target);
            return new DeltaReport(
                    disk.sizeBytes() - report.dataBytes() - report.zeroBytes(), report.dataBytes(), 0, 0);
        }
        if (request.format().equals("raw")) {
            List<Seed> seeds = new ArrayList<>();
            for (String seed : request.seeds()) {
                seeds.add(seed(store, Path.of(seed).toRealPath(), number, budget));
            }
            return new CheckOut(store, budget, THREADS).raw(disk, target, seeds);
        }
        DiskImageFormat format = DiskImageFormat.find(request.format()).orElseThrow();
        Path sockets = home.sockets();
        Home.createPrivate(sockets);
        long[] last = new long[1];
        new FormatCheckOut(store, sockets, budget).to(disk, format, target, (done, whole) -> {
            last[0] = whole;
            progress.accept(new JobProgress(0, target.toString(), "writing", 0, done, 0, whole, 0, null));
        });
        return new DeltaReport(0, last[0], disk.sizeBytes() - last[0], 0);
    }

    private static ImageManifest.Disk disk(ContentStore store, Digest content, int number) throws IOException {
        List<ImageManifest.Disk> disks = store.roots().read(content).disks();
        return disks.get(Math.min(number, disks.size() - 1));
    }

    private Seed seed(ContentStore store, Path file, int number, Budget budget) throws ImageProblem, IOException {
        if (!format(file, budget).equals("raw")) {
            throw ProblemCode.BAD_REQUEST.because("a seed is a raw disk; " + file + " is none");
        }
        Optional<Digest> version = branches.content(file);
        return version.isPresent() ? Seed.of(file, disk(store, version.get(), number)) : Seed.unknown(file);
    }

    private String format(Path file, Budget budget) throws ImageProblem {
        try (OpenImage image = ImageOpener.open(file, index.rules(file.toString()), budget)) {
            return image.facts().format();
        }
    }

    private ImageFacts facts(Path file, String format, Budget budget) throws ImageProblem, IOException {
        // Raw is stated: what the guest wrote there may look like anything.
        var rules = index.rules(file.toString());
        try (OpenImage made =
                ImageOpener.open(file.toRealPath(), format.equals("raw") ? rules.withFormat("raw") : rules, budget)) {
            return made.facts();
        }
    }
}
