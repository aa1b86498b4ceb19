package dev.stemma.ingest.reference;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Where the clusters of a set lie in a file that holds only these, one behind the other. Asked in the order of the disk. Not thread-safe. */
final class ClusterPlaces {

    private final BitSet clusters;

    /** The stretch of clusters that was met last, and where it lies. */
    private int first;

    private int end;
    private long place;

    /** @param dataAt where the first of them lies, in bytes */
    ClusterPlaces(BitSet clusters, long dataAt) {
        this.clusters = clusters;
        this.place = dataAt;
    }

    /** Those parts of a run of the disk that lie in such clusters, placed in the file. No run may begin before one that was asked for. */
    List<RunSlice> of(RunSlice run) {
        List<RunSlice> slices = new ArrayList<>(1);
        long at = run.at();
        while (at < run.end() && goTo((int) (at >> Qcow2Plan.CLUSTER_BITS))) {
            long from = Math.max(at, (long) first << Qcow2Plan.CLUSTER_BITS);
            long to = Math.min(run.end(), (long) end << Qcow2Plan.CLUSTER_BITS);
            if (from < to) {
                slices.add(new RunSlice(
                        run.run(),
                        run.skipBytes() + from - run.at(),
                        to - from,
                        place + from - ((long) first << Qcow2Plan.CLUSTER_BITS)));
            }
            at = Math.max(at, to);
            if (from >= run.end()) {
                break;
            }
        }
        return slices;
    }

    /** To the first stretch that ends behind a cluster; false when there is none. */
    private boolean goTo(int cluster) {
        while (cluster >= end) {
            int next = clusters.nextSetBit(end);
            if (next < 0) {
                return false;
            }
            place += (long) (end - first) << Qcow2Plan.CLUSTER_BITS;
            first = next;
            end = clusters.nextClearBit(next);
        }
        return true;
    }
}
