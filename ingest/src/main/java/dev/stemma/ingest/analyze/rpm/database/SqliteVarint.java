package dev.stemma.ingest.analyze.rpm.database;

import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;

/**
 * SQLite's integer of 1 to 9 bytes.
 *
 * @param value 64 bits, twos-complement
 * @param end where what follows starts
 */
record SqliteVarint(long value, long end) {

    private static final int MAX_BYTES = 9;

    static SqliteVarint parse(Fields fields, long at) throws Corrupt {
        long value = 0;
        for (int i = 0; i < MAX_BYTES - 1; i++) {
            int next = fields.u8(at + i);
            value = value << 7 | next & 0x7f;
            if (next < 0x80) {
                return new SqliteVarint(value, at + i + 1);
            }
        }
        return new SqliteVarint(value << 8 | fields.u8(at + MAX_BYTES - 1), at + MAX_BYTES);
    }
}
