package dev.stemma.ingest.partition;

import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.Partition;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A GUID partition table (UEFI specification 2.10, section 5.3): a header with its own checksum and that of its entries,
 * and a copy of both at the end of the disk.
 */
record Gpt(int sectorBytes, Fields header, Fields entries, int entryBytes) {

    private static final byte[] SIGNATURE = "EFI PART".getBytes(StandardCharsets.US_ASCII);
    private static final int MIN_HEADER_BYTES = 92;
    private static final int MAX_ENTRY_BYTES = 4_096;

    static PartitionTable read(ByteSource disk, Mbr mbr) throws ImageProblem {
        List<Observation> observations = new ArrayList<>();
        Origin primary = disk.origin().within("GPT header");
        Gpt gpt;
        try {
            gpt = primary(disk);
        } catch (Corrupt broken) {
            try {
                gpt = backup(disk);
            } catch (Corrupt both) {
                throw new Corrupt(
                        broken.code(),
                        broken.origin(),
                        broken.reason() + "; the copy at the end of the disk: " + both.reason(),
                        "The image may be truncated: compare it with its source.",
                        both);
            }
            observations.add(Observed.note(
                    "gpt-backup-used",
                    primary,
                    "the partition table is damaged (" + broken.reason() + "); its copy at the end was read",
                    "Repair it in the machine: sgdisk --load-backup or gdisk."));
        }
        if (observations.isEmpty()) {
            gpt.noteBackup(disk, observations);
        }
        if (mbr.hybrid()) {
            observations.add(Observed.note(
                    "hybrid-mbr",
                    disk.origin().within("MBR"),
                    "the MBR names partitions of its own beside the GPT; the GPT was read",
                    "Compare both tables with gdisk where they should agree."));
        }
        return new PartitionTable("gpt", Slot.checked(disk, gpt.slots(disk)), observations);
    }

    /** Looks at sector 1, for both sizes of sectors: a disk copied from one with 4 KiB sectors keeps its table. */
    private static Gpt primary(ByteSource disk) throws ImageProblem {
        boolean large = disk.sizeBytes() >= 2 * 4_096
                && Fields.read(disk, "GPT header", 4_096, 8, ByteOrder.LITTLE_ENDIAN)
                        .has(0, SIGNATURE)
                && !Fields.read(disk, "GPT header", 512, 8, ByteOrder.LITTLE_ENDIAN)
                        .has(0, SIGNATURE);
        return at(disk, "GPT header", 1, large ? 4_096 : 512);
    }

    private static Gpt backup(ByteSource disk) throws ImageProblem {
        try {
            return at(disk, "backup GPT header", disk.sizeBytes() / 512 - 1, 512);
        } catch (Corrupt small) {
            try {
                return at(disk, "backup GPT header", disk.sizeBytes() / 4_096 - 1, 4_096);
            } catch (Corrupt large) {
                small.addSuppressed(large);
                throw small;
            }
        }
    }

