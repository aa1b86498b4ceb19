package dev.stemma.ingest.filesystem.xfs;

import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** CRC-32C of metadata blocks of version 5, which stands in them in little-endian order and counts as zeros itself. */
final class Checksum {

    private static final int BYTES = 4;

    private Checksum() {}

    /** Whether the checksum at that place is the one of the whole structure. */
    static boolean fits(Fields structure, int place) throws Corrupt {
        byte[] bytes = structure.bytes(0, structure.sizeBytes());
        Arrays.fill(bytes, place, place + BYTES, (byte) 0);
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return Integer.reverseBytes((int) crc.getValue()) == (int) structure.u32(place);
    }
}
