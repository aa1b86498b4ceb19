package dev.stemma.ingest.manifest;

import com.github.luben.zstd.ZstdOutputStream;
import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Entry;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/**
 * Writes one manifest as a stream. It gets its name, and becomes visible, in {@link #finish}; closing without that leaves
 * nothing behind. Not thread-safe.
 */
public final class ManifestWriter implements AutoCloseable {

    /** Twice as fast as level 3, and a twentieth smaller: most of a manifest's bytes are digests, in which nothing repeats. */
    private static final int COMPRESSION_LEVEL = 1;

    private final ManifestStore store;
    private final Path temporary;
    private final MessageDigest sha256 = Digest.newSha256();
    private final FileOutputStream file;
    private final OutputStream out;
    private final StringBuilder line = new StringBuilder(512);

    ManifestWriter(ManifestStore store, Path temporary) throws IOException {
        this.store = store;
        this.temporary = temporary;
        this.file = new FileOutputStream(temporary.toFile());
        try {
            ZstdOutputStream zstd = new ZstdOutputStream(file, COMPRESSION_LEVEL);
            zstd.setChecksum(true);
            this.out = new BufferedOutputStream(new DigestOutputStream(zstd, sha256), 1 << 16);
            line.append(Mtree.SIGNATURE).append('\n').append(Mtree.VERSION).append('\n');
            flushLine();
        } catch (IOException e) {
            file.close();
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    /** Starts the entries of a file system. */
    public void section(ManifestLine.Section section) throws IOException {
        Mtree.append(line, section);
        flushLine();
    }

    /** Adds an entry to the current section. */
    public void entry(Entry entry) throws IOException {
        Mtree.append(line, entry);
        flushLine();
    }

    private void flushLine() throws IOException {
        out.write(line.toString().getBytes(StandardCharsets.US_ASCII));
        line.setLength(0);
    }

    /** Makes the manifest durable and visible under its digest, which it returns. Nothing may be added after. */
    public Digest finish() throws IOException {
        // The frame must end before its bytes are forced out, and closing the stream closes the file.
        out.close();
        Digest digest = Digest.of(sha256.digest());
        Path target = store.path(digest);
        Path parent = target.getParent();
        if (parent == null) {
            throw new IOException("no directory to hold " + target);
        }
        Files.createDirectories(parent);
        force(temporary, StandardOpenOption.WRITE);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(parent, StandardOpenOption.READ);
        return digest;
    }

    private static void force(Path path, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }

    /** Drops what was not finished. */
    @Override
    public void close() throws IOException {
        file.close();
        Files.deleteIfExists(temporary);
    }
}
