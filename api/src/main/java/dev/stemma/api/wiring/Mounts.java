package dev.stemma.api.wiring;

import dev.stemma.api.home.Targets;
import dev.stemma.api.problem.ProblemCode;
import dev.stemma.ingest.ContentBrowser;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.reference.Branches;
import dev.stemma.ingest.reference.StoredDisk;
import dev.stemma.ingest.reference.Version;
import dev.stemma.ingest.reference.fuse.FuseMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Versions whose files are shown in directories of this computer, until somebody ends that or the service ends. Safe for use by several threads; closed with the service,
 * before the store is.
 */
public final class Mounts implements AutoCloseable {

    /** Mounts at once: each has a few threads, and what it keeps of directories. */
    public static final int MAX_MOUNTS = 16;

    /** A mount lasts as long as somebody wants it. */
    private static final Duration ENDLESS = Duration.ofDays(3_650);

    private final Branches branches;
    private final ReferenceStore stores;
    private final Targets places;
    private final Map<String, Open> open = new LinkedHashMap<>();
    private long last;
    private boolean closed;

    /** A mount, and what it holds on to; nothing yet while it is being opened. */
    private record Open(
            Mount told,
            @Nullable Budget budget,
            @Nullable ContentBrowser browser,
            @Nullable FuseMount mounted) {

        boolean has(String idOrDirectory) {
            return told.id().equals(idOrDirectory) || told.directory().equals(idOrDirectory);
        }

        /** Whether somebody has unmounted it. */
        boolean over() {
            return mounted != null && !mounted.open();
        }

        Stream<Mount> now() {
            if (mounted == null) {
                return Stream.empty();
            }
            FuseMount.Problems problems = mounted.problems();
            return Stream.of(new Mount(
                    told.id(),
                    told.imageId(),
                    told.version(),
                    told.directory(),
                    told.since(),
                    problems.count(),
                    problems.last().map(ImageProblem::getMessage).orElse(null)));
        }

        void close() throws ImageProblem, IOException {
            if (budget != null) {
                budget.cancel();
            }
            if (mounted != null) {
                mounted.close();
            }
            if (browser != null) {
                browser.close();
            }
        }
    }

    /**
     * A mount that is open.
     *
     * @param id short, new with each mount
     * @param version {@code web:1.2}, as it was called then
     * @param directory that shows its files
     * @param failures how often something could not be read
     * @param lastFailure why that was the last time; null when it never was
     */
    public record Mount(
            String id,
            String imageId,
            String version,
            String directory,
            Instant since,
            long failures,
            @Nullable String lastFailure) {}

    Mounts(Branches branches, ReferenceStore stores, Targets places) {
        this.branches = branches;
        this.stores = stores;
        this.places = places;
    }

    /**
     * Shows the files of a version.
     *
     * @param directory an empty one, in an allowed directory
     * @param partition whose file system to show alone; empty for the guest's root file system with others mounted in it
     * @throws dev.stemma.ingest.reference.ReferenceProblem when it is no version, or not to be used
     * @throws dev.stemma.api.problem.ProblemException when the directory cannot be used, or there are too many mounts
     * @throws ImageProblem when the version has no files to show, or this computer has no FUSE
     */
    public Mount open(String imageId, Path directory, OptionalInt partition) throws IOException, ImageProblem {
        Path real = requireEmpty(places.place(directory));
        String id = reserve(imageId, real);
        Budget budget = Budget.of(ENDLESS);
        ContentBrowser browser = null;
        try {
            // Asked when the mount is known already, so that a collection of garbage that begins now spares it.
            Version version = branches.requireUsable(imageId);
            Origin origin = Origin.of(version.reference());
            List<StoredDisk> disks = new ArrayList<>();
            for (var disk : stores.disks(version.content())) {
                disks.add(StoredDisk.open(stores.get(), disk, origin));
            }
            browser = ContentBrowser.open(disks, origin, partition, budget);
            FuseMount mounted = FuseMount.open(browser.files(), real, version.reference());
            Mount told = new Mount(id, version.imageId(), version.reference(), real.toString(), Instant.now(), 0, null);
            return opened(new Open(told, budget, browser, mounted));
        } catch (IOException | ImageProblem | RuntimeException e) {
            forget(id);
            if (browser != null) {
                browser.close();
            }
            throw e;
        }
    }

    private Path requireEmpty(Path directory) throws IOException {
        requireNothingOn(directory);
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw ProblemCode.NOT_FOUND.because(directory + " is no directory", "Make it first.");
        }
        try (Stream<Path> files = Files.list(directory)) {
            if (files.findAny().isPresent()) {
                throw ProblemCode.TARGET_EXISTS.because(
                        directory + " is not empty", "Name an empty directory: what is in it would be hidden.");
            }
        }
        return directory;
    }

    private synchronized void requireNothingOn(Path directory) {
        if (open.values().stream().anyMatch(one -> one.has(directory.toString()))) {
            throw ProblemCode.TARGET_EXISTS.because(
                    "something is mounted on " + directory + " already", "End it: stemma unmount " + directory);
        }
    }

    private synchronized String reserve(String imageId, Path directory) {
        if (closed) {
            throw new IllegalStateException("the service has ended");
        }
        requireNothingOn(directory);
        if (open.size() >= MAX_MOUNTS) {
            throw ProblemCode.LIMIT_REACHED.because(
                    MAX_MOUNTS + " versions are mounted, which is all that there may be",
                    "End one that nobody needs: stemma mounts, stemma unmount ID.");
        }
        String id = "m" + ++last;
        Mount told = new Mount(id, imageId, "", directory.toString(), Instant.now(), 0, null);
        open.put(id, new Open(told, null, null, null));
        return id;
    }

    private synchronized Mount opened(Open mount) throws ImageProblem, IOException {
        if (closed) {
            mount.close();
            throw new IllegalStateException("the service has ended");
        }
        open.put(mount.told().id(), mount);
        return mount.told();
    }

    private synchronized void forget(String id) {
        open.remove(id);
    }

    /** All that are open, the oldest first. */
    public List<Mount> all() throws ImageProblem, IOException {
        List<Open> known;
        synchronized (this) {
            known = List.copyOf(open.values());
        }
        for (Open one : known) {
            if (one.over()) {
                one.close();
                forget(one.told().id());
            }
        }
        return known.stream().filter(one -> !one.over()).flatMap(Open::now).toList();
    }

    /** Versions whose bytes must stay, by the ids of their images. */
    synchronized Set<String> inUse() {
        return open.values().stream()
                .filter(one -> !one.over())
                .map(one -> one.told().imageId())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Ends a mount; whoever still reads there gets errors.
     *
     * @return as it was just before
     * @throws dev.stemma.api.problem.ProblemException when there is none of that id or on that directory
     */
    public Mount end(String idOrDirectory) throws ImageProblem, IOException {
        Open found;
        synchronized (this) {
            found = open.values().stream()
                    .filter(one -> one.mounted() != null && one.has(idOrDirectory))
                    .findFirst()
                    .orElseThrow(() -> ProblemCode.NOT_FOUND.because(
                            "nothing is mounted as " + idOrDirectory, "stemma mounts lists what is."));
        }
        Mount ended = found.now().findFirst().orElseThrow();
        found.close();
        forget(found.told().id());
        return ended;
    }

    @Override
    public void close() throws IOException {
        List<Open> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(open.values());
            open.clear();
        }
        for (Open one : all) {
            try {
                one.close();
            } catch (ImageProblem e) {
                throw new IOException(one.told().version() + " was mounted and cannot be closed", e);
            }
        }
    }
}
