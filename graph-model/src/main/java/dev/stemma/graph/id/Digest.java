package dev.stemma.graph.id;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256 digest (FIPS 180-4), the name of every piece of content.
 *
 * <p>Held as four words, so that millions of them cost 48 bytes each and compare without a loop. The text form is 64
 * lower-case hexadecimal digits, what {@code sha256sum} prints.
 *
 * @param a bytes 0 to 7, big-endian
 * @param b bytes 8 to 15
 * @param c bytes 16 to 23
 * @param d bytes 24 to 31
 */
public record Digest(long a, long b, long c, long d) implements Comparable<Digest> {

    /** Length in bytes. */
    public static final int LENGTH_BYTES = 32;

    /** The digest of no bytes at all: what every empty file has. */
    public static final Digest EMPTY = sha256(new byte[0]);

    /**
     * Reads a digest from its bytes.
     *
     * @param bytes exactly 32 bytes
     * @throws IllegalArgumentException when there are more or fewer
     */
    public static Digest of(byte[] bytes) {
        if (bytes.length != LENGTH_BYTES) {
            throw new IllegalArgumentException("a SHA-256 digest has 32 bytes, not " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Digest(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
    }

    /**
     * Reads the text form, with or without the prefix {@code sha256:}.
     *
     * @throws IllegalArgumentException when it is not 64 hexadecimal digits
     */
    public static Digest parse(String text) {
        String hex = text.startsWith("sha256:") ? text.substring("sha256:".length()) : text;
        if (hex.length() != 2 * LENGTH_BYTES) {
            throw new IllegalArgumentException("not a SHA-256 digest (64 hexadecimal digits): " + text);
        }
        try {
            return of(HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a SHA-256 digest (64 hexadecimal digits): " + text, e);
        }
    }

    /** Digests the bytes in one go. */
    public static Digest sha256(byte[] bytes) {
        return of(newSha256().digest(bytes));
    }

    /** A fresh SHA-256 to feed piece by piece; finish it with {@link #of(byte[])}. Not thread-safe. */
    public static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** The 32 bytes, a fresh array. */
    public byte[] bytes() {
        return ByteBuffer.allocate(LENGTH_BYTES)
                .putLong(a)
                .putLong(b)
                .putLong(c)
                .putLong(d)
                .array();
    }

    /** 64 lower-case hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes());
    }

    @Override
    public int compareTo(Digest other) {
        int order = Long.compareUnsigned(a, other.a);
        order = order != 0 ? order : Long.compareUnsigned(b, other.b);
        order = order != 0 ? order : Long.compareUnsigned(c, other.c);
        return order != 0 ? order : Long.compareUnsigned(d, other.d);
    }

    @Override
    public String toString() {
        return hex();
    }
}
