package dev.stemma.ingest.analyze;

import dev.stemma.ingest.analyze.GuestRoots.Candidate;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.Subvolume;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which of the subvolumes of a btrfs that look like a root file system are mounted as one. A snapshot of a root, and the file system of a
 * container, look the same; what tells them apart is that the {@code fstab} in the real one means itself: Fedora's by
 * {@code subvol=root}, Ubuntu's by {@code subvol=@}, openSUSE's by naming none and being the default. Stateless.
 */
public final class SubvolumeRoots {

    private SubvolumeRoots() {}

    /** Whether the {@code fstab} in a subvolume mounts this very subvolume as its root; false where there is none. */
    public static boolean mountsItself(FileSystemReader reader, Budget budget) throws ImageProblem {
        Optional<Subvolume> subvolume = reader.subvolume();
        if (subvolume.isEmpty()) {
            return false;
        }
        return Fstab.root(GuestFiles.of(reader, budget))
                .filter(line -> MountSource.isWanted(line, subvolume.get()))
                .isPresent();
    }

    /**
     * The subvolumes that any fstab in force names: one on a file system without subvolumes, in the default subvolume, or in one that
     * is mounted by it as the root.
     */
    public static Set<FileSystemReader> inUse(List<FileSystemReader> readers, Budget budget) throws ImageProblem {
        Set<FileSystemReader> inUse = Collections.newSetFromMap(new IdentityHashMap<>());
        for (FileSystemReader reader : readers) {
            for (Fstab.Line line : linesInForce(reader, budget)) {
                readers.stream().filter(one -> MountSource.mayMean(line, one)).forEach(inUse::add);
            }
        }
        return inUse;
    }

    private static List<Fstab.Line> linesInForce(FileSystemReader reader, Budget budget) throws ImageProblem {
        try {
            if (reader.subvolume().filter(one -> !one.byDefault()).isPresent() && !mountsItself(reader, budget)) {
                return List.of();
            }
            GuestFiles files = GuestFiles.of(reader, budget);
            List<Fstab.Line> lines = new ArrayList<>(Fstab.read(files));
            Fstab.root(files).ifPresent(lines::add);
            return lines;
        } catch (ImageProblem unreadable) {
            budget.check(reader.origin());
            return List.of();
        }
    }

    /** Those of the roots that are mounted as such; of a btrfs where none is, the default one, or else all. */
    static List<Candidate> chosen(List<Candidate> roots, Budget budget) {
        List<Candidate> chosen = new ArrayList<>();
        for (Candidate root : roots) {
            List<Candidate> rivals = roots.stream()
                    .filter(one -> one == root || MountSource.isSameBtrfs(one, root))
                    .toList();
            if (rivals.size() == 1 || best(rivals, budget).contains(root)) {
                chosen.add(root);
            }
        }
        return chosen;
    }

    private static List<Candidate> best(List<Candidate> rivals, Budget budget) {
        List<Candidate> own =
                rivals.stream().filter(one -> mountsItself(one, budget)).toList();
        if (!own.isEmpty()) {
            return own;
        }
        List<Candidate> byDefault = rivals.stream()
                .filter(one ->
                        one.reader().subvolume().filter(Subvolume::byDefault).isPresent())
                .toList();
        return byDefault.isEmpty() ? rivals : byDefault;
    }

    private static boolean mountsItself(Candidate candidate, Budget budget) {
        try {
            return mountsItself(candidate.reader(), budget);
        } catch (ImageProblem unreadable) {
            // Its own mounting says so as an observation.
            return false;
        }
    }
}
