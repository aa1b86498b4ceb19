package dev.stemma.ingest;

import dev.stemma.graph.model.Observation.Severity;
import dev.stemma.graph.model.Partition;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.guestfs.GuestfsVolumes;
import dev.stemma.ingest.filesystem.guestfs.Mountable;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Unreadable;
import dev.stemma.ingest.problem.Unsupported;
import dev.stemma.ingest.volume.LogicalVolume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Java refused and Linux may read: one appliance for the whole disk, started only when there is something for it. Where
 * it cannot be had, what was refused is missing, and an observation says why and what to install.
 */
final class SecondWay implements AutoCloseable {

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

    /**
     * Starts an appliance if there is need.
     *
     * @param refused why Java does not read a partition, by partition
     * @throws ImageProblem when the run has to end; not when there is no appliance
     */
    static SecondWay open(Map<Partition, ImageProblem> refused, ByteSource disk, Budget budget, ObservationLog log)
            throws ImageProblem {
        GuestfsVolumes volumes = null;
        if (!refused.isEmpty()) {
            try {
                volumes = GuestfsVolumes.open(disk, budget);
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
            } else if (LogicalVolume.is(part.partition())) {
                // The appliance's own name for it is taken below: it may count arrays in another order.
                if (found.stream().noneMatch(one -> isNamed(part, one))) {
                    log.add(refusal, Severity.MISSING, ObservationLog.NAME);
                }
            } else {
                parts.add(new Disk.Part(part.partition(), reader(part.partition(), refusal, found, others)));
            }
        }
        int number =
                parts.stream().mapToInt(part -> part.partition().number()).max().orElse(0);
        for (Mountable mountable : found) {
            if (mountable.kind() != Mountable.Kind.PARTITION
                    && mountable.hasFiles()
                    && first.stream().noneMatch(part -> isRead(part, mountable))) {
                Partition partition = new Partition(
                        ++number,
                        0,
                        mountable.sizeBytes(),
                        Optional.of(mountable.shortName()),
                        Optional.empty(),
                        Optional.empty(),
                        false);
                parts.add(new Disk.Part(partition, mount(mountable)));
            }
        }
        return parts;
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
        // A physical volume or a btrfs is not mounted itself: what lies on it follows.
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
