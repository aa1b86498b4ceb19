package dev.stemma.api.wiring;

import dev.stemma.api.home.AllowedDirectories;
import dev.stemma.api.home.Targets;
import dev.stemma.api.job.CloneRequest;
import dev.stemma.api.job.Job;
import dev.stemma.api.job.JobProgress;
import dev.stemma.api.job.JobResult;
import dev.stemma.api.problem.ProblemCode;
import dev.stemma.graph.store.Graph;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.emit.ImageFile;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.reference.Branches;
import dev.stemma.ingest.reference.Clones;
import dev.stemma.ingest.reference.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/** Makes many files of one version; the branches of all are opened together, once all are on the medium. */
final class CloneWork {

    private static final String FOUND = "found";

    private final IndexWork index;
    private final ReferenceStore stores;
    private final Branches branches;
    private final Targets places;

    CloneWork(IndexWork index, Graph graph, ReferenceStore stores, AllowedDirectories directories) {
        this.index = index;
        this.stores = stores;
        this.branches = new Branches(graph);
        this.places = new Targets(directories);
    }

    JobResult run(Job job, CloneRequest request, Budget budget, Consumer<JobProgress> progress)
            throws ImageProblem, IOException {
        Instant began = Instant.now();
        List<String> requests = IntStream.rangeClosed(1, request.targets().size())
                .mapToObj(number -> job.id() + "-" + number)
                .toList();
        Optional<List<Branches.Branch>> before = made(requests);
        if (before.isPresent()) {
            // The service ended between the branches and the word of them.
            return result(
                    before.get(),
                    request,
                    request.targets().stream().map(_ -> FOUND).toList(),
                    0,
                    began);
        }
        Version version = branches.requireUsable(request.version());
        ContentStore store = stores.get();
        List<ImageManifest.Disk> disks = stores.disks(version.content());
        if (disks.size() > 1 && request.overlays()) {
            throw ProblemCode.BAD_REQUEST.because(
                    version.reference() + " has " + disks.size() + " disks; overlays are for one disk");
        }
        MadeFiles files = new MadeFiles(index, places, store, budget);
        List<List<Path>> targets = new ArrayList<>();
        for (String target : request.targets()) {
            targets.add(files.targets(Path.of(target), disks.size()));
        }
        return files.allOrNone(request.targets().getFirst(), () -> {
            AtomicLong fromStore = new AtomicLong();
            News news = new News(request, disks, progress, began);
            List<String> hows = new ArrayList<>();
            for (int i = 0; i < targets.size(); i++) {
                String how = FOUND;
                for (int disk = 0; disk < disks.size(); disk++) {
                    how = one(
                            new Clones(store, budget, MadeFiles.THREADS),
                            disks.get(disk),
                            paths(targets, disk),
                            i,
                            request,
                            files,
                            news.of(i, fromStore));
                }
                hows.add(how);
                news.done(i + 1);
            }
            List<ImageFile> images = new ArrayList<>();
            for (int i = 0; i < targets.size(); i++) {
                images.add(ImageFile.of(files.facts(targets.get(i).getFirst(), format(request, i))));
            }
            List<Branches.Branch> opened = branches.checkedOut(
                    version, images, requests, request.agent(), began, "{\"clones\":" + images.size() + "}");
            return result(opened, request, hows, fromStore.get(), began);
        });
    }

    private static List<Path> paths(List<List<Path>> targets, int disk) {
        return targets.stream().map(files -> files.get(disk)).toList();
    }

    private static String format(CloneRequest request, int number) {
        return request.overlays() && number > 0 ? "qcow2" : "raw";
    }

    /** Makes one disk of one clone, if no earlier run has, and tells how. */
    private static String one(
            Clones clones,
            ImageManifest.Disk disk,
            List<Path> targets,
            int number,
            CloneRequest request,
            MadeFiles files,
            LongConsumer told)
            throws ImageProblem, IOException {
        Path target = targets.get(number);
        String how = FOUND;
        if (!files.has(disk, target, format(request, number))) {
            Clones.Way way = request.overlays() ? Clones.Way.ON_THE_FIRST : Clones.Way.ALONE;
            Clones.Clone clone = number == 0
                    ? clones.first(disk, target, told)
                    : clones.further(disk, targets.getFirst(), target, way);
            files.made(target);
            how = clone.how().name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        MadeFiles.force(target);
        return how;
    }

    /** Of an earlier run: all branches, or none. */
    private Optional<List<Branches.Branch>> made(List<String> requests) {
        List<Branches.Branch> made = requests.stream()
                .flatMap(request -> branches.made(request).stream())
                .toList();
        return made.size() < requests.size() ? Optional.empty() : Optional.of(made);
    }

    private static JobResult result(
            List<Branches.Branch> opened, CloneRequest request, List<String> hows, long bytes, Instant began) {
        List<JobResult.Clone> clones = new ArrayList<>();
        for (int i = 0; i < opened.size(); i++) {
            Branches.Branch branch = opened.get(i);
            clones.add(new JobResult.Clone(
                    branch.imageId(), branch.reference(), request.targets().get(i), hows.get(i)));
        }
        return new JobResult.Cloned(
                clones, bytes, Duration.between(began, Instant.now()).toMillis());
    }

    /** Tells how many clones are whole, and how much of the first one has come. */
    private record News(
            CloneRequest request, List<ImageManifest.Disk> disks, Consumer<JobProgress> progress, Instant began) {

        LongConsumer of(int number, AtomicLong fromStore) {
            long before = fromStore.get();
            return bytes -> {
                fromStore.accumulateAndGet(before + bytes, Math::max);
                tell(number, before + bytes);
            };
        }

        void done(int clones) {
            tell(clones, 0);
        }

        private void tell(int clones, long bytes) {
            long millis = Math.max(1, Duration.between(began, Instant.now()).toMillis());
            String stage = "cloning, " + clones + " of " + request.targets().size() + " are whole";
            String target =
                    request.targets().get(Math.min(clones, request.targets().size() - 1));
            progress.accept(new JobProgress(0, target, stage, 0, bytes, 0, 0, bytes * 1_000 / millis, null));
        }
    }
}
