package dev.stemma.ingest.image.vhd;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unsupported;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The 512 bytes at the end of a VHD, of which all but fixed disks have a copy at the start. Source: Microsoft's Virtual Hard
 * Disk Image Format Specification 1.0.
 *
 * @param id by which a child knows its parent, in hexadecimal
 */
record VhdFooter(Type type, long virtualBytes, long headerOffset, String id) {

    static final int BYTES = 512;

    /** The geometry can say no more, and the block table's entries are sectors of 32 bits. */
    private static final long MAX_VIRTUAL_BYTES = 2L << 40;

    private static final byte[] COOKIE = "conectix".getBytes(StandardCharsets.US_ASCII);

    enum Type {
        FIXED,
        DYNAMIC,
        DIFFERENCING
    }

    /** From the end of the file, or from the start where the end is damaged. */
    static VhdFooter read(ByteSource file) throws ImageProblem {
        Origin origin = file.origin().within("vhd footer");
        if (file.sizeBytes() < BYTES) {
            throw new Corrupt("truncated", origin, "the footer does not fit into " + file.sizeBytes() + " bytes");
        }
        Fields last = at(file, file.sizeBytes() - BYTES);
        if (sound(last)) {
            return parse(last, origin);
        }
        Fields first = at(file, 0);
        if (sound(first)) {
            VhdFooter copy = parse(first, origin);
            if (copy.type != Type.FIXED) {
                return copy;
            }
        }
        if (!last.has(0, COOKIE) && first.has(0, COOKIE)) {
            throw new Corrupt(
                    "truncated",
                    origin,
                    "the file does not end with its footer",
                    "Copy the image again from its source.");
        }
        throw last.has(0, COOKIE)
                ? new Corrupt("bad-checksum", origin, "its checksum does not fit")
                : new Corrupt("bad-magic", origin, "does not start with conectix");
    }

    private static Fields at(ByteSource file, long offset) throws ImageProblem {
        return Fields.read(file, "vhd footer", offset, BYTES, ByteOrder.BIG_ENDIAN);
    }

    private static boolean sound(Fields footer) throws Corrupt {
        return footer.has(0, COOKIE) && footer.u32(64) == checksum(footer, BYTES, 64);
    }

    /** The complement of the sum of all bytes but those of the checksum itself. */
    static long checksum(Fields structure, int length, int position) throws Corrupt {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += i >= position && i < position + 4 ? 0 : structure.u8(i);
        }
        return Integer.toUnsignedLong(~sum);
    }

    private static VhdFooter parse(Fields footer, Origin origin) throws ImageProblem {
        if (footer.u32(12) >>> 16 != 1) {
            throw new Unsupported(
                    "unsupported-feature", origin, "is of version " + Long.toHexString(footer.u32(12)) + ", not 1.0");
        }
        Type type =
                switch ((int) footer.u32(60)) {
                    case 2 -> Type.FIXED;
                    case 3 -> Type.DYNAMIC;
                    case 4 -> Type.DIFFERENCING;
                    default -> throw new Unsupported("unsupported-feature", origin, "is of type " + footer.u32(60));
                };
        long virtualBytes = footer.u63(48);
        if (virtualBytes == 0 || virtualBytes % BYTES != 0 || virtualBytes > MAX_VIRTUAL_BYTES) {
            throw new Corrupt("bad-value", origin, "claims a disk of " + virtualBytes + " bytes");
        }
        long headerOffset = type == Type.FIXED ? 0 : footer.u63(16);
        return new VhdFooter(type, virtualBytes, headerOffset, HexFormat.of().formatHex(footer.bytes(68, 16)));
    }
}
