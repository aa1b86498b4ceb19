package dev.stemma.ingest.content;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Unsigned numbers, seven bits a byte, the lowest first (as LEB128). */
final class Varint {

    private Varint() {}

    static void write(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    /** @throws DamagedStoreException when it is none, or above 2⁶³ - 1 */
    static long read(InputStream in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("ends in the middle of a number");
            }
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new DamagedStoreException("a number is longer than 63 bits");
    }
}