    private static Gpt at(ByteSource disk, String name, long sector, int sectorBytes) throws ImageProblem {
        long start = sector * sectorBytes;
        Fields header = Fields.read(disk, name, start, sectorBytes, ByteOrder.LITTLE_ENDIAN);
        Origin origin = header.origin();
        if (!header.has(0, SIGNATURE)) {
            throw new Corrupt("bad-magic", origin, "does not start with EFI PART");
        }
        long headerBytes = header.u32(12);
        if (headerBytes < MIN_HEADER_BYTES || headerBytes > sectorBytes) {
            throw new Corrupt("bad-value", origin, "claims a header of " + headerBytes + " bytes");
        }
        byte[] covered = header.bytes(0, headerBytes);
        covered[16] = covered[17] = covered[18] = covered[19] = 0;
        requireChecksum(covered, header.u32(16), origin);
        if (header.i64(24) != sector) {
            throw new Corrupt("bad-value", origin, "says that it lies at sector " + header.i64(24));
        }
        long count = header.u32(80);
        long entryBytes = header.u32(84);
        if (count > PartitionTable.MAX_PARTITIONS || entryBytes < 128 || entryBytes > MAX_ENTRY_BYTES) {
            throw new Corrupt("bad-value", origin, "claims " + count + " entries of " + entryBytes + " bytes");
        }
        long entriesSector = header.u63(72);
        if (entriesSector > disk.sizeBytes() / sectorBytes) {
            throw new Corrupt("out-of-bounds", origin, "its entries start after the end, at sector " + entriesSector);
        }
        Fields entries = Fields.read(
                disk, name + " entries", entriesSector * sectorBytes, count * entryBytes, ByteOrder.LITTLE_ENDIAN);
        requireChecksum(entries.bytes(0, entries.sizeBytes()), header.u32(88), entries.origin());
        return new Gpt(sectorBytes, header, entries, (int) entryBytes);
    }

    private static void requireChecksum(byte[] bytes, long expected, Origin origin) throws Corrupt {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        if (crc.getValue() != expected) {
            throw new Corrupt(
                    "bad-checksum", origin, String.format("checksum %08x, not %08x", crc.getValue(), expected));
        }
    }

    private void noteBackup(ByteSource disk, List<Observation> observations) throws ImageProblem {
        long sector = header.i64(32);
        try {
            if (sector <= 0 || sector > disk.sizeBytes() / sectorBytes) {
                throw new Corrupt("out-of-bounds", header.origin(), "it should lie at sector " + sector);
            }
            at(disk, "backup GPT header", sector, sectorBytes);
        } catch (Corrupt e) {
            observations.add(Observed.note(
                    "gpt-backup-damaged",
                    disk.origin().within("backup GPT header"),
                    "the copy of the partition table is damaged: " + e.reason(),
                    "The image may be truncated; otherwise repair it in the machine: sgdisk --move-second-header."));
        }
    }

    private List<Slot> slots(ByteSource disk) throws Corrupt {
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; (i + 1) * entryBytes <= entries.sizeBytes(); i++) {
            Fields entry = entries.part("entry " + (i + 1), (long) i * entryBytes, entryBytes);
            if (entry.i64(0) != 0 || entry.i64(8) != 0) {
                slots.add(new Slot(partition(i + 1, entry), false, disk, Optional.empty()));
            }
        }
        return slots;
    }

    private Partition partition(int number, Fields entry) throws Corrupt {
        long first = entry.i64(32);
        long last = entry.i64(40);
        long most = Long.MAX_VALUE / sectorBytes - 1;
        // What a slice could never hold becomes a partition of size 0, which no disk has and the check then refuses.
        boolean sane = first >= 0 && last >= first && last < most;
        String name = new String(entry.bytes(56, 72), StandardCharsets.UTF_16LE);
        int end = name.indexOf(0);
        name = end < 0 ? name : name.substring(0, end);
        return new Partition(
                number,
                sane ? first * sectorBytes : 0,
                sane ? (last - first + 1) * sectorBytes : 0,
                Optional.of(guid(entry, 0)),
                name.isEmpty()
                        ? Optional.empty()
                        : Optional.of(GuestName.ofText(name).escaped()),
                Optional.of(guid(entry, 16)),
                (entry.i64(48) & 4) != 0);
    }

    /** The mixed-endian text form of appendix A: the first three groups little-endian, the rest as they stand. */
    private static String guid(Fields entry, int at) throws Corrupt {
        StringBuilder text = new StringBuilder(
                String.format("%08x-%04x-%04x-", entry.u32(at), entry.u16(at + 4L), entry.u16(at + 6L)));
        for (int i = 8; i < 16; i++) {
            text.append(i == 10 ? "-" : "").append(String.format("%02x", entry.u8((long) at + i)));
        }
        return text.toString();
    }
}
