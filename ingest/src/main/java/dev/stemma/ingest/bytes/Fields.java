package dev.stemma.ingest.bytes;

import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The fields of an on-disk structure: a small copy of its bytes that is read by position in one byte order. A field
 * outside of it is {@code Corrupt} with the place, never an exception of Java's own. Immutable.
 */
public final class Fields {

    /** Most bytes one structure may take; larger tables are read piece by piece. */
    public static final int MAX_BYTES = 64 << 20;

    private final Origin origin;
    private final MemorySegment bytes;
    private final ValueLayout.OfShort shorts;
    private final ValueLayout.OfInt ints;
    private final ValueLayout.OfLong longs;

    private Fields(Origin origin, MemorySegment bytes, ByteOrder order) {
        this.origin = origin;
        this.bytes = bytes;
        this.shorts = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order);
        this.ints = ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
        this.longs = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order);
    }

    /**
     * Reads a structure.
     *
     * @param name of the structure, for messages
     * @throws OverBudget {@code size-limit} for more than {@link #MAX_BYTES}
     */
    public static Fields read(ByteSource source, String name, long offsetBytes, long lengthBytes, ByteOrder order)
            throws ImageProblem {
        Origin origin = source.origin().within(name);
        if (lengthBytes > MAX_BYTES) {
            throw new OverBudget("size-limit", origin, "claims " + lengthBytes + " bytes, at most " + MAX_BYTES);
        }
        Slice.checkWithin(source.sizeBytes(), origin, offsetBytes, lengthBytes);
        MemorySegment bytes = MemorySegment.ofArray(new byte[(int) lengthBytes]);
        source.read(offsetBytes, bytes);
        return new Fields(origin, bytes, order);
    }

    /** The fields of bytes already read; they are not copied and must not change. */
    public static Fields of(byte[] bytes, Origin origin, ByteOrder order) {
        return new Fields(origin, MemorySegment.ofArray(bytes), order);
    }

    /** Where they came from. */
    public Origin origin() {
        return origin;
    }

    /** Length in bytes. */
    public int sizeBytes() {
        return (int) bytes.byteSize();
    }

    /** 0 to 255. */
    public int u8(long at) throws Corrupt {
        return bytes.get(ValueLayout.JAVA_BYTE, within(at, 1)) & 0xff;
    }

    /** 0 to 65,535. */
    public int u16(long at) throws Corrupt {
        return bytes.get(shorts, within(at, 2)) & 0xffff;
    }

    /** 0 to 2³² - 1. */
    public long u32(long at) throws Corrupt {
        return Integer.toUnsignedLong(bytes.get(ints, within(at, 4)));
    }

    /** 64 bits as they stand; what is 2⁶³ or more comes out negative. */
    public long i64(long at) throws Corrupt {
        return bytes.get(longs, within(at, 8));
    }

    /**
     * 0 to 2⁶³ - 1: a size or position.
     *
     * @throws Corrupt {@code bad-value} for more
     */
    public long u63(long at) throws Corrupt {
        long value = i64(at);
        if (value < 0) {
            throw new Corrupt("bad-value", origin, "has " + Long.toUnsignedString(value) + " at byte " + at);
        }
        return value;
    }

    /** A copy of some of the bytes. */
    public byte[] bytes(long at, long length) throws Corrupt {
        return bytes.asSlice(within(at, length), length).toArray(ValueLayout.JAVA_BYTE);
    }

    /** Whether the bytes at a position are these; false where they would not fit. */
    public boolean has(long at, byte... expected) {
        return at >= 0
                && at <= bytes.byteSize() - expected.length
                && Arrays.equals(bytes.asSlice(at, expected.length).toArray(ValueLayout.JAVA_BYTE), expected);
    }

    /** A part, in the same byte order. */
    public Fields part(String name, long at, long length) throws Corrupt {
        return new Fields(origin.within(name), bytes.asSlice(within(at, length), length), longs.order());
    }

    private long within(long at, long length) throws Corrupt {
        Slice.checkWithin(bytes.byteSize(), origin, at, length);
        return at;
    }
}
