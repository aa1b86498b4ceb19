package dev.stemma.ingest.analyze.windows;

import java.util.Optional;

/**
 * The machine that a program of Windows was built for, in the words of {@code uname -m}; by its PE header (Microsoft's PE Format: the
 * offset of the signature at 0x3c, the machine after the signature). Stateless.
 */
final class PeMachine {

    static final int HEADER_BYTES = 4_096;

    private static final int OFFSET_AT = 0x3c;

    private PeMachine() {}

    static Optional<String> parse(byte[] start) {
        if (start.length < OFFSET_AT + 4 || start[0] != 'M' || start[1] != 'Z') {
            return Optional.empty();
        }
        long offset = number(start, OFFSET_AT) | number(start, OFFSET_AT + 2) << 16;
        if (offset > start.length - 6 || !isSignature(start, (int) offset)) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                switch ((int) number(start, (int) offset + 4)) {
                    case 0x14c -> "i686";
                    case 0x1c4 -> "armv7l";
                    case 0x200 -> "ia64";
                    case 0x8664 -> "x86_64";
                    case 0xaa64 -> "aarch64";
                    default -> null;
                });
    }

    private static boolean isSignature(byte[] bytes, int at) {
        return bytes[at] == 'P' && bytes[at + 1] == 'E' && bytes[at + 2] == 0 && bytes[at + 3] == 0;
    }

    private static long number(byte[] bytes, int at) {
        return bytes[at] & 0xffL | (bytes[at + 1] & 0xffL) << 8;
    }
}
