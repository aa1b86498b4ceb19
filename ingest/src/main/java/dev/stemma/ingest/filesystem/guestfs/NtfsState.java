package dev.stemma.ingest.filesystem.guestfs;

import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Whether Windows left an NTFS as it should. Linux mounts one that it did not all the same when it only reads, and replays nothing: what the
 * journal has and the tables have not would silently be missing. Looks at the mark in {@code $Volume} and at the restart areas of {@code $LogFile}, as
 * ntfs-3g does before it writes (layout.h and logfile.h of ntfs-3g say where they are).
 */
final class NtfsState {

    private static final int LOG_FILE = 2;
    private static final int VOLUME = 3;
    private static final int VOLUME_INFORMATION = 0x70;
    private static final int DATA = 0x80;
    private static final int DIRTY = 1;
    private static final int CLEAN = 2;
    private static final int NO_CLIENT = 0xffff;
    private static final int SECTOR_BYTES = 512;
    private static final int PAGE_BYTES = 4_096;

    private final Bytes bytes;
    private long clusterBytes;
    private long recordBytes;
    private long table;

    private NtfsState(Bytes bytes) {
        this.bytes = bytes;
    }

    /** Reads the device. */
    interface Bytes {
        byte[] read(long offsetBytes, int count) throws ImageProblem;
    }

    /** What is wrong with it, in words; empty when nothing is. */
    static Optional<String> complaint(Bytes bytes) throws ImageProblem {
        try {
            return new NtfsState(bytes).complaint();
        } catch (Corrupt
                | BufferUnderflowException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | ArithmeticException odd) {
            return Optional.of("whether Windows unmounted it cannot be told: its tables make no sense");
        }
    }

    private Optional<String> complaint() throws ImageProblem {
        ByteBuffer boot = buffer(bytes.read(0, SECTOR_BYTES));
        int perCluster = boot.get(13) & 0xff;
        clusterBytes = (boot.getShort(11) & 0xffffL) * (perCluster > 128 ? 1L << 256 - perCluster : perCluster);
        int perRecord = boot.get(64);
        recordBytes = perRecord > 0 ? perRecord * clusterBytes : 1L << -perRecord;
        table = boot.getLong(48) * clusterBytes;
        if (recordBytes < SECTOR_BYTES || recordBytes > 1 << 16 || clusterBytes < SECTOR_BYTES) {
            throw new IllegalArgumentException("sizes of " + clusterBytes + " and " + recordBytes);
        }
        ByteBuffer volume = record(VOLUME);
        int information = attribute(volume, VOLUME_INFORMATION);
        int content = information + (volume.getShort(information + 20) & 0xffff);
        if ((volume.getShort(content + 10) & DIRTY) != 0) {
            return Optional.of("it is marked to be checked by Windows, which it is when something went wrong");
        }
        return logIsClean()
                ? Optional.empty()
                : Optional.of(
                        "Windows did not unmount it; its journal is not replayed, and its last changes may be missing");
    }

    private boolean logIsClean() throws ImageProblem {
        ByteBuffer log = record(LOG_FILE);
        int data = attribute(log, DATA);
        int run = data + (log.getShort(data + 32) & 0xffff);
        int lengthBytes = log.get(run) & 0xf;
        int placeBytes = log.get(run) >> 4 & 0xf;
        long place = 0;
        for (int i = placeBytes; i > 0; i--) {
            place = place << 8 | log.get(run + lengthBytes + i) & 0xffL;
        }
        long start = place * clusterBytes;
        boolean clean = true;
        long newest = Long.MIN_VALUE;
        // There are two restart pages, and the later one counts.
        for (int page = 0; page < 2; page++) {
            ByteBuffer restart = buffer(bytes.read(start + (long) page * PAGE_BYTES, PAGE_BYTES));
            if (!magic(restart).equals("RSTR")) {
                continue; // Emptied, or checked: nothing to replay.
            }
            mend(restart);
            int area = restart.getShort(24) & 0xffff;
            long sequence = restart.getLong(area);
            if (sequence > newest) {
                newest = sequence;
                clean = (restart.getShort(area + 12) & 0xffff) == NO_CLIENT
                        || (restart.getShort(area + 14) & CLEAN) != 0;
            }
        }
        return clean;
    }

    private ByteBuffer record(int number) throws ImageProblem {
        ByteBuffer record = buffer(bytes.read(table + number * recordBytes, (int) recordBytes));
        if (!magic(record).equals("FILE")) {
            throw new IllegalArgumentException("record " + number + " of the file table");
        }
        mend(record);
        return record;
    }

    /** Puts the last two bytes of each sector back, which the update sequence keeps (the "fixup"). */
    private static void mend(ByteBuffer record) {
        int at = record.getShort(4) & 0xffff;
        int count = record.getShort(6) & 0xffff;
        for (int sector = 1; sector < count && sector * SECTOR_BYTES <= record.capacity(); sector++) {
            record.putShort(sector * SECTOR_BYTES - 2, record.getShort(at + 2 * sector));
        }
    }

    private static int attribute(ByteBuffer record, int wanted) {
        int at = record.getShort(20) & 0xffff;
        while (record.getInt(at) != -1) {
            if (record.getInt(at) == wanted) {
                return at;
            }
            int length = record.getInt(at + 4);
            if (length < 8) {
                throw new IllegalArgumentException("an attribute of " + length + " bytes");
            }
            at = Math.addExact(at, length);
        }
        throw new IllegalArgumentException("no attribute " + wanted);
    }

    private static String magic(ByteBuffer bytes) {
        return new String(bytes.array(), 0, 4, StandardCharsets.ISO_8859_1);
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
