package dev.stemma.ingest.partition;

import dev.stemma.graph.model.Observation;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.List;
import java.util.Optional;

/**
 * How a disk is divided.
 *
 * @param kind {@code gpt}, {@code mbr} or {@code none}
 * @param slots in the order of the table; one, number 0, for a disk without a table
 * @param observations what is odd about the table without keeping it from being read
 */
public record PartitionTable(String kind, List<Slot> slots, List<Observation> observations) {

    /** This reader with its version, as inventories and observations name it. */
    public static final String NAME = "partition/1";

    /** Most partitions one disk may have; Linux itself stops at 256. */
    static final int MAX_PARTITIONS = 1_024;

    public PartitionTable {
        slots = List.copyOf(slots);
        observations = List.copyOf(observations);
    }

    /**
     * Reads the table as the Linux kernel would choose: GPT where a protective MBR announces one, else MBR, else none.
     *
     * @throws dev.stemma.ingest.problem.Corrupt when a GPT is announced and neither of its copies is whole
     */
    public static PartitionTable read(ByteSource disk) throws ImageProblem {
        Optional<Mbr> mbr = Mbr.find(disk);
        if (mbr.isEmpty()) {
            return whole(disk);
        }
        return mbr.get().announcesGpt() ? Gpt.read(disk, mbr.get()) : mbr.get().table(disk);
    }

    private static PartitionTable whole(ByteSource disk) throws ImageProblem {
        return new PartitionTable("none", List.of(Slot.whole(disk)), List.of());
    }
}
