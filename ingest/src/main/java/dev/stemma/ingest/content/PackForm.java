package dev.stemma.ingest.content;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Numbers of the pack format; {@code docs/formats/store.adoc} says what they mean. */
final class PackForm {

    /** {@code STEMMAPK}. */
    static final long MAGIC = 0x5354454d4d41504bL;

    static final int VERSION = 1;
    static final int HEADER_BYTES = 16;
    static final int FRAME_RECORD_BYTES = 8;
    static final int OBJECT_RECORD_BYTES = 44;
    static final int TRAILER_BYTES = 8 + 4 + 4 + 32 + 8;

    /** A frame is ended when it holds this much. */
    static final int FRAME_BYTES = 2 << 20;

    /** What one object may be. */
    static final int MAX_OBJECT_BYTES = 1 << 17;

    /** What a frame may hold: it is ended at the latest with the object that goes over. */
    static final int MAX_FRAME_BYTES = FRAME_BYTES + MAX_OBJECT_BYTES;

    /** A pack is ended when its frames take this much. */
    static final long PACK_BYTES = 64L << 20;

    /** Or when it holds this many objects: what compresses to nothing must not fill the memory. */
    static final int MAX_PACK_OBJECTS = 1 << 18;

    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private PackForm() {}
}
