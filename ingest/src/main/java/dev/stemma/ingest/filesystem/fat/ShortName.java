package dev.stemma.ingest.filesystem.fat;

import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import java.nio.charset.Charset;
import java.util.Locale;

/** The name of eight and three characters that every slot has, in code page 437, upper case unless two bits say otherwise. */
final class ShortName {

    private static final Charset CODE_PAGE = Charset.forName("IBM437");
    private static final int LOWER_BASE = 0x08;
    private static final int LOWER_EXTENSION = 0x10;
    private static final int ESCAPED_E5 = 0x05;

    private ShortName() {}

    static String of(Fields slot) throws Corrupt {
        byte[] raw = slot.bytes(0, 11);
        if (raw[0] == ESCAPED_E5) {
            raw[0] = (byte) 0xe5;
        }
        int cases = slot.u8(12);
        String base = part(raw, 0, 8, (cases & LOWER_BASE) != 0);
        String extension = part(raw, 8, 3, (cases & LOWER_EXTENSION) != 0);
        return extension.isEmpty() ? base : base + "." + extension;
    }

    /** A volume's label takes all eleven characters. */
    static String label(Fields slot) throws Corrupt {
        return part(slot.bytes(0, 11), 0, 11, false);
    }

    private static String part(byte[] raw, int at, int length, boolean lower) {
        int end = at + length;
        while (end > at && raw[end - 1] == ' ') {
            end--;
        }
        String text = new String(raw, at, end - at, CODE_PAGE);
        return lower ? text.toLowerCase(Locale.ROOT) : text;
    }

    /** What each piece of a long name repeats, to tell whose name it is. */
    static int checksum(Fields slot) throws Corrupt {
        int sum = 0;
        for (byte one : slot.bytes(0, 11)) {
            sum = ((sum & 1) << 7 | sum >>> 1) + (one & 0xff) & 0xff;
        }
        return sum;
    }
}
