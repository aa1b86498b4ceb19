package dev.stemma.ingest.analyze;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.Partition;
import dev.stemma.ingest.analyze.windows.WindowsFolder;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which of a disk's file systems are roots of a guest, and which belong under them. A root is what carries
 * {@code /etc/os-release}, {@code /usr/lib/os-release}, what distributions had before it, or a Windows folder with a registry; its {@code /etc/fstab} says by UUID,
 * label, partition UUID or device where others are mounted.
 *
 * @param guests one for each root, usually one
 * @param observations file systems that {@code fstab} wants and the image does not have
 */
public record GuestRoots(List<GuestFiles> guests, List<Observation> observations) {

    /** As observations name it. */
    public static final String NAME = "guest-root/2";

    private static final List<GuestPath> MARKS = List.of(
            GuestPath.parse("/etc/os-release"),
            GuestPath.parse("/usr/lib/os-release"),
            GuestPath.parse("/etc/debian_version"),
            GuestPath.parse("/etc/redhat-release"),
            GuestPath.parse("/etc/SuSE-release"),
            GuestPath.parse("/etc/alpine-release"),
            GuestPath.parse("/etc/arch-release"));

    public GuestRoots {
        guests = List.copyOf(guests);
        observations = List.copyOf(observations);
    }

    /**
     * A file system that was opened, and the partition that holds it.
     *
     * @param volume the index of its disk in the image, from 0
     */
    public record Candidate(FileSystemReader reader, Partition partition, int volume) {
        /** On the first disk. */
        public Candidate(FileSystemReader reader, Partition partition) {
            this(reader, partition, 0);
        }
    }

    /**
     * Finds the roots among the file systems of one image. Of the subvolumes of a btrfs only those are roots that would be mounted as such:
     * snapshots and containers carry the same marks.
     */
    public static GuestRoots find(List<Candidate> candidates, Budget budget) {
        List<GuestFiles> guests = new ArrayList<>();
        List<Observation> observations = new ArrayList<>();
        List<Candidate> roots = new ArrayList<>();
        for (Candidate candidate : candidates) {
            GuestFiles alone = GuestFiles.of(candidate.reader, budget);
            try {
                if (isRoot(alone)) {
                    roots.add(candidate);
                }
            } catch (ImageProblem e) {
                observations.add(new Observation(
                        e.code(),
                        Observation.Severity.PARTIAL,
                        e.origin().toString(),
                        "whether a system is installed here could not be told: " + e.reason(),
                        Optional.ofNullable(e.remedy()),
                        NAME));
            }
        }
        for (Candidate root : SubvolumeRoots.chosen(roots, budget)) {
            GuestFiles alone = GuestFiles.of(root.reader, budget);
            try {
                guests.add(mounted(alone, root, candidates, observations));
            } catch (ImageProblem e) {
                guests.add(alone);
                observations.add(new Observation(
                        e.code(),
                        Observation.Severity.PARTIAL,
                        e.origin().toString(),
                        "where its file systems are mounted could not be told: " + e.reason(),
                        Optional.ofNullable(e.remedy()),
                        NAME));
            }
        }
        return new GuestRoots(guests, observations);
    }

    private static boolean isUnlocked(@Nullable String name, Candidate candidate) {
        return name != null && candidate.partition.type().filter(name::equals).isPresent();
    }

    private static boolean isRoot(GuestFiles files) throws ImageProblem {
        for (GuestPath mark : MARKS) {
            if (files.findLink(mark).isPresent()) {
                return true;
            }
        }
        return WindowsFolder.find(files).isPresent();
    }

    private static GuestFiles mounted(
            GuestFiles alone, Candidate root, List<Candidate> candidates, List<Observation> observations)
            throws ImageProblem {
        Map<GuestPath, FileSystemReader> mounts = new LinkedHashMap<>();
        Map<String, String> unlocked = Crypttab.read(alone);
        for (Fstab.Line line : Fstab.read(alone)) {
            Optional<Candidate> found = candidates.stream()
                    .filter(candidate -> candidate != root
                            && (MountSource.names(line, candidate, candidates)
                                    || isUnlocked(unlocked.get(line.source()), candidate)))
                    .findFirst();
            if (found.isPresent()) {
                // A link among the directories of a target is followed, as mount(8) does.
                GuestPath target = GuestFiles.of(root.reader, mounts, alone.budget())
                        .find(line.target())
                        .map(GuestFiles.Found::path)
                        .orElse(line.target());
                mounts.putIfAbsent(target, found.get().reader);
            } else if (line.holdsSystem()) {
                observations.add(new Observation(
                        "mount-not-found",
                        Observation.Severity.PARTIAL,
                        alone.origin(Fstab.PATH).toString(),
                        line.target() + " should be mounted from " + line.source()
                                + ", which could not be found or read",
                        Optional.of("Index an image that holds all the disks of the machine."),
                        NAME));
            }
        }
        return mounts.isEmpty() ? alone : GuestFiles.of(root.reader, mounts, alone.budget());
    }
}
