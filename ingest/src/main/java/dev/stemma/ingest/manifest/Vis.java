package dev.stemma.ingest.manifest;

import dev.stemma.graph.model.GuestName;
import java.io.ByteArrayOutputStream;

/**
 * Guest bytes in the escaped form of {@code vis(3)} with {@code VIS_OCTAL}: what is not printable ASCII, and each
 * character that means something in {@code mtree(5)} or to a shell's globbing, becomes {@code \ooo}.
 */
final class Vis {

    private static final String SPECIAL = "\\#=*?[]";

    private Vis() {}

    static void append(StringBuilder line, GuestName name) {
        for (int i = 0; i < name.length(); i++) {
            int b = name.at(i) & 0xff;
            if (b > 0x20 && b < 0x7f && SPECIAL.indexOf(b) < 0) {
                line.append((char) b);
            } else {
                line.append('\\')
                        .append((char) ('0' + (b >> 6)))
                        .append((char) ('0' + (b >> 3 & 7)))
                        .append((char) ('0' + (b & 7)));
            }
        }
    }

    static String escape(GuestName name) {
        StringBuilder text = new StringBuilder(name.length() + 16);
        append(text, name);
        return text.toString();
    }

    /** @throws IllegalArgumentException when a backslash is not followed by three octal digits below 0400 */
    static GuestName parse(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                bytes.write(c);
            } else if (i + 4 > text.length()) {
                throw new IllegalArgumentException("an escape is cut short: " + text);
            } else {
                int value = Integer.parseInt(text, i + 1, i + 4, 8);
                if (value < 0 || value > 0xff) {
                    throw new IllegalArgumentException("no byte has this value: " + text);
                }
                bytes.write(value);
                i += 3;
            }
        }
        return GuestName.of(bytes.toByteArray());
    }
}
