package dev.stemma.ingest;

import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.Observation.Severity;
import dev.stemma.graph.model.Partition;
import dev.stemma.ingest.analyze.SubvolumeRoots;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.FileSystems;
import dev.stemma.ingest.filesystem.Subvolume;
import dev.stemma.ingest.filesystem.guestfs.GuestfsVolumes;
import dev.stemma.ingest.filesystem.guestfs.Mountable;
import dev.stemma.ingest.key.VolumeKey;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Unreadable;
import dev.stemma.ingest.problem.Unsupported;
import dev.stemma.ingest.volume.LogicalVolume;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What Java refused and Linux may read: one appliance for the whole disk, started only when there is something for it. Where
 * it cannot be had, what was refused is missing, and an observation says why and what to install.
 */
final class SecondWay implements AutoCloseable {

    /** Snapshots that are looked into, to see whether the system is mounted from one. */
    private static final int MAX_SNAPSHOTS = 256;

    private static final int NAMED_SNAPSHOTS = 20;

    private final Map<Partition, ImageProblem> refused;
    private final ByteSource disk;
    private final Budget budget;
    private final ObservationLog log;
    private final @Nullable GuestfsVolumes volumes;

    private SecondWay(
            Map<Partition, ImageProblem> refused,
            ByteSource disk,
            Budget budget,
            ObservationLog log,
            @Nullable GuestfsVolumes volumes) {
        this.refused = refused;
        this.disk = disk;
        this.budget = budget;
        this.log = log;
        this.volumes = volumes;
    }

    /** Whether Linux may be able to read what Java refused; what is encrypted with a key only. */
    static boolean mayRead(ImageProblem refusal, List<VolumeKey> keys) {
        return FileSystems.readableByAppliance(refusal)
                || !keys.isEmpty() && refusal.code().equals("encrypted");
    }

    /**
     * Starts an appliance if there is need.
     *
     * @param refused why Java does not read a partition, by partition
     * @param keys to what is encrypted
     * @throws ImageProblem when the run has to end; not when there is no appliance
     */
    static SecondWay open(
            Map<Partition, ImageProblem> refused,
            ByteSource disk,
            List<VolumeKey> keys,
            Budget budget,
            ObservationLog log)
            throws ImageProblem {
        GuestfsVolumes volumes = null;
        if (!refused.isEmpty()) {
            try {
                volumes = GuestfsVolumes.open(disk, keys, budget);
            } catch (Unreadable e) {
                budget.check(disk.origin());
                for (ImageProblem refusal : refused.values()) {
                    log.add(
                            new Unsupported(
                                    refusal.code(), refusal.origin(), refusal.reason() + "; " + e.reason(), e.remedy()),
                            Severity.MISSING,
                            ObservationLog.NAME);
                }
            }
        }
        return new SecondWay(refused, disk, budget, log, volumes);
    }

    /** The partitions that were refused, with readers where Linux mounts them, and what lies on volume managers after them. */
    List<Disk.Part> parts(List<Disk.Part> first) throws ImageProblem {
        if (volumes == null) {
            return first;
        }
        List<Mountable> found = volumes.list();
        List<Disk.Part> parts = new ArrayList<>();
        boolean others = found.stream().anyMatch(one -> one.kind() != Mountable.Kind.PARTITION);
        for (Disk.Part part : first) {
            ImageProblem refusal = refused.get(part.partition());
            if (refusal == null) {
                parts.add(part);
            } else if (refusal.code().equals("encrypted")) {
                parts.add(new Disk.Part(part.partition(), Optional.empty()));
                logUnlessUnlocked(part, refusal, found);
            } else if (LogicalVolume.is(part.partition())) {
                // The appliance's own name for it is taken below: it may count arrays in another order.
                if (found.stream().noneMatch(one -> isNamed(part, one))) {
                    log.add(refusal, Severity.MISSING, ObservationLog.NAME);
                }
            } else {
                parts.add(new Disk.Part(part.partition(), reader(part.partition(), refusal, found, others)));
            }
        }
        for (Mountable mountable : found) {
            if (mountable.kind() != Mountable.Kind.PARTITION
                    && mountable.hasFiles()
                    && !isSnapshot(mountable)
                    && first.stream().noneMatch(part -> isRead(part, mountable))) {
                parts.add(new Disk.Part(numbered(parts, mountable), mount(mountable)));
            }
        }
        for (Mountable container : found) {
            // Those on partitions, and on the volumes that Java reads, have had their word.
            if (container.encrypted()
                    && container.kind() != Mountable.Kind.PARTITION
                    && !volumes.isUnlocked(container)
                    && first.stream().noneMatch(part -> isNamed(part, container))) {
                mount(container);
            }
        }
        addSnapshotsInUse(parts, found.stream().filter(SecondWay::isSnapshot).toList());
        return parts;
    }

