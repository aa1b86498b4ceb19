package dev.stemma.ingest.seal;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Seals below one directory, each named by the SHA-256 of the path that its image lies at; the newest counts. May be deleted at any
 * time. Safe for use by several threads and processes.
 */
public final class SealStore {

    private static final int MAX_BYTES = 8 << 20;

    private final Path directory;

    /** @param directory made with the first seal */
    public SealStore(Path directory) {
        this.directory = directory;
    }

    /** The seal of the image at a path; empty when there is none, or none that can be read. */
    public Optional<Seal> find(Path image) {
        Path file = path(image);
        try {
            return Files.size(file) > MAX_BYTES ? Optional.empty() : Seal.parse(Files.readString(file));
        } catch (IOException missingOrDamaged) {
            // The image is then read whole, which is right whatever has happened to its seal.
            return Optional.empty();
        }
    }

    /** Seals the image at a path; what was known of it before is forgotten. */
    public void put(Path image, Seal seal) throws IOException {
        Files.createDirectories(directory);
        Path temporary = Files.createTempFile(directory, "new-", ".tmp");
        try {
            Files.writeString(temporary, seal.text());
            Files.move(temporary, path(image), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Forgets the image at a path. */
    public void remove(Path image) throws IOException {
        try {
            Files.delete(path(image));
        } catch (NoSuchFileException alreadyGone) {
            return;
        }
    }

    private Path path(Path image) {
        return directory.resolve(
                Digest.sha256(image.toString().getBytes(StandardCharsets.UTF_8)).hex() + ".seal");
    }
}
