package dev.stemma.graph.id;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * The one byte form of a value, digested as it is written: numbers as eight bytes big-endian, text and bytes after their
 * length, so that no two values have one form. Not thread-safe; used once.
 */
public final class CanonicalForm {

    private final MessageDigest sha256 = Digest.newSha256();
    private final byte[] number = new byte[Long.BYTES];

    /** @param domain ASCII; names what follows and its version, so that no two kinds of value have one digest */
    public CanonicalForm(String domain) {
        sha256.update(domain.getBytes(StandardCharsets.US_ASCII));
        sha256.update((byte) 0);
    }

    /** One ASCII letter. */
    public CanonicalForm letter(char letter) {
        sha256.update((byte) letter);
        return this;
    }

    /** Eight bytes, big-endian. */
    public CanonicalForm number(long value) {
        for (int i = 0; i < Long.BYTES; i++) {
            number[i] = (byte) (value >>> (56 - 8 * i));
        }
        sha256.update(number);
        return this;
    }

    /** 32 bytes. */
    public CanonicalForm digest(Digest value) {
        sha256.update(value.bytes());
        return this;
    }

    /** Length, then the bytes. */
    public CanonicalForm bytes(byte[] bytes) {
        number(bytes.length);
        sha256.update(bytes);
        return this;
    }

    /** Length in bytes, then the text in UTF-8. */
    public CanonicalForm text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The letter {@code -} for nothing, else {@code +} and the value's text. */
    public CanonicalForm maybe(Optional<?> value) {
        return value.isEmpty() ? letter('-') : letter('+').text(value.get().toString());
    }

    /** The digest of all that was written. */
    public Digest finish() {
        return Digest.of(sha256.digest());
    }
}
