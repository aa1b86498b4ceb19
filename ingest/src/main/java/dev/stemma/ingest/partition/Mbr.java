package dev.stemma.ingest.partition;

import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.Partition;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A master boot record: four entries of 16 bytes at byte 446, little-endian, the signature 55 AA at 510; logical
 * partitions in a chain of records of the same form inside the extended one. Sectors are of 512 bytes.
 */
record Mbr(Fields sector, List<Entry> entries) {

    static final int SECTOR_BYTES = 512;
    private static final int ENTRIES_AT = 446;
    private static final int PROTECTIVE = 0xee;

    /** One of the four entries; positions and lengths in sectors. */
    record Entry(int status, int type, long start, long count) {

        static Entry of(Fields sector, int index) throws Corrupt {
            int at = ENTRIES_AT + 16 * index;
            return new Entry(sector.u8(at), sector.u8(at + 4), sector.u32(at + 8), sector.u32(at + 12));
        }

        boolean used() {
            return type != 0 && count != 0;
        }

        boolean extended() {
            return type == 0x05 || type == 0x0f || type == 0x85;
        }
    }

    /** The record, where the first sector is one and not merely a file system's boot sector, which ends alike. */
    static Optional<Mbr> find(ByteSource disk) throws ImageProblem {
        if (disk.sizeBytes() < SECTOR_BYTES) {
            return Optional.empty();
        }
        Fields sector = Fields.read(disk, "MBR", 0, SECTOR_BYTES, ByteOrder.LITTLE_ENDIAN);
        if (!sector.has(510, (byte) 0x55, (byte) 0xaa)) {
            return Optional.empty();
        }
        List<Entry> entries = new ArrayList<>();
        boolean plausible = false;
        for (int i = 0; i < 4; i++) {
            Entry entry = Entry.of(sector, i);
            if ((entry.status & 0x7f) != 0) {
                return Optional.empty();
            }
            plausible |= entry.used() && entry.start > 0;
            entries.add(entry);
        }
        return plausible && !bootSector(sector) ? Optional.of(new Mbr(sector, entries)) : Optional.empty();
    }

    private static boolean bootSector(Fields sector) {
        return has(sector, 3, "NTFS    ")
                || has(sector, 3, "EXFAT   ")
                || has(sector, 54, "FAT1")
                || has(sector, 82, "FAT32   ");
    }

    private static boolean has(Fields sector, int at, String text) {
        return sector.has(at, text.getBytes(StandardCharsets.US_ASCII));
    }

    boolean announcesGpt() {
        return entries.stream().anyMatch(entry -> entry.type == PROTECTIVE);
    }

    /** Whether entries stand beside the protective one. */
    boolean hybrid() {
        return entries.stream().anyMatch(entry -> entry.used() && entry.type != PROTECTIVE);
    }

    PartitionTable table(ByteSource disk) throws ImageProblem {
        List<Slot> slots = new ArrayList<>();
        List<Observation> observations = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            if (entries.get(i).used()) {
                slots.add(slot(disk, i + 1, entries.get(i), entries.get(i).start));
            }
        }
        int number = 5;
        for (Entry entry : entries) {
            if (entry.used() && entry.extended()) {
                number = logical(disk, entry, number, slots, observations);
            }
        }
        return new PartitionTable("mbr", Slot.checked(disk, slots), observations);
    }

    /**
     * Walks the chain of extended boot records: each has one partition, placed from the record itself, and a link to the
     * next, placed from the start of the extended partition.
     */
    private int logical(ByteSource disk, Entry extended, int first, List<Slot> slots, List<Observation> observations) {
        int number = first;
        Set<Long> met = new HashSet<>();
        long record = extended.start;
        try {
            while (true) {
                var origin = disk.origin().within("extended boot record at sector " + record);
                if (!met.add(record)) {
                    throw new Corrupt("loop", origin, "the chain of logical partitions comes back to this record");
                }
                if (number >= PartitionTable.MAX_PARTITIONS) {
                    throw new Corrupt(
                            "bad-value", origin, "more than " + PartitionTable.MAX_PARTITIONS + " partitions");
                }
                Fields fields =
                        Fields.read(disk, origin.name(), record * SECTOR_BYTES, SECTOR_BYTES, ByteOrder.LITTLE_ENDIAN);
                if (!fields.has(510, (byte) 0x55, (byte) 0xaa)) {
                    throw new Corrupt("bad-magic", origin, "does not end in 55 AA");
                }
                long next = 0;
                for (int i = 0; i < 4; i++) {
                    Entry entry = Entry.of(fields, i);
                    if (entry.used() && entry.extended()) {
                        next = next == 0 ? extended.start + entry.start : next;
                    } else if (entry.used()) {
                        slots.add(slot(disk, number++, entry, record + entry.start));
                    }
                }
                if (next == 0) {
                    return number;
                }
                record = next;
            }
        } catch (ImageProblem e) {
            observations.add(Observed.partial(e));
            return number;
        }
    }

    private Slot slot(ByteSource disk, int number, Entry entry, long start) throws Corrupt {
        Partition partition = new Partition(
                number,
                start * SECTOR_BYTES,
                entry.count * SECTOR_BYTES,
                Optional.of(String.format("0x%02x", entry.type)),
                Optional.empty(),
                Optional.of(String.format("%08x-%02x", sector.u32(440), number)),
                entry.status == 0x80);
        return new Slot(partition, entry.extended(), disk, Optional.empty());
    }
}
