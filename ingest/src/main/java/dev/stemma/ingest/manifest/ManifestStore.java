package dev.stemma.ingest.manifest;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.GuestPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Manifests below one directory, each named by the SHA-256 of its uncompressed text: {@code ab/cdef….mtree.zst}. A file
 * that is there is whole. Safe for use by several threads and processes.
 */
public final class ManifestStore {

    private final Path directory;

    /** @param directory usually {@code $STEMMA_HOME/manifests}; made with the first manifest */
    public ManifestStore(Path directory) {
        this.directory = directory;
    }

    /** Starts a new manifest; close it whatever happens. */
    public ManifestWriter create() throws IOException {
        Files.createDirectories(directory);
        return new ManifestWriter(this, Files.createTempFile(directory, "new-", ".tmp"));
    }

    /** Where a manifest lies, whether it exists or not. */
    public Path path(Digest manifest) {
        String hex = manifest.hex();
        return directory.resolve(hex.substring(0, 2)).resolve(hex.substring(2) + ".mtree.zst");
    }

    /** The directory of the seals, which say of what images manifests speak. */
    public Path seals() {
        return directory.resolve("seals");
    }

    /** Whether it is there. */
    public boolean contains(Digest manifest) {
        return Files.isRegularFile(path(manifest));
    }

    /**
     * Opens a manifest; close the reader.
     *
     * @throws NoSuchFileException when it is not there
     */
    public ManifestReader open(Digest manifest) throws IOException {
        return new ManifestReader(path(manifest), manifest);
    }

    /**
     * All entries, of one file system after the other; close the stream. Ends in an {@link UncheckedIOException} around a
     * {@link DamagedManifestException} when the text is not what its name promises, at the latest after the last entry.
     */
    public Stream<Entry> entries(Digest manifest) throws IOException {
        ManifestReader reader = open(manifest);
        Iterator<Entry> entries = new Entries(reader);
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(
                                entries, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE),
                        false)
                .onClose(() -> {
                    try {
                        reader.close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    /**
     * One path, read without holding or parsing the other entries; the text is verified to its end all the same.
     *
     * @param volume the disk's index
     * @param partition the partition's number
     */
    public Optional<Entry> find(Digest manifest, int volume, int partition, GuestPath path) throws IOException {
        try (ManifestReader reader = open(manifest)) {
            return reader.find(volume, partition, path);
        }
    }

    /** The entries of a reader as an iterator. */
    private static final class Entries implements Iterator<Entry> {
        private final ManifestReader reader;
        private @Nullable Entry next;
        private boolean ended;

        Entries(ManifestReader reader) {
            this.reader = reader;
        }

        @Override
        public boolean hasNext() {
            try {
                while (next == null && !ended) {
                    Optional<ManifestLine> line = reader.next();
                    ended = line.isEmpty();
                    if (line.orElse(null) instanceof ManifestLine.Item(Entry entry)) {
                        next = entry;
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return next != null;
        }

        @Override
        public Entry next() {
            Entry entry = hasNext() ? next : null;
            if (entry == null) {
                throw new NoSuchElementException();
            }
            next = null;
            return entry;
        }
    }
}
