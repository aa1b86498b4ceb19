package dev.stemma.ingest.reference.fuse;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** An answer to the kernel that is being put together: a header of length, error and the request's number, and what was asked for, in the host's byte order. For one thread. */
final class Reply {

    static final int HEADER_BYTES = 16;

    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED;

    private final MemorySegment buffer;
    private int at = HEADER_BYTES;

    Reply(MemorySegment buffer) {
        this.buffer = buffer;
    }

    /** Forgets what was put in. */
    void begin() {
        at = HEADER_BYTES;
    }

    /** Bytes after the header. */
    int size() {
        return at - HEADER_BYTES;
    }

    /** Takes back what came after so many bytes. */
    void cut(int sizeBytes) {
        at = HEADER_BYTES + sizeBytes;
    }

    Reply u16(int value) {
        buffer.set(U16, at, (short) value);
        at += 2;
        return this;
    }

    Reply u32(long value) {
        buffer.set(U32, at, (int) value);
        at += 4;
        return this;
    }

    Reply u64(long value) {
        buffer.set(U64, at, value);
        at += 8;
        return this;
    }

    Reply zeros(int count) {
        buffer.asSlice(at, count).fill((byte) 0);
        at += count;
        return this;
    }

    Reply bytes(byte[] bytes) {
        MemorySegment.copy(bytes, 0, buffer, ValueLayout.JAVA_BYTE, at, bytes.length);
        at += bytes.length;
        return this;
    }

    /** Fills up to a multiple of 8. */
    Reply align() {
        return zeros(-at & 7);
    }

    /** The next bytes, which the caller fills. */
    MemorySegment room(int count) {
        MemorySegment room = buffer.asSlice(at, count);
        at += count;
        return room;
    }

    /** The whole answer. */
    MemorySegment done(long request) {
        return header(request, 0, at);
    }

    /** An answer that it did not work; nothing that was put in is part of it. */
    MemorySegment failed(long request, int error) {
        return header(request, -error, HEADER_BYTES);
    }

    /** What the kernel did not ask for. */
    MemorySegment notice(int code) {
        return header(0, code, at);
    }

    private MemorySegment header(long request, int error, int length) {
        buffer.set(U32, 0, length);
        buffer.set(U32, 4, error);
        buffer.set(U64, 8, request);
        return buffer.asSlice(0, length);
    }
}
