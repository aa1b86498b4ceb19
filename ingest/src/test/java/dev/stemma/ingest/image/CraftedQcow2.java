package dev.stemma.ingest.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small qcow2 file whose header says whatever a test wants: version 3, 64 KiB clusters, 1 MiB for the guest, no data. */
final class CraftedQcow2 {

    static final int CLUSTER = 1 << 16;
    static final long VIRTUAL = 1 << 20;

    private static final int NAME_AT = 2_048;

    private final ByteBuffer bytes = ByteBuffer.allocate(4 * CLUSTER);
    private int extensionsAt = 104;

    CraftedQcow2() {
        bytes.putInt(0, 0x514649fb).putInt(4, 3).putInt(20, 16).putLong(24, VIRTUAL);
        bytes.putInt(36, 1).putLong(40, 2 * CLUSTER).putLong(48, CLUSTER).putInt(56, 1);
        bytes.putInt(96, 4).putInt(100, 104);
        bytes.putLong(CLUSTER, 3 * CLUSTER); // The refcount table's only entry: the refcount block.
        for (int i = 0; i < 4; i++) {
            bytes.putShort(3 * CLUSTER + 2 * i, (short) 1);
        }
    }

    CraftedQcow2 u32(int at, int value) {
        bytes.putInt(at, value);
        return this;
    }

    CraftedQcow2 u64(int at, long value) {
        bytes.putLong(at, value);
        return this;
    }

    CraftedQcow2 backing(String name, String format) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        bytes.putLong(8, NAME_AT).putInt(16, text.length).put(NAME_AT, text);
        return format.isEmpty() ? this : extension(0xe2792aca, format);
    }

    CraftedQcow2 extension(int type, String content) {
        byte[] text = content.getBytes(StandardCharsets.UTF_8);
        bytes.putInt(extensionsAt, type).putInt(extensionsAt + 4, text.length).put(extensionsAt + 8, text);
        extensionsAt += 8 + (text.length + 7) / 8 * 8;
        return this;
    }

    byte[] bytes() {
        return bytes.array().clone();
    }

    Path write(Path file) throws IOException {
        return Files.write(file, bytes.array());
    }
}
