package dev.stemma.api.security;

import dev.stemma.api.home.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * The local administrator's token: 256 random bits in hexadecimal, in a file that only its owner can read. Whoever can read the
 * file is the administrator. Delete the file and restart the service for a new one.
 */
public final class LocalToken {

    private static final int LENGTH_BYTES = 32;

    private final byte[] text;

    private LocalToken(String text) {
        this.text = text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reads the token, or makes one where there is none.
     *
     * @throws IOException also when others may read the file, which makes it no secret
     */
    public static LocalToken of(Home home) throws IOException {
        Path file = home.token();
        byte[] secret = new byte[LENGTH_BYTES];
        new SecureRandom().nextBytes(secret);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, HexFormat.of().formatHex(secret) + "\n", StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            // Kept from an earlier start.
        }
        Set<PosixFilePermission> open = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        open.removeAll(PosixFilePermissions.fromString("rw-------"));
        if (!open.isEmpty()) {
            throw new IOException(file + " is open to others. Run: chmod 600 " + file);
        }
        String text = Files.readString(file).strip();
        if (!text.matches("[0-9a-f]{64}")) {
            throw new IOException(file + " does not hold a token. Delete it; the next start makes a new one.");
        }
        return new LocalToken(text);
    }

    /** Whether a text is the token, in a time that does not tell how much of it fits. */
    public boolean matches(String offered) {
        return MessageDigest.isEqual(text, offered.getBytes(StandardCharsets.UTF_8));
    }
}
