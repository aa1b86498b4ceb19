package dev.stemma.ingest.reference;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.DiskRun;
import dev.stemma.ingest.content.ImageManifest;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Files that lie on a disk in several pieces: their digests say nothing of one piece alone. Some 150 bytes a piece. Not thread-safe. */
final class Fragments {

    /** The rest is left to the store: how many pieces there are, a guest decides. */
    private static final int MAX_PIECES = 1 << 18;

    private final Map<Digest, List<RunSlice>> pieces = new HashMap<>();

    /** Where the last of them lies on the disk. */
    private long last = -1;

    private Fragments() {}

    /** All of a disk, but for the pieces with which files begin; these are {@link #take taken} when they are met. */
    static Fragments of(ContentStore store, ImageManifest.Disk disk) throws IOException {
        Fragments fragments = new Fragments();
        DiskRuns runs = new DiskRuns(store, disk);
        int count = 0;
        for (Optional<RunSlice> next = runs.next(); next.isPresent() && count < MAX_PIECES; next = runs.next()) {
            if (next.get().run() instanceof DiskRun.Part part && part.offsetBytes() > 0) {
                fragments
                        .pieces
                        .computeIfAbsent(part.content(), _ -> new ArrayList<>())
                        .add(next.get());
                fragments.last = next.get().at();
                count++;
            }
        }
        return fragments;
    }

    /** Whether a run is a piece of such a file, and will be {@link #wanted} with the others. */
    boolean take(RunSlice run) {
        if (!(run.run() instanceof DiskRun.Part part)) {
            return false;
        }
        List<RunSlice> others = pieces.get(part.content());
        if (others == null) {
            return false;
        }
        if (part.offsetBytes() == 0) {
            others.add(run);
            return true;
        }
        return run.at() <= last;
    }

    /** The files, when all runs of the disk were met; one that is there twice is two. */
    List<Wanted> wanted() {
        return pieces.values().stream().flatMap(Fragments::apart).toList();
    }

    /** Each piece goes to the file that ends nearest before it, the first of those on the disk: whichever it was of, what is put together so is held against the digest. */
    private static Stream<Wanted> apart(List<RunSlice> found) {
        found.sort(Comparator.comparingLong(Wanted::offset).thenComparingLong(RunSlice::at));
        TreeMap<Long, Deque<List<RunSlice>>> files = new TreeMap<>();
        for (RunSlice piece : found) {
            Map.Entry<Long, Deque<List<RunSlice>>> before = files.floorEntry(Wanted.offset(piece));
            List<RunSlice> file =
                    before == null ? new ArrayList<>() : before.getValue().removeFirst();
            if (before != null && before.getValue().isEmpty()) {
                files.remove(before.getKey());
            }
            file.add(piece);
            files.computeIfAbsent(Wanted.offset(piece) + piece.lengthBytes(), _ -> new ArrayDeque<>())
                    .add(file);
        }
        return files.values().stream().flatMap(Deque::stream).map(Wanted::new);
    }
}
