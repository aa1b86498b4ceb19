package dev.stemma.ingest.reference;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.DiskRun;
import dev.stemma.ingest.content.ImageManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where on a stored disk which part of which content lies. A guess only: contents are told apart by a word of their digests, so who takes bytes by
 * it must hold them against the digest. Some 60 bytes a run. Immutable.
 */
final class RunIndex {

    /** What lies behind is not found: how many runs there are, a guest decides. */
    private static final int MAX_RUNS = 1 << 19;

    /** Copies of one content that are looked at. */
    private static final int MAX_LOOKS = 16;

    private static final Comparator<Known> ORDER = Comparator.comparingLong(Known::word)
            .thenComparingLong(Known::offsetBytes)
            .thenComparingLong(Known::diskBytes);

    private final List<Known> runs;

    private record Known(long word, long offsetBytes, long diskBytes, long lengthBytes) {
        boolean covers(long content, long offset) {
            return word == content && offsetBytes <= offset && offset - offsetBytes < lengthBytes;
        }
    }

    /**
     * A stretch of the disk.
     *
     * @param lengthBytes more than 0
     */
    record Found(long diskBytes, long lengthBytes) {}

    private RunIndex(List<Known> runs) {
        this.runs = runs;
    }

    static RunIndex of(ContentStore store, ImageManifest.Disk disk) throws IOException {
        List<Known> runs = new ArrayList<>();
        DiskRuns disks = new DiskRuns(store, disk);
        for (Optional<RunSlice> next = disks.next(); next.isPresent() && runs.size() < MAX_RUNS; next = disks.next()) {
            RunSlice run = next.get();
            switch (run.run()) {
                case DiskRun.Zeros _ -> {}
                case DiskRun.Part part ->
                    runs.add(new Known(part.content().b(), part.offsetBytes(), run.at(), run.lengthBytes()));
                case DiskRun.Data data -> runs.add(new Known(data.chunk().b(), 0, run.at(), run.lengthBytes()));
            }
        }
        runs.sort(ORDER);
        return new RunIndex(runs);
    }

    /**
     * Where a content goes on from an offset.
     *
     * @param nearBytes the place on the disk that is taken when it lies there among others
     */
    Optional<Found> find(Digest content, long offset, long nearBytes) {
        long word = content.b();
        Optional<Known> near = before(word, offset, nearBytes)
                .filter(run -> run.covers(word, offset) && run.diskBytes() + offset - run.offsetBytes() == nearBytes);
        Optional<Known> any = near.isPresent() ? near : any(word, offset);
        return any.map(run -> {
            long into = offset - run.offsetBytes();
            return new Found(run.diskBytes() + into, run.lengthBytes() - into);
        });
    }

    /** The next offset behind one at which a content lies on the disk; {@link Long#MAX_VALUE} when there is none. */
    long next(Digest content, long offset) {
        int at = position(new Known(content.b(), offset, Long.MAX_VALUE, 0));
        return at < runs.size() && runs.get(at).word() == content.b()
                ? runs.get(at).offsetBytes()
                : Long.MAX_VALUE;
    }

    private Optional<Known> before(long word, long offset, long diskBytes) {
        int at = position(new Known(word, offset, diskBytes, 0));
        if (at < runs.size() && ORDER.compare(runs.get(at), new Known(word, offset, diskBytes, 0)) == 0) {
            return Optional.of(runs.get(at));
        }
        return at > 0 ? Optional.of(runs.get(at - 1)) : Optional.empty();
    }

    private Optional<Known> any(long word, long offset) {
        int at = position(new Known(word, offset, Long.MAX_VALUE, 0)) - 1;
        for (int looks = 0; at >= 0 && looks < MAX_LOOKS && runs.get(at).word() == word; looks++, at--) {
            if (runs.get(at).covers(word, offset)) {
                return Optional.of(runs.get(at));
            }
        }
        return Optional.empty();
    }

    /** How many come before. */
    private int position(Known wanted) {
        int found = Collections.binarySearch(runs, wanted, ORDER);
        return found >= 0 ? found : -found - 1;
    }
}
