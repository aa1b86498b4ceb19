package dev.stemma.api.wiring;

import dev.stemma.api.home.Targets;
import dev.stemma.api.problem.ProblemCode;
import dev.stemma.api.problem.ProblemException;
import dev.stemma.api.problem.ReferenceProblems;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.DamagedStoreException;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.content.StoreUnreachableException;
import dev.stemma.ingest.image.ImageFacts;
import dev.stemma.ingest.image.ImageOpener;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.image.OpenImage;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.reference.CheckOut;
import dev.stemma.ingest.reference.OvaCheckOut;
import dev.stemma.ingest.reference.ReferenceProblem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The files that one run of a job makes of a version: all of them, or none that was not there. For one thread. */
final class MadeFiles {

    static final int THREADS = Runtime.getRuntime().availableProcessors();

    private final IndexWork index;
    private final Targets places;
    private final ContentStore store;
    private final Budget budget;
    private final List<Path> made = new ArrayList<>();

    MadeFiles(IndexWork index, Targets places, ContentStore store, Budget budget) {
        this.index = index;
        this.places = places;
        this.store = store;
        this.budget = budget;
    }

    /** What makes them. */
    interface Making<T> {
        T make() throws ImageProblem, IOException;
    }

    /**
     * Makes them, and removes what was {@linkplain #made made} when that fails. Where the graph fails it is not known whether the branch is there, and the files stay.
     *
     * @param target what a problem names
     */
    <T> T allOrNone(String target, Making<T> making) throws ImageProblem, IOException {
        try {
            return making.make();
        } catch (ImageProblem e) {
            remove();
            // What QEMU says of a target that is full.
            if (e.code().equals("tool-failed") && ReferenceProblems.full(e.reason())) {
                throw full(target, e.reason());
            }
            throw e;
        } catch (ReferenceProblem | ProblemException e) {
            remove();
            throw e;
        } catch (DamagedStoreException | StoreUnreachableException | FileAlreadyExistsException e) {
            remove();
            throw e;
        } catch (IOException e) {
            // The store is only read: what else fails is the target.
            remove();
            throw unwritable(target, e);
        }
    }

    /** What is wrong with a target that could not be written. */
    static ProblemException unwritable(String target, IOException e) {
        String words = String.valueOf(e.getMessage());
        return ReferenceProblems.full(words)
                ? full(target, words)
                : ProblemCode.TARGET_UNWRITABLE.because(
                        target + " cannot be written: " + words, "Look at its directory, or name another target.");
    }

    private static ProblemException full(String target, String words) {
        return ProblemCode.TARGET_FULL.because(
                "there is no space left for " + target + ": " + words,
                "Free some space there, or name another target. Nothing was left there.");
    }

    /** One more was made. */
    void made(Path file) {
        made.add(file);
    }

    private void remove() throws IOException {
        for (Path file : made) {
            Files.deleteIfExists(file);
        }
    }

    /** The first disk has the name that was asked for, the second -2 in it, and so on; asked about once more, for the request may be old. */
    List<Path> targets(Path first, int disks) throws IOException {
        String name = String.valueOf(first.getFileName());
        int dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
        List<Path> targets = new ArrayList<>(List.of(places.place(first)));
        for (int i = 2; i <= disks; i++) {
            targets.add(places.place(first.resolveSibling(name.substring(0, dot) + "-" + i + name.substring(dot))));
        }
        return targets;
    }

    /** Whether the file is there, and is what it is to be: a run that was ended by a crash may have come that far. What else is there is left alone. */
    boolean has(ImageManifest.Disk disk, Path target, String format) throws ImageProblem, IOException {
        return has(target, () -> new CheckOut(store, budget, THREADS).holds(disk, target, rules(target, format)));
    }

    /** The same of an archive with all disks. */
    boolean has(List<ImageManifest.Disk> disks, Path target, Path sockets) throws ImageProblem, IOException {
        return has(target, () -> new OvaCheckOut(store, sockets, budget)
                .holds(disks, target, rules(target, OvaCheckOut.FORMAT), THREADS));
    }

    private static boolean has(Path target, Making<Boolean> holds) throws ImageProblem, IOException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS) || !holds.make()) {
            throw ProblemCode.TARGET_EXISTS.because(target + " is there already", "Name another target.");
        }
        return true;
    }

    /** What is acknowledged is on the medium. */
    static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        try (FileChannel parent = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
            parent.force(true);
        }
    }

    ImageFacts facts(Path file, String format) throws ImageProblem {
        try (OpenImage image = ImageOpener.open(file, rules(file, format), budget)) {
            return image.facts();
        }
    }

    private ImageRules rules(Path file, String format) throws ImageProblem {
        ImageRules rules = index.rules(file.toString());
        return format.equals("raw") ? rules.withFormat("raw") : rules;
    }
}
