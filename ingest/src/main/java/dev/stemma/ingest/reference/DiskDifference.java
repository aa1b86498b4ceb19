package dev.stemma.ingest.reference;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.DiskRun;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import java.io.IOException;
import java.util.BitSet;
import java.util.Optional;

/**
 * Which clusters of a stored disk another one does not have at the same place, by their manifests alone: what both take from the same content is
 * equal. Bytes that are equal and come from different contents count as different. Two bits a cluster.
 *
 * @param clusterBytes size of a cluster
 * @param differing clusters of the disk that are not the base's
 * @param data of those, the ones that are not all zeros
 */
record DiskDifference(int clusterBytes, BitSet differing, BitSet data) {

    /** Of 2³¹ clusters of 64 KiB one eighth: 32 MiB of memory for each of the sets. */
    static final int MAX_CLUSTERS = 1 << 28;

    /**
     * @param base what lies below; beyond its end are zeros
     * @throws OverBudget {@code size-limit} when the disk has more clusters than are counted
     */
    static DiskDifference of(
            ContentStore store, ImageManifest.Disk base, ImageManifest.Disk disk, int clusterBytes, Origin origin)
            throws ImageProblem, IOException {
        if (disk.sizeBytes() / clusterBytes >= MAX_CLUSTERS) {
            throw new OverBudget(
                    "size-limit",
                    origin,
                    "an overlay of a disk of " + disk.sizeBytes() + " bytes would have too many clusters",
                    "Check it out as a raw disk.");
        }
        DiskDifference difference = new DiskDifference(clusterBytes, new BitSet(), new BitSet());
        DiskRuns lower = new DiskRuns(store, base);
        DiskRuns upper = new DiskRuns(store, disk);
        Optional<RunSlice> below = lower.next();
        for (Optional<RunSlice> run = upper.next(); run.isPresent(); run = upper.next()) {
            long at = run.get().at();
            while (at < run.get().end()) {
                while (below.isPresent() && below.get().end() <= at) {
                    below = lower.next();
                }
                long end = Math.min(run.get().end(), below.map(RunSlice::end).orElse(Long.MAX_VALUE));
                if (!equal(run.get(), below, at)) {
                    difference.differs(run.get(), at, end);
                }
                at = end;
            }
        }
        difference.fill(store, disk);
        return difference;
    }

    private static boolean equal(RunSlice run, Optional<RunSlice> below, long at) {
        Optional<Digest> content = Wanted.of(run).content();
        Optional<Digest> other = below.flatMap(lower -> Wanted.of(lower).content());
        return content.equals(other) && (content.isEmpty() || offset(run, at) == offset(below.orElseThrow(), at));
    }

    private static long offset(RunSlice run, long at) {
        return Wanted.offset(run) + at - run.at();
    }

    private void differs(RunSlice run, long from, long to) {
        set(differing, from, to);
        if (!(run.run() instanceof DiskRun.Zeros)) {
            set(data, from, to);
        }
    }

    /** A cluster that differs holds also what is the same in it. */
    private void fill(ContentStore store, ImageManifest.Disk disk) throws IOException {
        DiskRuns runs = new DiskRuns(store, disk);
        for (Optional<RunSlice> run = runs.next(); run.isPresent(); run = runs.next()) {
            if (!(run.get().run() instanceof DiskRun.Zeros)) {
                mark(run.get().at());
                mark(run.get().end() - 1);
            }
        }
    }

    /** Only where a run begins or ends can a cluster have something else beside it. */
    private void mark(long at) {
        int cluster = (int) (at / clusterBytes);
        if (differing.get(cluster)) {
            data.set(cluster);
        }
    }

    private void set(BitSet clusters, long from, long to) {
        clusters.set((int) (from / clusterBytes), (int) ((to - 1) / clusterBytes) + 1);
    }
}
