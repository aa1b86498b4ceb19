package dev.stemma.ingest.image;

import dev.stemma.ingest.problem.NotAllowed;
import dev.stemma.ingest.problem.Origin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which files an index run may read. An image and every file of its backing chain must lie, links resolved, in one of the
 * allowed directories or below.
 *
 * @param allowedDirectories of the host; one that does not exist allows nothing
 * @param format the image's format as somebody stated it ({@code raw}, {@code qcow2}, {@code vmdk}, …); empty to go by the magic number
 */
public record ImageRules(List<Path> allowedDirectories, Optional<String> format) {

    public ImageRules {
        allowedDirectories = List.copyOf(allowedDirectories);
    }

    /** Rules that go by the magic number. */
    public static ImageRules within(Path... allowedDirectories) {
        return new ImageRules(List.of(allowedDirectories), Optional.empty());
    }

    /** The same for an image whose format is known, so that its content cannot choose it. */
    public ImageRules withFormat(String stated) {
        return new ImageRules(allowedDirectories, Optional.of(stated));
    }

    /** Whether a real path (without links) lies in an allowed directory. */
    public boolean allows(Path realPath) {
        for (Path directory : allowedDirectories) {
            try {
                if (realPath.startsWith(directory.toRealPath())) {
                    return true;
                }
            } catch (IOException e) {
                continue; // What does not exist, or cannot be resolved, allows nothing.
            }
        }
        return false;
    }

    void requireImage(Path realPath, Origin origin) throws NotAllowed {
        if (!allows(realPath)) {
            throw new NotAllowed(
                    "path-not-allowed",
                    origin,
                    realPath + " lies outside of the allowed directories",
                    howToAllow(realPath));
        }
    }

    /** What to do about a file that is not allowed, for messages. */
    public String howToAllow(Path realPath) {
        String allow = "Allow its directory: --allow " + realPath.resolveSibling("") + " of stemma index or checkin";
        return allowedDirectories.isEmpty()
                ? allow + "."
                : allow + ", or move it into "
                        + allowedDirectories.stream().map(Path::toString).collect(Collectors.joining(" or ")) + ".";
    }
}
