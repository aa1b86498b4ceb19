package dev.stemma.ingest.partition;

import dev.stemma.graph.model.Partition;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A partition as the table names it, and its bytes where the table can be believed.
 *
 * @param container whether it only holds other partitions (an extended partition) and no file system of its own
 */
public record Slot(Partition partition, boolean container, ByteSource disk, Optional<Corrupt> problem) {

    static Slot whole(ByteSource disk) {
        Partition partition =
                new Partition(0, 0, disk.sizeBytes(), Optional.empty(), Optional.empty(), Optional.empty(), false);
        return new Slot(partition, false, disk, Optional.empty());
    }

    /**
     * The partition's bytes, bounded. Closed with the disk.
     *
     * @throws Corrupt {@code partition-out-of-bounds} or {@code partition-overlap}, when it does not lie on the disk or lies
     *     on another partition's bytes
     */
    public ByteSource bytes() throws ImageProblem {
        if (problem.isPresent()) {
            throw problem.get();
        }
        return partition.number() == 0
                ? disk
                : disk.slice("partition " + partition.number(), partition.offsetBytes(), partition.sizeBytes());
    }

    /** Finds what lies outside of the disk or on another partition; of two that overlap, the one that starts later. */
    static List<Slot> checked(ByteSource disk, List<Slot> slots) {
        List<Slot> checked = new ArrayList<>(slots);
        List<Integer> byStart = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            byStart.add(i);
        }
        byStart.sort(
                Comparator.comparingLong((Integer i) -> slots.get(i).partition.offsetBytes()));
        long takenUpTo = 0;
        for (int i : byStart) {
            Slot slot = slots.get(i);
            Partition partition = slot.partition;
            long size = partition.sizeBytes();
            if (partition.offsetBytes() < 0 || size <= 0 || partition.offsetBytes() > disk.sizeBytes() - size) {
                checked.set(
                        i,
                        slot.broken(
                                "partition-out-of-bounds",
                                "does not lie on the disk of " + disk.sizeBytes() + " bytes",
                                "The image may be truncated: compare it with its source."));
            } else if (!slot.container) {
                if (partition.offsetBytes() < takenUpTo) {
                    checked.set(i, slot.broken("partition-overlap", "lies on the bytes of another partition", null));
                } else {
                    takenUpTo = partition.offsetBytes() + size;
                }
            }
        }
        return checked;
    }

    private Slot broken(String code, String message, @org.jspecify.annotations.Nullable String remedy) {
        String place =
                "bytes " + partition.offsetBytes() + " to " + (partition.offsetBytes() + partition.sizeBytes()) + ": ";
        var origin = disk.origin().within("partition " + partition.number());
        return new Slot(partition, container, disk, Optional.of(new Corrupt(code, origin, place + message, remedy)));
    }
}
