package dev.stemma.ingest.analyze.host;

import dev.stemma.graph.model.GuestFact.PrivateKey;
import dev.stemma.graph.model.GuestFact.SshKey;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.analyze.FactLog;
import dev.stemma.ingest.analyze.GuestText;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That a file holds a private key, by its armour (RFC 7468, and OpenSSH's PROTOCOL.key). Of the latter the public key, which stands in
 * the clear before the secret part, gives the fingerprint; the secret part is not decoded.
 */
final class PrivateKeys {

    private static final Pattern ARMOUR = Pattern.compile("-----BEGIN ((?:[A-Z0-9]+ )?)(ENCRYPTED )?PRIVATE KEY-----");
    private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);

    /** Enough base64 for cipher, key derivation and an RSA key of 16,384 bits; a multiple of 4. */
    private static final int HEAD_CHARACTERS = 4_096;

    private static final int MAX_BYTES = 64 << 10;

    private PrivateKeys() {}

    /** Keeps the fact when the file is a private key; whether it was one. */
    static boolean look(FactLog log, GuestPath path) throws ImageProblem {
        Optional<byte[]> start = log.files().readStart(path, MAX_BYTES);
        if (start.isEmpty()) {
            return false;
        }
        String text = new String(start.get(), StandardCharsets.ISO_8859_1);
        Matcher armour = ARMOUR.matcher(text);
        if (!armour.find()) {
            return false;
        }
        String format = armour.group(1).strip();
        switch (format) {
            case "OPENSSH" -> openssh(log, path, text.substring(armour.end()));
            case "", "ENCRYPTED" -> keep(log, path, "pkcs8", format.equals("ENCRYPTED") || armour.group(2) != null);
            default -> keep(log, path, word(format), text.startsWith("\nProc-Type: 4,ENCRYPTED", armour.end()));
        }
        return true;
    }

    private static String word(String format) {
        return GuestText.shown(format.toLowerCase(java.util.Locale.ROOT));
    }

    private static void keep(FactLog log, GuestPath path, String format, boolean encrypted) {
        log.add(new PrivateKey(path.escaped(), format, encrypted, Optional.empty()));
    }

    private static void openssh(FactLog log, GuestPath path, String body) {
        try {
            int end = body.indexOf('-');
            String base64 = (end < 0 ? body : body.substring(0, end)).replaceAll("\\s+", "");
            int length = Math.min(base64.length() & ~3, HEAD_CHARACTERS);
            ByteBuffer in = ByteBuffer.wrap(
                    Base64.getDecoder().decode(base64.substring(0, length).getBytes(StandardCharsets.ISO_8859_1)));
            byte[] magic = new byte[MAGIC.length];
            in.get(magic);
            String cipher = new String(PublicKeys.string(in), StandardCharsets.ISO_8859_1);
            PublicKeys.string(in); // the name of the key derivation
            PublicKeys.string(in); // and its options
            in.getInt(); // how many keys; OpenSSH writes one
            Optional<String> fingerprint = PublicKeys.of(PublicKeys.string(in)).map(SshKey::fingerprint);
            log.add(new PrivateKey(path.escaped(), "openssh", !cipher.equals("none"), fingerprint));
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            keep(log, path, "openssh", false);
            log.malformed(path, "it begins as a private key of OpenSSH's and does not go on as one");
        }
    }
}
