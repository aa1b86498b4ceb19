package dev.stemma.ingest.analyze;

import dev.stemma.graph.model.FileSystem;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.Partition;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.volume.LogicalVolume;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of a disk's file systems are roots of a guest, and which belong under them. A root is what carries
 * {@code /etc/os-release}, {@code /usr/lib/os-release} or what distributions had before it; its {@code /etc/fstab} says by UUID,
 * label, partition UUID or device where others are mounted.
 *
 * @param guests one for each root, usually one
 * @param observations file systems that {@code fstab} wants and the image does not have
 */
public record GuestRoots(List<GuestFiles> guests, List<Observation> observations) {

    /** As observations name it. */
    public static final String NAME = "guest-root/1";

    private static final List<GuestPath> MARKS = List.of(
            GuestPath.parse("/etc/os-release"),
            GuestPath.parse("/usr/lib/os-release"),
            GuestPath.parse("/etc/debian_version"),
            GuestPath.parse("/etc/redhat-release"),
            GuestPath.parse("/etc/SuSE-release"),
            GuestPath.parse("/etc/alpine-release"),
            GuestPath.parse("/etc/arch-release"));

    private static final Pattern DEVICE =
            Pattern.compile("/dev/(?:(?:sd|vd|xvd|hd)([a-z])|nvme(\\d{1,3})n\\d+p)(\\d+)");

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

    /** Finds the roots among the file systems of one image. */
    public static GuestRoots find(List<Candidate> candidates, Budget budget) {
        List<GuestFiles> guests = new ArrayList<>();
        List<Observation> observations = new ArrayList<>();
        for (Candidate candidate : candidates) {
            GuestFiles alone = GuestFiles.of(candidate.reader, budget);
            try {
                if (isRoot(alone)) {
                    guests.add(mounted(alone, candidate, candidates, observations));
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
        return new GuestRoots(guests, observations);
    }

    private static boolean isRoot(GuestFiles files) throws ImageProblem {
        for (GuestPath mark : MARKS) {
            if (files.findLink(mark).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static GuestFiles mounted(
            GuestFiles alone, Candidate root, List<Candidate> candidates, List<Observation> observations)
            throws ImageProblem {
        Map<GuestPath, FileSystemReader> mounts = new LinkedHashMap<>();
        boolean several = candidates.stream().anyMatch(candidate -> candidate.volume > 0);
        for (Fstab.Line line : Fstab.read(alone)) {
            Optional<Candidate> found = candidates.stream()
                    .filter(candidate -> candidate != root && matches(line.source(), candidate, several))
                    .findFirst();
            if (found.isPresent()) {
                mounts.putIfAbsent(line.target(), found.get().reader);
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

    private static boolean matches(String source, Candidate candidate, boolean severalVolumes) {
        FileSystem facts = candidate.reader.facts();
        Partition partition = candidate.partition;
        int equals = source.indexOf('=');
        if (equals < 0) {
            if (LogicalVolume.is(partition)) {
                return isLogicalVolume(source, partition.type().orElse(""));
            }
            Matcher device = DEVICE.matcher(source);
            return device.matches()
                    && device.group(3).equals(String.valueOf(partition.number()))
                    && (!severalVolumes || disk(device) == candidate.volume);
        }
        String value = source.substring(equals + 1);
        return switch (source.substring(0, equals)) {
            case "UUID" -> is(facts.uuid(), value);
            case "LABEL" -> facts.label().filter(value::equals).isPresent();
            case "PARTUUID" -> is(partition.uuid(), value);
            case "PARTLABEL" -> partition.name().filter(value::equals).isPresent();
            default -> false;
        };
    }

    /** Which disk a device's name means, where the image holds all of the machine's. */
    private static int disk(Matcher device) {
        return device.group(1) == null
                ? Integer.parseInt(device.group(2))
                : device.group(1).charAt(0) - 'a';
    }

    /** {@code /dev/vg/lv}, or the device mapper's {@code /dev/mapper/vg-lv}, where a dash within a name is doubled. */
    private static boolean isLogicalVolume(String source, String volume) {
        if (!volume.startsWith("lvm:")) {
            // A guest numbers its arrays by a file of its own, so a device name says nothing about which one it is.
            return false;
        }
        String name = volume.substring("lvm:".length());
        String mapped = name.replace("-", "--").replace('/', '-');
        return source.equals("/dev/" + name) || source.equals("/dev/mapper/" + mapped);
    }

    private static boolean is(Optional<String> uuid, String value) {
        return uuid.filter(value::equalsIgnoreCase).isPresent();
    }
}
