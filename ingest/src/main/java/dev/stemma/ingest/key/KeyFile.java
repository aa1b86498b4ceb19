package dev.stemma.ingest.key;

import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.NotAllowed;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unreadable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Reads keys from files of the host, which nobody but their owner may read and which lie where images may. One line break at the end is
 * not a part of a passphrase, as for {@code cryptsetup} on a terminal. Stateless.
 */
public final class KeyFile {

    private static final String REMEDY = "Put the passphrase alone into a file of mode 600.";
    private static final int MAX_BYTES = 512; // LUKS takes no longer passphrase, cryptsetup(8)

    private static final Set<PosixFilePermission> EXPOSING = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private KeyFile() {}

    /**
     * Reads each of the files.
     *
     * @throws NotAllowed {@code path-not-allowed}, {@code key-file-exposed}
     * @throws Unreadable {@code key-file-unusable}
     */
    public static List<VolumeKey> read(List<Path> files, ImageRules rules) throws ImageProblem {
        List<VolumeKey> keys = new ArrayList<>(files.size());
        for (Path file : files) {
            keys.add(read(file, rules));
        }
        return List.copyOf(keys);
    }

    private static VolumeKey read(Path file, ImageRules rules) throws ImageProblem {
        Origin origin = Origin.of("key file " + file.getFileName());
        byte[] bytes;
        try {
            Path real = file.toRealPath();
            if (!rules.allows(real)) {
                throw new NotAllowed(
                        "path-not-allowed",
                        origin,
                        "it lies outside of the allowed directories",
                        rules.howToAllow(real));
            }
            requirePrivate(real, origin);
            bytes = content(real, origin);
        } catch (IOException e) {
            throw new Unreadable("key-file-unusable", origin, "it cannot be read", REMEDY, e);
        }
        return key(bytes, origin);
    }

    private static void requirePrivate(Path real, Origin origin) throws IOException, ImageProblem {
        PosixFileAttributes attributes =
                Files.readAttributes(real, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw unusable(origin, "it is no regular file");
        }
        if (attributes.permissions().stream().anyMatch(EXPOSING::contains)) {
            throw new NotAllowed(
                    "key-file-exposed",
                    origin,
                    "others than its owner may read or write it",
                    "chmod 600 the key file.");
        }
    }

    private static byte[] content(Path real, Origin origin) throws IOException, Unreadable {
        ByteBuffer buffer = ByteBuffer.allocate(MAX_BYTES + 2);
        try (SeekableByteChannel channel =
                Files.newByteChannel(real, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                continue;
            }
        }
        int length = buffer.position();
        if (length > 0 && buffer.get(length - 1) == '\n') {
            length--;
        }
        if (length == 0 || length > MAX_BYTES) {
            throw unusable(origin, "a passphrase has 1 to " + MAX_BYTES + " bytes");
        }
        return Arrays.copyOf(buffer.array(), length);
    }

    private static VolumeKey key(byte[] bytes, Origin origin) throws Unreadable {
        for (byte b : bytes) {
            if (b == 0) {
                throw unusable(origin, "it holds a zero byte, which libguestfs cannot take");
            }
        }
        return new VolumeKey(bytes);
    }

    private static Unreadable unusable(Origin origin, String why) {
        return new Unreadable("key-file-unusable", origin, why, REMEDY);
    }
}
