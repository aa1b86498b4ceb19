package dev.stemma.ingest.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.bytes.ByteSource;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Images made by QEMU's own tools, for tests; they come with the Debian package qemu-utils. */
final class Qemu {

    private Qemu() {}

    static void run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue())
                    .as(String.join(" ", command) + ": " + output)
                    .isZero();
        } catch (IOException e) {
            throw new AssertionError("install the Debian packages qemu-utils and fdisk", e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A raw disk with stretches of seeded noise and of repeated bytes, holes between them. */
    static Path raw(Path directory, String name, long seed, long sizeBytes) throws IOException {
        Path file = directory.resolve(name);
        Random random = new Random(seed);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] piece = new byte[100_000];
            for (long at = 0; at + piece.length < sizeBytes; at += random.nextInt(1, 3_000_000)) {
                if (random.nextBoolean()) {
                    random.nextBytes(piece);
                } else {
                    java.util.Arrays.fill(piece, (byte) random.nextInt(256));
                }
                channel.write(ByteBuffer.wrap(piece), at);
            }
            channel.write(ByteBuffer.wrap(new byte[1]), sizeBytes - 1);
        }
        return file;
    }

    /** The digest of all bytes, the known holes taken for zeros without reading them. */
    static Digest digest(ByteSource source) throws Exception {
        MessageDigest digest = Digest.newSha256();
        byte[] buffer = new byte[1 << 20];
        long at = 0;
        for (ByteSource.Extent extent : source.extents(0, source.sizeBytes())) {
            assertThat(extent.offsetBytes()).isEqualTo(at);
            for (long left = extent.lengthBytes(); left > 0; ) {
                int piece = (int) Math.min(buffer.length, left);
                if (extent.hole()) {
                    java.util.Arrays.fill(buffer, 0, piece, (byte) 0);
                } else {
                    source.read(at, MemorySegment.ofArray(buffer).asSlice(0, piece));
                }
                digest.update(buffer, 0, piece);
                at += piece;
                left -= piece;
            }
        }
        assertThat(at).isEqualTo(source.sizeBytes());
        return Digest.of(digest.digest());
    }

    static Digest digest(Path file) throws Exception {
        MessageDigest digest = Digest.newSha256();
        try (var in = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 20];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
        return Digest.of(digest.digest());
    }
}
