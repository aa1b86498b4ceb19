package dev.stemma.ingest.filesystem.ext;

import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.Origin;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One structure of the disk: a bounded stretch of bytes read as little-endian fields, which knows where it lies. The
 * array below is shared and never written.
 *
 * @param bytes holds the structure
 * @param start of the structure in the array
 * @param length of the structure
 * @param origin for messages
 */
record Structure(byte[] bytes, int start, int length, Origin origin) {

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    static Structure of(byte[] bytes, Origin origin) {
        return new Structure(bytes, 0, bytes.length, origin);
    }

    int u8(int offset) throws Corrupt {
        return bytes[at(offset, 1)] & 0xff;
    }

    int u16(int offset) throws Corrupt {
        return (short) SHORT.get(bytes, at(offset, 2)) & 0xffff;
    }

    /** As it stands, signed. */
    int s32(int offset) throws Corrupt {
        return (int) INT.get(bytes, at(offset, 4));
    }

    long u32(int offset) throws Corrupt {
        return s32(offset) & 0xffff_ffffL;
    }

    /** A 48- or 64-bit number whose upper part stands elsewhere; never negative unless the upper part makes it so. */
    long split(int low, int high, int highBytes) throws Corrupt {
        return u32(low) | (highBytes == 2 ? (long) u16(high) : u32(high)) << 32;
    }

    /** A copy. */
    byte[] copy(int offset, int count) throws Corrupt {
        int from = at(offset, count);
        return Arrays.copyOfRange(bytes, from, from + count);
    }

    /** A copy up to the first zero byte, at most {@code count} bytes. */
    byte[] text(int offset, int count) throws Corrupt {
        byte[] text = copy(offset, count);
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return Arrays.copyOf(text, end);
    }

    /** A part as a structure of its own. */
    Structure part(int offset, int count) throws Corrupt {
        return new Structure(bytes, at(offset, count), count, origin);
    }

    /** The same under a more precise name. */
    Structure named(Origin other) {
        return new Structure(bytes, start, length, other);
    }

    private int at(int offset, int count) throws Corrupt {
        if (offset < 0 || count < 0 || offset > length - count) {
            throw new Corrupt(
                    "out-of-bounds",
                    origin,
                    "a field at " + offset + " of " + count + " bytes lies outside of a structure of " + length);
        }
        return start + offset;
    }
}
