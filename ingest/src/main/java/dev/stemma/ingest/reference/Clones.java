package dev.stemma.ingest.reference;

import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Makes many of one stored disk, which is read from the store once. Used by one thread at a time; several write. Nothing is forced to the medium. */
public final class Clones {

    private final CheckOut checkOut;
    private final Overlay overlay;
    private final Budget budget;

    /** @param threads that read and write, 1 or more */
    public Clones(ContentStore store, Budget budget, int threads) {
        this.checkOut = new CheckOut(store, budget, threads);
        // The only backing file is one that was made here.
        this.overlay = new Overlay(store, ImageRules.within(), budget, threads);
        this.budget = budget;
    }

    /** What all but the first are. */
    public enum Way {
        /** Raw disks of their own, whatever becomes of the others: shared with the first where the file system can, else copied from it. */
        ALONE,
        /** Overlays (qcow2) on the first, which nobody may write to as long as one of them is used. */
        ON_THE_FIRST
    }

    /** How a clone came to be. */
    public enum How {
        /** From the store. */
        CHECKED_OUT,
        /** It shares its place on the medium with the first, until either is written to. */
        SHARED,
        /** Copied from the first, and held against digests. */
        COPIED,
        /** An overlay on the first. */
        OVERLAY
    }

    /** A clone that is whole. */
    public record Clone(Path file, How how) {}

    /**
     * Makes one of each target, the first a raw disk. When one fails, all are removed.
     *
     * @param targets files that are not there yet, at least one
     * @throws java.nio.file.FileAlreadyExistsException when a target is there; it is left alone
     * @throws dev.stemma.ingest.content.DamagedStoreException when the store does not hold what it promised
     */
    public List<Clone> make(ImageManifest.Disk disk, List<Path> targets, Way way) throws ImageProblem, IOException {
        List<Clone> made = new ArrayList<>();
        boolean whole = false;
        try {
            for (Path target : targets) {
                made.add(
                        made.isEmpty() ? first(disk, target, _ -> {}) : further(disk, targets.getFirst(), target, way));
            }
            whole = true;
            return List.copyOf(made);
        } finally {
            for (Clone clone : whole ? List.<Clone>of() : made) {
                Files.deleteIfExists(clone.file());
            }
        }
    }

    /**
     * Makes the first, a raw disk.
     *
     * @param told how many bytes that are not zeros were written so far, now and then and from any thread
     * @throws java.nio.file.FileAlreadyExistsException when the target is there; it is left alone
     * @throws dev.stemma.ingest.content.DamagedStoreException when the store does not hold what it promised
     */
    public Clone first(ImageManifest.Disk disk, Path target, LongConsumer told) throws ImageProblem, IOException {
        checkOut.raw(disk, target, List.of(), told);
        return new Clone(target, How.CHECKED_OUT);
    }

    /**
     * Makes one more.
     *
     * @param first which was made just now, or held against its digests
     * @throws java.nio.file.FileAlreadyExistsException when the target is there; it is left alone
     */
    public Clone further(ImageManifest.Disk disk, Path first, Path target, Way way) throws ImageProblem, IOException {
        return switch (way) {
            case ALONE -> {
                if (share(first, target)) {
                    yield new Clone(target, How.SHARED);
                }
                checkOut.raw(disk, target, List.of(Seed.unknown(first)));
                yield new Clone(target, How.COPIED);
            }
            case ON_THE_FIRST -> {
                overlay.writeUnchecked(disk, new Overlay.Backing(first, "raw", disk), target);
                yield new Clone(target, How.OVERLAY);
            }
        };
    }

    private boolean share(Path first, Path target) throws ImageProblem, IOException {
        try (Descriptor source = Descriptor.reading(first);
                TargetFile file = TargetFile.create(target, budget)) {
            file.checkBudget();
            boolean shared = file.descriptor().share(source, 0, Descriptor.TO_THE_END, 0) == Descriptor.Shared.YES;
            if (shared) {
                file.keep();
            }
            return shared;
        }
    }
}
