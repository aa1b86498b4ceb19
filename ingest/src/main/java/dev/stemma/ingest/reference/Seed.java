package dev.stemma.ingest.reference;

import dev.stemma.ingest.content.ImageManifest;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A raw disk that is at the destination already. It is read and never written to, and nothing is taken from it that was not held against its
 * digest, whatever it is said to be and whatever becomes of it meanwhile. Whether it may be read, the caller has made sure of.
 *
 * @param file a regular file
 * @param version the stored disk that it was once; empty when that is not known, and it is then looked at as if it were the one that is wanted
 */
public record Seed(Path file, Optional<ImageManifest.Disk> version) {

    /** A disk of which nothing is known. */
    public static Seed unknown(Path file) {
        return new Seed(file, Optional.empty());
    }

    /** A version that was checked out; it may have been changed since. */
    public static Seed of(Path file, ImageManifest.Disk version) {
        return new Seed(file, Optional.of(version));
    }
}
