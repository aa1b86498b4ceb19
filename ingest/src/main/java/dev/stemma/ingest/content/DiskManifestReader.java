package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads a disk manifest, run after run. Not thread-safe; needs no closing. */
public final class DiskManifestReader {

    private final Digest name;
    private final InputStream in;
    private final long sizeBytes;
    private long coveredBytes;
    private boolean ended;

    /**
     * @param name digest of the manifest
     * @throws DamagedStoreException when the content is no disk manifest
     * @throws java.nio.file.NoSuchFileException when the store lacks it
     */
    public DiskManifestReader(ContentStore store, Digest name) throws IOException {
        this.name = name;
        this.in = new BufferedInputStream(store.content(name).stream(), 1 << 16);
        byte[] magic = in.readNBytes(DiskManifestWriter.MAGIC.length());
        if (!new String(magic, StandardCharsets.ISO_8859_1).equals(DiskManifestWriter.MAGIC)) {
            throw damaged("is no disk manifest of version 1");
        }
        this.sizeBytes = number();
    }

    /** Bytes of the disk. */
    public long sizeBytes() {
        return sizeBytes;
    }

    /** The next stretch of the disk; empty when it has ended. */
    public Optional<DiskRun> next() throws IOException {
        if (ended) {
            return Optional.empty();
        }
        int letter = in.read();
        if (letter == 'e') {
            if (coveredBytes != sizeBytes || in.read() >= 0) {
                throw damaged("ends at " + coveredBytes + " of " + sizeBytes + " bytes");
            }
            ended = true;
            return Optional.empty();
        }
        long length = number();
        if (length <= 0 || length > sizeBytes - coveredBytes) {
            throw damaged("has a run of " + length + " bytes at " + coveredBytes + " of " + sizeBytes);
        }
        coveredBytes += length;
        return Optional.of(
                switch (letter) {
                    case 'z' -> new DiskRun.Zeros(length);
                    case 'f' -> new DiskRun.Part(length, digest(), number());
                    case 'd' -> new DiskRun.Data(length, digest());
                    default -> throw damaged("has a run that is none: " + letter);
                });
    }

    private long number() throws IOException {
        try {
            return Varint.read(in);
        } catch (EOFException e) {
            throw damaged("is cut off");
        } catch (DamagedStoreException e) {
            throw damaged("is none: " + e.getMessage());
        }
    }

    private Digest digest() throws IOException {
        byte[] bytes = in.readNBytes(Digest.LENGTH_BYTES);
        if (bytes.length < Digest.LENGTH_BYTES) {
            throw damaged("is cut off");
        }
        return Digest.of(bytes);
    }

    private DamagedStoreException damaged(String what) {
        return new DamagedStoreException("the disk manifest " + name + " " + what);
    }
}
