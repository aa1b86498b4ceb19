package dev.stemma.ingest.analyze.host;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.GuestFact.SshKey;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** Public keys in SSH's wire form, RFC 4253 section 6.6 and RFC 5656: a type, then its numbers. */
final class PublicKeys {

    private static final int MAX_BYTES = 16 << 10; // RSA keys of 16,384 bits take 2 KiB
    private static final Pattern TYPE = Pattern.compile("[a-z0-9@.-]{1,64}");

    private PublicKeys() {}

    /** From base64; empty when it is no key. */
    static Optional<SshKey> parse(String base64) {
        if (base64.length() > MAX_BYTES) {
            return Optional.empty();
        }
        try {
            return of(Base64.getDecoder().decode(base64.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** From the wire form; empty when it is no key. */
    static Optional<SshKey> of(byte[] wire) {
        try {
            ByteBuffer in = ByteBuffer.wrap(wire);
            String type = new String(string(in), StandardCharsets.ISO_8859_1);
            if (!TYPE.matcher(type).matches() || !in.hasRemaining()) {
                return Optional.empty();
            }
            String fingerprint = "SHA256:"
                    + Base64.getEncoder()
                            .withoutPadding()
                            .encodeToString(Digest.sha256(wire).bytes());
            return Optional.of(new SshKey(fingerprint, type, bits(type, in)));
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    /** A string with its length in front. */
    static byte[] string(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static int bits(String type, ByteBuffer in) {
        if (type.equals("ssh-rsa")) {
            string(in); // the exponent comes first
            return new java.math.BigInteger(1, string(in)).bitLength();
        }
        if (type.equals("ssh-dss")) {
            return new java.math.BigInteger(1, string(in)).bitLength();
        }
        if (type.contains("ed25519") || type.contains("nistp256")) {
            return 256;
        }
        return type.contains("nistp384") ? 384 : type.contains("nistp521") ? 521 : 0;
    }
}
