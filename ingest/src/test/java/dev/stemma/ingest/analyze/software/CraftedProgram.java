package dev.stemma.ingest.analyze.software;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;

/**
 * Programs of both classes and byte orders with the sections that are looked for: for the ways of Go before 1.18 and for machines
 * that no compiler at hand builds for. Laid out by the System V ABI and Go's {@code debug/buildinfo}.
 */
final class CraftedProgram {

    /** All that says something lies before; behind is filling, since small programs are passed over. */
    static final int TELLING_BYTES = 4_096;

    private static final int SIZE = 160 << 10;
    private static final int NAMES = 256;
    private static final int SECTIONS = 512;
    private static final int INFO = 1_024;
    private static final int TEXTS = 2_048;
    private static final long LOADED_AT = 0x40_0000;
    private static final String MODULES = "path\texample.org/m/cmd\nmod\texample.org/m\tv1.2.3\th1:x\n"
            + "dep\texample.org/Dep\tv0.1.0\th1:y\ndep\texample.org/old\tv1.0.0\n=>\texample.org/new\tv2.0.0\th1:z\nbuild\t-x=y\n";

    private CraftedProgram() {}

    /**
     * A program of Go.
     *
     * @param inline as since Go 1.18; otherwise by addresses
     */
    static byte[] go(boolean wide, boolean little, boolean inline) {
        ByteBuffer out = program(wide, little, ".go.buildinfo", 512);
        byte[] version = "go1.17.13 X:some".getBytes(StandardCharsets.UTF_8);
        byte[] modules = ("0123456789abcde!" + MODULES + "fedcba987654321!").getBytes(StandardCharsets.ISO_8859_1);
        out.position(INFO).put("\u00ff Go buildinf:".getBytes(StandardCharsets.ISO_8859_1));
        out.put((byte) (wide ? 8 : 4)).put((byte) ((little ? 0 : 1) | (inline ? 2 : 0)));
        if (inline) {
            out.position(INFO + 32);
            out.put((byte) version.length).put(version);
            out.put((byte) (modules.length & 0x7f | 0x80))
                    .put((byte) (modules.length >> 7))
                    .put(modules);
        } else {
            number(out, wide, LOADED_AT + TEXTS);
            number(out, wide, LOADED_AT + TEXTS + 16);
            out.position(TEXTS);
            number(out, wide, LOADED_AT + TEXTS + 64);
            number(out, wide, version.length);
            out.position(TEXTS + 16);
            number(out, wide, LOADED_AT + TEXTS + 128);
            number(out, wide, modules.length);
            out.position(TEXTS + 64).put(version).position(TEXTS + 128).put(modules);
        }
        return out.array();
    }

    static byte[] rust() throws java.io.IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            deflater.write(
                    "{\"packages\":[{\"name\":\"a\",\"version\":\"1.0.0\",\"source\":\"crates.io\",\"dependencies\":[0]}]}"
                            .getBytes(StandardCharsets.UTF_8));
        }
        return program(true, true, ".dep-v0", packed.size())
                .position(INFO)
                .put(packed.toByteArray())
                .array();
    }

    private static ByteBuffer program(boolean wide, boolean little, String section, int sectionBytes) {
        ByteBuffer out = ByteBuffer.allocate(SIZE).order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        out.put(new byte[] {0x7f, 'E', 'L', 'F', (byte) (wide ? 2 : 1), (byte) (little ? 1 : 2), 1});
        out.position(16).putShort((short) 2).putShort((short) 62).putInt(1);
        int header = wide ? 64 : 52;
        number(out, wide, LOADED_AT);
        number(out, wide, header);
        number(out, wide, SECTIONS);
        out.putInt(0)
                .putShort((short) header)
                .putShort((short) (wide ? 56 : 32))
                .putShort((short) 1);
        out.putShort((short) (wide ? 64 : 40)).putShort((short) 3).putShort((short) 2);
        // One segment that loads everything.
        out.position(header).putInt(1);
        if (wide) {
            out.putInt(7)
                    .putLong(0)
                    .putLong(LOADED_AT)
                    .putLong(LOADED_AT)
                    .putLong(SIZE)
                    .putLong(SIZE)
                    .putLong(16);
        } else {
            out.putInt(0)
                    .putInt((int) LOADED_AT)
                    .putInt((int) LOADED_AT)
                    .putInt(SIZE)
                    .putInt(SIZE)
                    .putInt(7)
                    .putInt(16);
        }
        byte[] names = ("\0" + section + "\0.shstrtab\0").getBytes(StandardCharsets.US_ASCII);
        out.position(NAMES).put(names);
        section(out, wide, 1, 1, 1, INFO, sectionBytes);
        section(out, wide, 2, 2 + section.length(), 3, NAMES, names.length);
        return out;
    }

    private static void section(ByteBuffer out, boolean wide, int index, int name, int type, int offset, int bytes) {
        out.position(SECTIONS + index * (wide ? 64 : 40)).putInt(name).putInt(type);
        number(out, wide, 0);
        number(out, wide, 0);
        number(out, wide, offset);
        number(out, wide, bytes);
    }

    private static void number(ByteBuffer out, boolean wide, long value) {
        if (wide) {
            out.putLong(value);
        } else {
            out.putInt((int) value);
        }
    }
}
