package dev.stemma.ingest.reference;

import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.DiskRun;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.image.ImageOpener;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.image.OpenImage;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Checks a stored disk out as a qcow2 file that stands on another version, which is there already, and holds only the clusters in which they differ.
 * What differs is told by the two disk manifests; what is equal is not read. Used by one thread at a time; several write.
 */
public final class Overlay {

    private final ContentStore store;
    private final ImageRules rules;
    private final Budget budget;
    private final int threads;

    /**
     * @param rules where backing files may lie
     * @param threads that read and write, 1 or more
     */
    public Overlay(ContentStore store, ImageRules rules, Budget budget, int threads) {
        this.store = store;
        this.rules = rules;
        this.budget = budget;
        this.threads = threads;
    }

    /**
     * What an overlay stands on.
     *
     * @param format of the file, as QEMU calls it: {@code raw}, or {@code qcow2} for an overlay that stands on others
     * @param version the stored disk that it is
     */
    public record Backing(Path file, String format, ImageManifest.Disk version) {}

    /**
     * What an overlay took.
     *
     * @param dataBytes of clusters of 64 KiB that it holds
     * @param zeroBytes of clusters that it says are zeros, which take no place
     * @param fileBytes length of the file, with its tables
     */
    public record Report(long dataBytes, long zeroBytes, long fileBytes) {}

    /**
     * Writes one. The backing file is checked before: all of it, by digests; it is locked as QEMU's readers do meanwhile, and must not be changed as long as
     * the overlay is used. It is named by its name alone when it lies beside the target, else by its whole path. Nothing is forced to the medium.
     *
     * @param target a file that is not there yet; a check-out that fails removes it
     * @throws dev.stemma.ingest.problem.Corrupt {@code backing-changed} when the backing file is not the version that it is said to be
     * @throws dev.stemma.ingest.problem.Unreadable {@code in-use} when somebody may write to it, or as {@link ImageOpener#open}
     * @throws dev.stemma.ingest.problem.OverBudget {@code size-limit} for disks of 16 TiB and more
     * @throws dev.stemma.ingest.content.DamagedStoreException when the store does not hold what it promised
     */
    public Report write(ImageManifest.Disk disk, Backing backing, Path target) throws ImageProblem, IOException {
        try (OpenImage open = ImageOpener.open(backing.file(), rules.withFormat(backing.format()), budget)) {
            new BackingCheck(store, open.bytes(), budget).require(backing.version(), threads);
            return writeUnchecked(disk, backing, target);
        }
    }

    /** The same on a backing file that was just made. */
    Report writeUnchecked(ImageManifest.Disk disk, Backing backing, Path target) throws ImageProblem, IOException {
        byte[] name = name(backing.file(), target);
        DiskDifference difference = DiskDifference.of(
                store,
                backing.version(),
                disk,
                Qcow2Plan.CLUSTER_BYTES,
                Origin.of(String.valueOf(target.getFileName())));
        Qcow2Plan plan = new Qcow2Plan(disk.sizeBytes(), difference);
        try (TargetFile file = TargetFile.create(target, budget)) {
            data(disk, difference.data(), plan.dataAt(), file);
            plan.tables(file::write);
            file.setLength(plan.fileBytes());
            // Without its header a file that was broken off is no image.
            file.write(plan.header(name, backing.format()), 0);
            file.keep();
        }
        long dataClusters = difference.data().cardinality();
        return new Report(
                dataClusters * Qcow2Plan.CLUSTER_BYTES,
                (difference.differing().cardinality() - dataClusters) * Qcow2Plan.CLUSTER_BYTES,
                plan.fileBytes());
    }

    private static byte[] name(Path backing, Path target) throws IOException {
        Path real = backing.toRealPath();
        Path folder = target.toAbsolutePath().normalize().getParent();
        Path file = real.getFileName();
        String name = real.toString();
        if (folder != null && file != null && folder.toRealPath().equals(real.getParent())) {
            // QEMU takes what stands before a colon for a protocol.
            name = file.toString().indexOf(':') < 0 ? file.toString() : "./" + file;
        }
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > Qcow2Plan.MAX_NAME_BYTES) {
            throw new FileSystemException(
                    backing.toString(), target.toString(), "the path is too long for the header of an overlay");
        }
        return bytes;
    }

    private void data(ImageManifest.Disk disk, BitSet clusters, long dataAt, TargetFile file)
            throws ImageProblem, IOException {
        StoreRuns stored = new StoreRuns(store);
        Deque<SliceWriter> idle = new ConcurrentLinkedDeque<>();
        try (Workers workers = new Workers("stemma-overlay", threads)) {
            Batches<RunSlice> batches = new Batches<>(batch -> workers.take(() -> {
                SliceWriter found = idle.poll();
                SliceWriter writer = found == null ? new SliceWriter(stored, file) : found;
                for (RunSlice slice : batch) {
                    writer.write(slice, true);
                }
                writer.flush();
                idle.add(writer);
            }));
            ClusterPlaces places = new ClusterPlaces(clusters, dataAt);
            DiskRuns runs = new DiskRuns(store, disk);
            for (Optional<RunSlice> next = runs.next(); next.isPresent(); next = runs.next()) {
                if (!(next.get().run() instanceof DiskRun.Zeros)) {
                    for (RunSlice slice : places.of(next.get())) {
                        batches.add(slice, slice.lengthBytes());
                    }
                }
            }
            batches.finish();
            workers.finish();
        }
    }
}
