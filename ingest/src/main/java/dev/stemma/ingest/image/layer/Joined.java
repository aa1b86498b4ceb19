package dev.stemma.ingest.image.layer;

import dev.stemma.ingest.problem.ImageProblem;
import java.util.List;
import java.util.Optional;

/** Extents one after the other, as one disk: VMDK's split disks, Parallels' storages. */
public final class Joined implements Layer {

    private final List<Layer> pieces;
    private final long[] starts;
    private final Optional<Backing> backing;
    private final Optional<String> identity;

    /** @param pieces in the order of the disk, at least one; what they have below is for all of them together */
    public Joined(List<Layer> pieces, Optional<Backing> backing, Optional<String> identity) {
        this.pieces = List.copyOf(pieces);
        this.starts = new long[pieces.size() + 1];
        for (int i = 0; i < pieces.size(); i++) {
            starts[i + 1] = Math.addExact(starts[i], pieces.get(i).virtualBytes());
        }
        this.backing = backing;
        this.identity = identity;
    }

    @Override
    public long virtualBytes() {
        return starts[pieces.size()];
    }

    @Override
    public Run run(long offsetBytes) throws ImageProblem {
        int low = 0;
        int high = pieces.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (starts[middle] <= offsetBytes) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return pieces.get(low).run(offsetBytes - starts[low]);
    }

    @Override
    public Optional<Backing> backing() {
        return backing;
    }

    @Override
    public Optional<String> identity() {
        return identity;
    }
}
