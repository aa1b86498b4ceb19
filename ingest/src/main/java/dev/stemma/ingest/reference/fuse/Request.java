package dev.stemma.ingest.reference.fuse;

import dev.stemma.graph.model.GuestName;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A request of the kernel, as it lies in a buffer: {@code struct fuse_in_header} and what belongs to it.
 *
 * @param bytes all of it
 */
record Request(MemorySegment bytes) {

    static final int HEADER_BYTES = 40;

    /** Of what belongs to it, a number of 32 bits. */
    int u32(int at) {
        return bytes.get(ValueLayout.JAVA_INT_UNALIGNED, HEADER_BYTES + at);
    }

    /** Of what belongs to it, a number of 64 bits. */
    long u64(int at) {
        return bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, HEADER_BYTES + at);
    }

    /** A name that ends with a zero byte, which belongs to it. */
    GuestName name(int at) {
        long end = HEADER_BYTES + at;
        while (end < bytes.byteSize() && bytes.get(ValueLayout.JAVA_BYTE, end) != 0) {
            end++;
        }
        return GuestName.of(
                bytes.asSlice(HEADER_BYTES + at, end - HEADER_BYTES - at).toArray(ValueLayout.JAVA_BYTE));
    }

    int operation() {
        return bytes.get(ValueLayout.JAVA_INT_UNALIGNED, 4);
    }

    long number() {
        return bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, 8);
    }

    /** What it is about. */
    long node() {
        return bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, 16);
    }
}
