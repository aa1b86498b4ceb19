package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** Image manifests, each named by the SHA-256 of its text. What none leads to is garbage. Safe for use by several threads. */
public final class Roots {

    private static final int MAX_BYTES = 1 << 20;

    private final BlobStore blobs;

    Roots(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** Makes an image manifest durable and visible. All that it leads to must be durable already. Again, it does nothing; a damaged one it replaces. */
    public Digest add(ImageManifest manifest) throws IOException {
        byte[] text = manifest.bytes();
        Digest name = Digest.sha256(text);
        try {
            if (has(name)) {
                return name;
            }
        } catch (DamagedStoreException e) {
            remove(name);
        }
        Path file = Files.createTempFile(blobs.temporary(), "image-", ".tmp");
        try {
            Files.write(file, text);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            blobs.put(file, BlobName.Kind.IMAGE.of(name));
        } finally {
            Files.deleteIfExists(file);
        }
        return name;
    }

    /**
     * An image manifest.
     *
     * @throws NoSuchFileException when there is none of that name
     * @throws DamagedStoreException when it is not what its name says
     */
    public ImageManifest read(Digest name) throws IOException {
        BlobName blob = BlobName.Kind.IMAGE.of(name);
        byte[] text = blobs.read(blob, MAX_BYTES);
        String where = blobs.where() + "/" + blob;
        if (!Digest.sha256(text).equals(name)) {
            throw new DamagedStoreException(where + " is not what its name says");
        }
        return ImageManifest.parse(where, text);
    }

    /** The same; empty when there is none of that name. */
    Optional<ImageManifest> find(Digest name) throws IOException {
        try {
            return Optional.of(read(name));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether there is one of that name.
     *
     * @throws DamagedStoreException when it is not what its name says
     */
    public boolean has(Digest name) throws IOException {
        return find(name).isPresent();
    }

    /** Whether there is one of that name, and it is what its name says. */
    public boolean whole(Digest name) throws IOException {
        try {
            return has(name);
        } catch (DamagedStoreException e) {
            return false;
        }
    }

    /** The names of all, sorted. */
    public List<Digest> all() throws IOException {
        return blobs.names(BlobName.Kind.IMAGE);
    }

    /** Lets go of an image; what only it led to is garbage from now on. */
    public void remove(Digest name) throws IOException {
        blobs.delete(List.of(BlobName.Kind.IMAGE.of(name)));
    }
}