    private static Partition numbered(List<Disk.Part> parts, Mountable mountable) {
        int last =
                parts.stream().mapToInt(part -> part.partition().number()).max().orElse(0);
        return new Partition(
                last + 1,
                0,
                mountable.sizeBytes(),
                Optional.of(mountable.shortName()),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static boolean isSnapshot(Mountable mountable) {
        return mountable.snapshot()
                && mountable.subvolume().filter(Subvolume::byDefault).isEmpty();
    }

    /**
     * A snapshot is the past of a system and no part of it, unless the system was set back to it: then some fstab names it. The others are
     * only named: each would cost as much as the system itself.
     */
    private void addSnapshotsInUse(List<Disk.Part> parts, List<Mountable> snapshots) throws ImageProblem {
        if (snapshots.isEmpty()) {
            return;
        }
        Map<Mountable, FileSystemReader> opened = new LinkedHashMap<>();
        for (Mountable snapshot : snapshots.subList(0, Math.min(snapshots.size(), MAX_SNAPSHOTS))) {
            mount(snapshot).ifPresent(reader -> opened.put(snapshot, reader));
        }
        Set<FileSystemReader> inUse = SubvolumeRoots.inUse(
                Stream.concat(parts.stream().flatMap(part -> part.reader().stream()), opened.values().stream())
                        .toList(),
                budget);
        List<String> left = new ArrayList<>();
        for (Mountable snapshot : snapshots) {
            FileSystemReader reader = opened.get(snapshot);
            if (reader != null && inUse.contains(reader)) {
                parts.add(new Disk.Part(numbered(parts, snapshot), Optional.of(reader)));
            } else {
                left.add(snapshot.shortName());
            }
        }
        if (!left.isEmpty()) {
            log.add(new Observation(
                    "snapshots-not-read",
                    Severity.NOTE,
                    disk.origin().toString(),
                    left.size() + " snapshots are no part of the system and not read: "
                            + String.join(", ", left.subList(0, Math.min(left.size(), NAMED_SNAPSHOTS)))
                            + (left.size() > NAMED_SNAPSHOTS ? ", …" : ""),
                    Optional.empty(),
                    ObservationLog.NAME));
        }
    }

    /** A container stays a part without a file system; what a key shows in it follows as parts of their own. */
    private void logUnlessUnlocked(Disk.Part part, ImageProblem refusal, List<Mountable> found) {
        boolean unlocked = volumes != null
                && found.stream()
                        .filter(volumes::isUnlocked)
                        .anyMatch(container -> LogicalVolume.is(part.partition())
                                ? isNamed(part, container)
                                : container.kind() == Mountable.Kind.PARTITION
                                        && container.partition()
                                                == part.partition().number());
        if (!unlocked) {
            log.add(
                    new Unsupported(
                            "encrypted", refusal.origin(), "it is encrypted, and no key that was given opens it"),
                    Severity.MISSING,
                    ObservationLog.NAME);
        }
    }

    private static boolean isNamed(Disk.Part part, Mountable mountable) {
        return part.partition().type().filter(mountable.shortName()::equals).isPresent();
    }

    /** Whether Java reads that volume already: by the file system's UUID where it has one, which is surer than an array's number. */
    private static boolean isRead(Disk.Part part, Mountable mountable) {
        if (!LogicalVolume.is(part.partition()) || part.facts().isEmpty()) {
            return false;
        }
        Optional<String> uuid = part.facts().get().uuid();
        return uuid.isPresent() && mountable.uuid().isPresent()
                ? uuid.equals(mountable.uuid())
                : isNamed(part, mountable);
    }

    private Optional<FileSystemReader> reader(
            Partition partition, ImageProblem refusal, List<Mountable> found, boolean others) throws ImageProblem {
        for (Mountable mountable : found) {
            if (mountable.kind() == Mountable.Kind.PARTITION
                    && mountable.partition() == partition.number()
                    && mountable.hasFiles()) {
                return mount(mountable);
            }
        }
        // A physical volume is not mounted itself: what lies on it follows.
        if (!others) {
            log.add(refusal, Severity.MISSING, ObservationLog.NAME);
        }
        return Optional.empty();
    }

    private Optional<FileSystemReader> mount(Mountable mountable) throws ImageProblem {
        if (volumes == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(volumes.open(mountable));
        } catch (ImageProblem e) {
            budget.check(disk.origin());
            log.add(e, Severity.MISSING, ObservationLog.NAME);
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        if (volumes != null) {
            volumes.close();
        }
    }
}
