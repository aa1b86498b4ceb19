package dev.stemma.ingest.filesystem.ext;

/**
 * The checksum that the first version of journal checksums has over a transaction: CRC-32 with the most significant bit first
 * ({@code crc32_be()}), started from all ones and not inverted, over descriptor and data blocks in their order. Not thread-safe.
 */
final class TransactionSum {

    private static final int POLYNOMIAL = 0x04c11db7;
    private static final int[] TABLE = table();

    private int state = -1;

    void add(byte[] block) {
        for (byte b : block) {
            state = state << 8 ^ TABLE[(state >>> 24 ^ b) & 0xff];
        }
    }

    int value() {
        return state;
    }

    /** Starts again, for the next transaction. */
    void reset() {
        state = -1;
    }

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int crc = i << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc < 0 ? crc << 1 ^ POLYNOMIAL : crc << 1;
            }
            table[i] = crc;
        }
        return table;
    }
}
