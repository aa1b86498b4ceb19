package dev.stemma.ingest.reference;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.content.DiskRun;
import dev.stemma.ingest.problem.ImageProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Brings what is wanted from seeds into a target, holds what lies there then against its digest, and takes the rest from the store. What is checked
 * is the target, which nobody else writes to: a seed may change at any moment, also one that is shared. Not thread-safe.
 */
final class SeedCopies {

    private static final int BUFFER_BYTES = 1 << 20;

    private static final Comparator<SeedFile.Copy> BY_PLACE = Comparator.comparingLong(SeedFile.Copy::to);

    private final List<SeedFile> seeds;
    private final TargetFile target;
    private final SliceWriter writer;
    private final RunCheck check;
    private final Tally tally;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    SeedCopies(StoreRuns store, List<SeedFile> seeds, TargetFile target, Tally tally) {
        this.seeds = seeds;
        this.target = target;
        this.writer = new SliceWriter(store, target);
        this.check = new RunCheck(store, target::read);
        this.tally = tally;
    }

    /** Writes all of these, of which those that are single runs should come in the order of the disk. */
    void write(List<Wanted> wanted) throws ImageProblem, IOException {
        List<Wanted> open = wanted;
        Set<Wanted> written = Collections.newSetFromMap(new IdentityHashMap<>());
        for (SeedFile seed : seeds) {
            open = bring(seed, open, written);
        }
        for (Wanted one : open) {
            boolean fresh = !written.contains(one);
            if (one.content().isEmpty() && fresh) {
                continue;
            }
            for (RunSlice piece : one.pieces()) {
                writer.write(piece, fresh);
            }
            if (one.content().isPresent()) {
                tally.moved.add(one.lengthBytes());
            }
        }
        writer.flush();
    }

    /** Gives what is still wanted. */
    private List<Wanted> bring(SeedFile seed, List<Wanted> open, Set<Wanted> written) throws ImageProblem, IOException {
        Set<Wanted> tried = Collections.newSetFromMap(new IdentityHashMap<>());
        List<SeedFile.Copy> shared = new ArrayList<>();
        for (SeedFile.Copy copy : copies(seed, open, tried)) {
            shared.add(seed.bring(copy, target, buffer));
        }
        shared.sort(BY_PLACE);
        List<Wanted> rest = new ArrayList<>();
        for (Wanted one : open) {
            if (!tried.contains(one)) {
                rest.add(one);
            } else if (!check.holds(one)) {
                rest.add(one);
                written.add(one);
            } else if (one.content().isPresent()) {
                tally.reused.add(one.lengthBytes());
                tally.reflinked.add(shared(one, shared));
            }
        }
        return rest;
    }

    /** What lies side by side in the seed as it does in the target is one copy. */
    private static List<SeedFile.Copy> copies(SeedFile seed, List<Wanted> open, Set<Wanted> tried) {
        List<SeedFile.Copy> copies = new ArrayList<>();
        for (Wanted one : open) {
            Optional<Digest> content = one.content();
            for (RunSlice piece : one.pieces()) {
                if (content.isPresent() && digestTells(one)) {
                    for (SeedFile.Copy copy : seed.find(piece, content.get())) {
                        tried.add(one);
                        add(copies, copy);
                    }
                } else if (content.isEmpty()
                        && !copies.isEmpty()
                        && copies.getLast().end() == piece.at()) {
                    // Zeros behind a file's end, without which its last block could not be shared.
                    tried.add(one);
                    copies.add(copies.removeLast().longer(piece.lengthBytes()));
                }
            }
        }
        return copies;
    }

    /** A piece from the middle of a file, whose others are not at hand, is told by no digest. */
    private static boolean digestTells(Wanted one) {
        return one.pieces().size() > 1
                || !(one.pieces().getFirst().run() instanceof DiskRun.Part part)
                || part.offsetBytes() == 0;
    }

    private static void add(List<SeedFile.Copy> copies, SeedFile.Copy copy) {
        if (!copies.isEmpty() && copies.getLast().goesOn(copy)) {
            copies.add(copies.removeLast().longer(copy.lengthBytes()));
        } else {
            copies.add(copy);
        }
    }

    /** How much of it lies in the shared stretches, which are in the order of the target. */
    private static long shared(Wanted one, List<SeedFile.Copy> shared) {
        long bytes = 0;
        for (RunSlice piece : one.pieces()) {
            int at = Collections.binarySearch(shared, new SeedFile.Copy(0, piece.at(), 0), BY_PLACE);
            for (int i = Math.max(0, at >= 0 ? at : -at - 2);
                    i < shared.size() && shared.get(i).to() < piece.end();
                    i++) {
                long from = Math.max(piece.at(), shared.get(i).to());
                bytes += Math.max(0, Math.min(piece.end(), shared.get(i).end()) - from);
            }
        }
        return bytes;
    }
}
