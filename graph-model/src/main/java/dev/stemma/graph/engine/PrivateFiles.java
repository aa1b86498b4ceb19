package dev.stemma.graph.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Files and directories that only their owner may read, from their first moment on. */
final class PrivateFiles {

    private static final int PASSWORD_BYTES = 24;

    private PrivateFiles() {}

    /** Makes a directory with mode 0700, or sets that mode on the one that is there. */
    static void directory(Path directory) throws IOException {
        var mode = PosixFilePermissions.fromString("rwx------");
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(mode));
        Files.setPosixFilePermissions(directory, mode);
    }

    /**
     * Writes a new random password, hexadecimal, so that no character of it means anything to a shell or an option
     * parser. The file appears whole, with mode 0600, or not at all.
     */
    static void newPassword(Path file) throws IOException {
        byte[] secret = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(secret);
        var mode = PosixFilePermissions.fromString("rw-------");
        Path parent = file.toAbsolutePath().getParent();
        Path fresh = Files.createTempFile(parent, "password", ".new", PosixFilePermissions.asFileAttribute(mode));
        Files.writeString(fresh, HexFormat.of().formatHex(secret) + "\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The password in a file, without the line's end. */
    static String password(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the password file " + file, e);
        }
    }
}
