package dev.stemma.ingest.filesystem.xfs;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unsupported;
import java.nio.ByteOrder;

/**
 * Whether the log holds nothing that must be replayed: its last record is the one that unmounting writes
 * ({@code xlog_find_tail()} and {@code xlog_check_unmount_rec()}, {@code fs/xfs/xfs_log_recover.c}).
 *
 * <p>Each sector of the log begins with the number of the cycle in which it was written, or with a record's header that has
 * it. The head is where the cycle before the last goes on; whatever else than an unmount record ends there is taken for a
 * log that is not clean.
 */
final class Log {

    private static final int SECTOR_BYTES = 512;
    private static final int RECORD_MAGIC = 0xfeedbabe;
    private static final int VERSION_2 = 2;
    private static final int HEADER_DATA_BYTES = 32 << 10;

    /** A record is padded to the log's stripe unit, which is at most 256 KiB, and has up to 8 sectors of headers. */
    private static final int MAX_RECORD_SECTORS = (256 << 10) / SECTOR_BYTES + 8;

    private static final int UNMOUNT = 0x20;

    private final ByteSource bytes;
    private final long sectors;

    private Log(ByteSource bytes) {
        this.bytes = bytes;
        this.sectors = bytes.sizeBytes() / SECTOR_BYTES;
    }

    /** @throws Unsupported {@code needs-recovery} when it is not clean, or lies on another device */
    static void requireClean(Superblock superblock, ByteSource source) throws ImageProblem {
        Origin at = superblock.origin().within("log");
        if (superblock.logStart() == 0) {
            throw recovery(at, "its log lies on another device");
        }
        long offset = superblock.offset(superblock.logStart(), superblock.logBlocks(), at);
        long lengthBytes = superblock.logBlocks() * superblock.blockBytes();
        if (lengthBytes < 2 * SECTOR_BYTES) {
            throw new Corrupt("bad-value", at, "the log has " + lengthBytes + " bytes");
        }
        Log log = new Log(source.slice("log", offset, lengthBytes));
        if (!log.endsInUnmount()) {
            throw recovery(at, "it was not unmounted, and its log must be replayed before it can be read right");
        }
    }

    private boolean endsInUnmount() throws ImageProblem {
        long head = head();
        int count = (int) Math.min(Math.min(MAX_RECORD_SECTORS, sectors), head == 0 ? sectors : head);
        Fields before = read(head - count, count);
        for (int sector = count - 1; sector >= 0; sector--) {
            int at = sector * SECTOR_BYTES;
            if ((int) before.u32(at) == RECORD_MAGIC) {
                return isUnmount(before.part("record", at, before.sizeBytes() - at));
            }
        }
        return false;
    }

    /** The sector behind the last one written; the count of sectors when that is the last of the log. */
    private long head() throws ImageProblem {
        long last = cycle(sectors - 1);
        long low = 0;
        long high = sectors;
        if (cycle(0) == last) {
            return sectors;
        }
        // The first sector of the last sector's cycle, which is the one before that of sector 0.
        while (high - low > 1) {
            long middle = (low + high) >>> 1;
            if (cycle(middle) == last) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private long cycle(long sector) throws ImageProblem {
        Fields raw = read(sector, 1);
        return (int) raw.u32(0) == RECORD_MAGIC ? raw.u32(4) : raw.u32(0);
    }

    /** Whether a record is one of unmounting and ends where the bytes do. */
    private static boolean isUnmount(Fields record) throws Corrupt {
        if (record.sizeBytes() < 2 * SECTOR_BYTES) {
            return false;
        }
        long dataBytes = record.u32(12);
        long bufferBytes = record.u32(320);
        boolean long2 = (record.u32(8) & VERSION_2) != 0 && bufferBytes > HEADER_DATA_BYTES;
        long headers = long2 ? Math.ceilDiv(bufferBytes, (long) HEADER_DATA_BYTES) : 1;
        long endBytes = headers * SECTOR_BYTES + Math.ceilDiv(dataBytes, (long) SECTOR_BYTES) * SECTOR_BYTES;
        int operation = (int) Math.min(headers * SECTOR_BYTES, record.sizeBytes() - SECTOR_BYTES);
        return record.u32(40) == 1 && endBytes == record.sizeBytes() && (record.u8(operation + 9) & UNMOUNT) != 0;
    }

    private Fields read(long sector, int count) throws ImageProblem {
        return Fields.read(
                bytes, "sector " + sector, sector * SECTOR_BYTES, (long) count * SECTOR_BYTES, ByteOrder.BIG_ENDIAN);
    }

    private static Unsupported recovery(Origin at, String why) {
        return new Unsupported("needs-recovery", at, why, "Shut the guest down cleanly, or let libguestfs read it.");
    }
}
