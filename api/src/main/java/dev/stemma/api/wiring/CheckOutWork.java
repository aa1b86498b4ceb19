package dev.stemma.api.wiring;

import dev.stemma.api.home.AllowedDirectories;
import dev.stemma.api.home.Home;
import dev.stemma.api.home.Targets;
import dev.stemma.api.job.CheckOutRequest;
import dev.stemma.api.job.Job;
import dev.stemma.api.job.JobProgress;
import dev.stemma.api.job.JobResult;
import dev.stemma.api.problem.ProblemCode;
import dev.stemma.graph.store.Graph;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.emit.ImageFile;
import dev.stemma.ingest.image.ImageFacts;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.reference.Branches;
import dev.stemma.ingest.reference.CheckOut;
import dev.stemma.ingest.reference.DeltaReport;
import dev.stemma.ingest.reference.DiskImageFormat;
import dev.stemma.ingest.reference.FormatCheckOut;
import dev.stemma.ingest.reference.OvaCheckOut;
import dev.stemma.ingest.reference.Overlay;
import dev.stemma.ingest.reference.Seed;
import dev.stemma.ingest.reference.Version;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes files of versions: whole ones in any format, overlays, and with what the destination has already. */
final class CheckOutWork {

    private final IndexWork index;
    private final ReferenceStore stores;
    private final Branches branches;
    private final Home home;
    private final AllowedDirectories directories;
    private final Targets places;

    CheckOutWork(IndexWork index, Graph graph, ReferenceStore stores, Home home, AllowedDirectories directories) {
        this.index = index;
        this.stores = stores;
        this.branches = new Branches(graph);
        this.home = home;
        this.directories = directories;
        this.places = new Targets(directories);
    }

    JobResult run(Job job, CheckOutRequest request, Budget budget, Consumer<JobProgress> progress)
            throws ImageProblem, IOException {
        Instant began = Instant.now();
        Optional<Branches.Branch> before = branches.made(job.id());
        if (before.isPresent()) {
            // The service ended between the branch and the word of it.
            return result(before.get(), request, new DeltaReport(0, 0, 0, 0), began);
        }
        Version version = branches.requireUsable(request.version());
        ContentStore store = stores.get();
        List<ImageManifest.Disk> disks = stores.disks(version.content());
        if (disks.size() > 1 && (request.on() != null || !request.seeds().isEmpty())) {
            throw ProblemCode.BAD_REQUEST.because(
                    version.reference() + " has " + disks.size() + " disks; seeds and overlays are for one disk");
        }
        MadeFiles files = new MadeFiles(index, places, store, budget);
        boolean archive = request.format().equals(OvaCheckOut.FORMAT);
        List<Path> targets = files.targets(Path.of(request.target()), archive ? 1 : disks.size());
        return files.allOrNone(request.target(), () -> {
            DeltaReport all = new DeltaReport(0, 0, 0, 0);
            if (archive && !files.has(disks, targets.getFirst(), home.sockets())) {
                all = archive(store, version, disks, targets.getFirst(), budget, progress);
                files.made(targets.getFirst());
            }
            for (int i = 0; i < targets.size(); i++) {
                Path target = targets.get(i);
                if (!archive && !files.has(disks.get(i), target, request.format())) {
                    all = plus(all, write(store, request, disks.get(i), target, budget, progress));
                    files.made(target);
                }
                MadeFiles.force(target);
            }
            ImageFacts facts = files.facts(targets.getFirst(), request.format());
            Branches.Branch branch =
                    branches.checkedOut(version, ImageFile.of(facts), job.id(), request.agent(), began, "{}");
            return result(branch, request, all, began);
        });
    }

