package dev.stemma.graph.model;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Bytes that a guest chose: a file name, a link target, an attribute's name. They need not be text and are never trusted.
 *
 * <p>{@link #escaped()} is the one text form, used in the graph, in manifests' comments and on every screen: valid
 * printable UTF-8 as it is, a backslash as {@code \x5c}, and each byte of anything else (controls, line breaks,
 * bidirectional marks, bytes that are not UTF-8) as {@code \xHH}. It is one-to-one: {@link #parse} gives the bytes back.
 *
 * <p>Ordered bytewise, unsigned, as ext directories, git trees and {@code LC_ALL=C sort} are.
 */
public final class GuestName implements Comparable<GuestName> {

    /** The name of no bytes; only the root of a file system has it. */
    public static final GuestName EMPTY = new GuestName(new byte[0]);

    private final byte[] bytes;

    /** Of the bytes; names are looked up again and again, a path's with each of its names. */
    private final int hash;

    private GuestName(byte[] bytes) {
        this.bytes = bytes;
        this.hash = Arrays.hashCode(bytes);
    }

    /** Copies the bytes. */
    public static GuestName of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new GuestName(bytes.clone());
    }

    /** The bytes that stand as the Latin-1 characters of a text. */
    public static GuestName ofLatin1(String text) {
        return text.isEmpty() ? EMPTY : new GuestName(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The UTF-8 bytes of a text that we wrote ourselves; guest text goes through {@link #of} or {@link #parse}. */
    public static GuestName ofText(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads the escaped form.
     *
     * @throws IllegalArgumentException when a backslash is not followed by {@code x} and two hexadecimal digits
     */
    public static GuestName parse(String escaped) {
        if (escaped.indexOf('\\') < 0) {
            return ofText(escaped);
        }
        var out = new java.io.ByteArrayOutputStream(escaped.length());
        for (int i = 0; i < escaped.length(); ) {
            int slash = escaped.indexOf('\\', i);
            String plain = escaped.substring(i, slash < 0 ? escaped.length() : slash);
            out.writeBytes(plain.getBytes(StandardCharsets.UTF_8));
            if (slash < 0) {
                break;
            }
            if (slash + 4 > escaped.length() || escaped.charAt(slash + 1) != 'x') {
                throw new IllegalArgumentException(
                        "a backslash starts \\xHH (a backslash itself is \\x5c) at character " + slash + ": "
                                + escaped);
            }
            out.write(HexFormat.fromHexDigits(escaped, slash + 2, slash + 4));
            i = slash + 4;
        }
        return of(out.toByteArray());
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Length in bytes. */
    public int length() {
        return bytes.length;
    }

    /** The byte at an index from 0 to {@link #length()} - 1. */
    public byte at(int index) {
        return bytes[index];
    }

    /** Whether these are exactly the UTF-8 bytes of the text. */
    public boolean is(String text) {
        return Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The one text form; see the class. */
    public String escaped() {
        for (byte b : bytes) {
            if (b < 0x20 || b == 0x7f || b == '\\') {
                return escapedSlowly();
            }
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private String escapedSlowly() {
        StringBuilder text = new StringBuilder(bytes.length + 16);
        for (int i = 0; i < bytes.length; ) {
            int length = utf8Length(i);
            String piece = length == 0 ? "" : decode(i, length);
            if (piece.isEmpty() || !printable(piece.codePointAt(0))) {
                length = Math.max(1, length);
                for (int k = i; k < i + length; k++) {
                    text.append(String.format("\\x%02x", bytes[k] & 0xff));
                }
            } else {
                text.append(piece);
            }
            i += length;
        }
        return text.toString();
    }

    private int utf8Length(int at) {
        int lead = bytes[at] & 0xff;
        int length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 0;
        return at + length <= bytes.length ? length : 0;
    }

    private String decode(int at, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, at, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return "";
        }
    }

    private static boolean printable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> codePoint != '\\';
        };
    }

    @Override
    public int compareTo(GuestName other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GuestName name && hash == name.hash && Arrays.equals(bytes, name.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** {@link #escaped()}. */
    @Override
    public String toString() {
        return escaped();
    }
}
