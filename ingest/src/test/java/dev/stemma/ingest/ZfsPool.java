package dev.stemma.ingest;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A file that says that it is a member of a ZFS pool: four labels with a name-value list and uberblocks, as old and new {@code blkid} look for. */
final class ZfsPool {

    private static final long SIZE_BYTES = 128L << 20;
    private static final long LABEL_BYTES = 256L << 10;
    private static final byte[] UBERBLOCK = {0x0c, (byte) 0xb1, (byte) 0xba, 0, 0, 0, 0, 0};

    private ZfsPool() {}

    static void write(Path target) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(target.toFile(), "rw")) {
            file.setLength(SIZE_BYTES);
            for (long label : new long[] {0, LABEL_BYTES, SIZE_BYTES - 2 * LABEL_BYTES, SIZE_BYTES - LABEL_BYTES}) {
                file.seek(label + (16 << 10));
                file.write(pairs());
                for (int slot = 0; slot < 8; slot++) {
                    file.seek(label + ((128L + slot) << 10));
                    file.write(UBERBLOCK);
                }
            }
        }
    }

    /** In XDR: the form, version and flags, pairs, and no pair. */
    private static byte[] pairs() {
        ByteBuffer out = ByteBuffer.allocate(1 << 10);
        out.put(new byte[] {1, 1, 0, 0}).putInt(0).putInt(1);
        number(out, "version", 5_000);
        pair(out, "name", 9, text("tank"));
        number(out, "state", 0);
        number(out, "txg", 4);
        number(out, "pool_guid", 123_456_789);
        number(out, "top_guid", 987);
        number(out, "guid", 987_654_321);
        return out.array();
    }

    private static void number(ByteBuffer out, String name, long value) {
        pair(out, name, 8, ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    private static void pair(ByteBuffer out, String name, int type, byte[] value) {
        byte[] text = text(name);
        int length = 4 * Integer.BYTES + text.length + value.length;
        out.putInt(length).putInt(length).put(text).putInt(type).putInt(1).put(value);
    }

    private static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(Integer.BYTES + (bytes.length + 3) / 4 * 4)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }
}
