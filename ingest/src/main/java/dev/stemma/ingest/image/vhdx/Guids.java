package dev.stemma.ingest.image.vhdx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

/** GUIDs as Windows stores them: three numbers with the lowest byte first, then eight bytes. */
final class Guids {

    private Guids() {}

    /** In the usual form, in lower case and without braces. */
    static String text(byte[] bytes) {
        ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long last = ByteBuffer.wrap(bytes).getLong(8);
        return String.format(
                Locale.ROOT,
                "%08x-%04x-%04x-%04x-%012x",
                fields.getInt(0),
                fields.getShort(4),
                fields.getShort(6),
                last >>> 48,
                last & 0xffffffffffffL);
    }
}
