package dev.stemma.ingest;

import dev.stemma.graph.model.Observation.Severity;
import dev.stemma.graph.model.Partition;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.FileSystems;
import dev.stemma.ingest.key.VolumeKey;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.volume.LogicalVolume;
import dev.stemma.ingest.volume.Volumes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What lies on volume managers: gathers their members while a disk's partitions are gone through, then opens what the volumes hold. For
 * one thread.
 */
final class VolumeParts {

    private final List<Partition> partitions = new ArrayList<>();
    private final List<ByteSource> members = new ArrayList<>();
    private final Map<Partition, ImageProblem> refused;
    private final List<VolumeKey> keys;
    private final Budget budget;
    private final ObservationLog log;

    /** @param refused takes what only the appliance can read, by partition */
    VolumeParts(Map<Partition, ImageProblem> refused, List<VolumeKey> keys, Budget budget, ObservationLog log) {
        this.refused = refused;
        this.keys = keys;
        this.budget = budget;
        this.log = log;
    }

    /** Takes a partition that is a member of a volume manager; one that Java does not know is left to the appliance. */
    void add(Partition partition, ByteSource bytes, ImageProblem refusal) throws ImageProblem {
        if (Volumes.isMember(bytes)) {
            partitions.add(partition);
            members.add(bytes);
        } else {
            refused.put(partition, refusal);
        }
    }

    /** Adds a part for each volume that has files, or may have some that the appliance can read. */
    void open(List<Disk.Part> parts) throws ImageProblem {
        if (members.isEmpty()) {
            return;
        }
        Volumes volumes = Volumes.find(members);
        log.addAll(volumes.observations());
        for (Volumes.Refused one : volumes.refused()) {
            Walk.requireGoingOn(one.problem(), budget, one.problem().origin());
            if (SecondWay.mayRead(one.problem(), keys)) {
                refused.putIfAbsent(partitions.get(one.member()), one.problem());
            } else {
                log.add(one.problem(), Severity.MISSING, Volumes.NAME);
            }
        }
        int number =
                parts.stream().mapToInt(part -> part.partition().number()).max().orElse(0);
        for (Volumes.Opened one : volumes.opened()) {
            Partition partition = partition(number + 1, one.volume());
            try {
                parts.add(
                        new Disk.Part(partition, Optional.of(reader(one.volume().bytes()))));
                number++;
            } catch (ImageProblem e) {
                Walk.requireGoingOn(e, budget, e.origin());
                if (SecondWay.mayRead(e, keys)) {
                    refused.put(partition, e);
                    parts.add(new Disk.Part(partition, Optional.empty()));
                    number++;
                } else {
                    log.add(e, severity(e), ObservationLog.NAME);
                }
            }
        }
    }

    private FileSystemReader reader(ByteSource bytes) throws ImageProblem {
        try {
            return FileSystems.open(bytes, budget);
        } catch (RuntimeException | StackOverflowError e) {
            throw new Corrupt("reader-failed", bytes.origin(), "its bytes make no sense: " + e, null, e);
        }
    }

    private static Partition partition(int number, LogicalVolume volume) {
        return new Partition(
                number,
                0,
                volume.bytes().sizeBytes(),
                Optional.of(volume.name()),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static Severity severity(ImageProblem problem) {
        return switch (problem.code()) {
            case "swap", "empty-partition" -> Severity.NOTE;
            default -> Severity.MISSING;
        };
    }
}
