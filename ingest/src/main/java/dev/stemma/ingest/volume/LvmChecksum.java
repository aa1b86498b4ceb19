package dev.stemma.ingest.volume;

import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.Origin;

/** LVM2's checksum ({@code lib/misc/crc.c}): the usual CRC-32 with a start of its own, and no inversion at the end. */
final class LvmChecksum {

    private static final int START = 0xf597a6cf;
    private static final int POLYNOMIAL = 0xedb88320;
    private static final int[] TABLE = table();

    private LvmChecksum() {}

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc >>> 1 ^ ((crc & 1) == 0 ? 0 : POLYNOMIAL);
            }
            table[i] = crc;
        }
        return table;
    }

    static long of(byte[] bytes) {
        int crc = START;
        for (byte next : bytes) {
            crc = crc >>> 8 ^ TABLE[(crc ^ next) & 0xff];
        }
        return Integer.toUnsignedLong(crc);
    }

    /** @throws Corrupt {@code bad-checksum} */
    static void require(byte[] bytes, long expected, Origin origin) throws Corrupt {
        long found = of(bytes);
        if (found != expected) {
            throw new Corrupt("bad-checksum", origin, String.format("checksum %08x, not %08x", found, expected));
        }
    }
}