    private static JobResult result(Branches.Branch branch, CheckOutRequest request, DeltaReport moved, Instant began) {
        return new JobResult.CheckedOut(
                branch.imageId(),
                branch.reference(),
                request.target(),
                request.format(),
                moved.bytesMoved(),
                moved.bytesReused(),
                moved.reflinkedBytes(),
                Duration.between(began, Instant.now()).toMillis());
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
            ImageManifest.Disk disk,
            Path target,
            Budget budget,
            Consumer<JobProgress> progress)
            throws ImageProblem, IOException {
        if (request.on() != null) {
            return overlay(store, disk, real(request.on()), target, budget);
        }
        Optional<DiskImageFormat> format = DiskImageFormat.find(request.format());
        if (format.isPresent()) {
            return convert(store, disk, format.get(), target, budget, progress);
        }
        List<Seed> seeds = new ArrayList<>();
        for (String path : request.seeds()) {
            Path file = real(path);
            Optional<Branches.Origin> origin = branches.origin(file);
            seeds.add(
                    origin.isPresent()
                            ? Seed.of(file, stores.disks(origin.get().content()).getFirst())
                            : Seed.unknown(file));
        }
        long began = System.nanoTime();
        return new CheckOut(store, budget, MadeFiles.THREADS).raw(disk, target, seeds, bytes -> {
            long millis = Math.max(1, (System.nanoTime() - began) / 1_000_000);
            progress.accept(
                    new JobProgress(0, target.toString(), "writing", 0, bytes, 0, 0, bytes * 1_000 / millis, null));
        });
    }

    private DeltaReport archive(
            ContentStore store,
            Version version,
            List<ImageManifest.Disk> disks,
            Path target,
            Budget budget,
            Consumer<JobProgress> progress)
            throws ImageProblem, IOException {
        long written = new OvaCheckOut(store, sockets(), budget)
                .to(version.reference(), disks, target, writing(target, progress));
        return new DeltaReport(0, written, 0, 0);
    }

    private DeltaReport overlay(ContentStore store, ImageManifest.Disk disk, Path base, Path target, Budget budget)
            throws ImageProblem, IOException {
        Branches.Origin origin = branches.origin(base)
                .orElseThrow(() -> ProblemCode.NOT_A_VERSION.because(
                        base + " was not checked out from a version that is in the store",
                        "Check one out first, and let the overlay stand on that."));
        // Its format is stated as it was made: what a guest has written there since may look like anything.
        Overlay.Backing backing = new Overlay.Backing(
                base, origin.format(), stores.disks(origin.content()).getFirst());
        Overlay.Report report = new Overlay(store, index.rules(base.toString()), budget, MadeFiles.THREADS)
                .write(disk, backing, target);
        return new DeltaReport(disk.sizeBytes() - report.dataBytes() - report.zeroBytes(), report.dataBytes(), 0, 0);
    }

    private DeltaReport convert(
            ContentStore store,
            ImageManifest.Disk disk,
            DiskImageFormat format,
            Path target,
            Budget budget,
            Consumer<JobProgress> progress)
            throws ImageProblem, IOException {
        long[] last = new long[1];
        FormatCheckOut.Progress writing = writing(target, progress);
        new FormatCheckOut(store, sockets(), budget).to(disk, format, target, (done, whole) -> {
            last[0] = whole;
            writing.done(done, whole);
        });
        return new DeltaReport(0, last[0], disk.sizeBytes() - last[0], 0);
    }

    private Path sockets() throws IOException {
        Path sockets = home.sockets();
        Home.createPrivate(sockets);
        return sockets;
    }

    private static FormatCheckOut.Progress writing(Path target, Consumer<JobProgress> progress) {
        long began = System.nanoTime();
        return (done, whole) -> progress.accept(Rate.progress(target.toString(), "writing", done, whole, began));
    }

    /** What may be read, links followed. */
    private Path real(String path) throws IOException {
        Path real;
        try {
            real = Path.of(path).toRealPath();
        } catch (NoSuchFileException e) {
            throw ProblemCode.NOT_FOUND.because("there is no file " + path);
        }
        if (!directories.allows(real)) {
            throw ProblemCode.PATH_NOT_ALLOWED.because(real + " lies outside the allowed directories");
        }
        return real;
    }
}
