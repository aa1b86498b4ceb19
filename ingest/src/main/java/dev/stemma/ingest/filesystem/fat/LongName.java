package dev.stemma.ingest.filesystem.fat;

import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Puts a long name together from the slots before the one that it belongs to: the last piece comes first, thirteen units of
 * UTF-16 each. Pieces that do not fit together are forgotten.
 */
final class LongName {

    private static final int MAX_PIECES = 20;
    private static final int UNITS = 13;
    private static final int LAST = 0x40;

    private final byte[] units = new byte[MAX_PIECES * UNITS * 2];
    private int pieces;
    private int expected;
    private int checksum;

    void forget() {
        pieces = 0;
        expected = 0;
    }

    void add(Fields slot) throws Corrupt {
        int number = slot.u8(0) & 0x1f;
        if ((slot.u8(0) & LAST) != 0) {
            pieces = number >= 1 && number <= MAX_PIECES ? number : 0;
            expected = pieces;
            checksum = slot.u8(13);
        }
        if (expected == 0 || number != expected || slot.u8(13) != checksum) {
            forget();
            return;
        }
        expected--;
        byte[] piece = units(slot);
        System.arraycopy(piece, 0, units, expected * piece.length, piece.length);
    }

    private static byte[] units(Fields slot) throws Corrupt {
        byte[] piece = Arrays.copyOf(slot.bytes(1, 10), UNITS * 2);
        System.arraycopy(slot.bytes(14, 12), 0, piece, 10, 12);
        System.arraycopy(slot.bytes(28, 4), 0, piece, 22, 4);
        return piece;
    }

    /** The name, when all its pieces came and it belongs to this slot; forgotten then. */
    Optional<String> take(Fields slot) throws Corrupt {
        boolean whole = pieces > 0 && expected == 0 && checksum == ShortName.checksum(slot);
        String text = new String(units, 0, pieces * UNITS * 2, StandardCharsets.UTF_16LE);
        int end = text.indexOf(0);
        forget();
        return whole ? Optional.of(end < 0 ? text : text.substring(0, end)) : Optional.empty();
    }
}
