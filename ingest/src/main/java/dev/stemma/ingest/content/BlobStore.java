package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/**
 * Where the blobs of one content store lie, which one process has open. A blob is there whole or not at all, and is never changed. Safe for use by
 * several threads; closed by who opened it.
 */
public interface BlobStore extends AutoCloseable {

    /**
     * A blob that is there.
     *
     * @param sizeBytes 0 or more
     * @param modifiedAt when it was put there last, by the clock of where it lies
     */
    record Listed(BlobName name, long sizeBytes, Instant modifiedAt) {}

    /** How the store is called, for messages: a path, or an address. */
    String where();

    /** A directory on a local disk for what is being written. It is emptied when the store is opened. */
    Path temporary();

    /** The digests in the names of all blobs of a kind, sorted; what is called otherwise is passed over. */
    List<Digest> names(BlobName.Kind kind) throws IOException;

    /** All blobs of a kind, sorted by name; what is called otherwise is passed over. */
    List<Listed> list(BlobName.Kind kind) throws IOException;

    /** @param blob as it was listed or put */
    Blob open(Listed blob) throws IOException;

    /**
     * All of a small blob.
     *
     * @throws NoSuchFileException when there is none of that name
     * @throws DamagedStoreException when it is longer than that
     */
    byte[] read(BlobName name, int maxBytes) throws IOException;

    /**
     * Makes a finished file a blob, durable and visible when this returns. Where there is one of that name already, it must be of the same bytes, and counts
     * as put now where that costs nothing.
     *
     * @param file below {@link #temporary}; forced to the medium by who wrote it; it may be gone afterwards
     * @throws StoreInUseException when another process has taken the store over; nothing was put then
     */
    Listed put(Path file, BlobName name) throws IOException;

    /**
     * The same for the one blob that changes: what had the name is gone then, and at each moment one of both is there.
     *
     * @throws StoreInUseException when another process has taken the store over; nothing was put then
     */
    void replace(Path file, BlobName name) throws IOException;

    /** Bytes that can still be written where the blobs lie; empty where that is not known. */
    default OptionalLong freeBytes() throws IOException {
        return OptionalLong.empty();
    }

    /**
     * Removes blobs, durably.
     *
     * @throws NoSuchFileException when one of them is not there; others may be gone
     * @throws StoreInUseException when another process has taken the store over
     */
    void delete(Collection<BlobName> names) throws IOException;

    /** Sees to it that what removed blobs took is free on the medium, as far as nobody reads them any more. */
    default void settle() throws IOException {}

    /** When a blob was put there last. */
    Instant modifiedAt(BlobName name) throws IOException;

    @Override
    void close() throws IOException;
}
