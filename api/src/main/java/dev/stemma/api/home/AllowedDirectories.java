package dev.stemma.api.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * The directories of this host that images may be read from, backing files included: those in {@code config/directories},
 * one a line. A path is allowed when its real path, with all symbolic links resolved, lies below the real path of one of them.
 *
 * <p>Where the file is missing it is made, with the user's home, the demo's images in the data
 * directory and {@code /var/lib/libvirt/images}. Safe for use by several
 * threads.
 */
public final class AllowedDirectories {

    private final Home home;
    private final Path file;

    public AllowedDirectories(Home home) {
        this.home = home;
        this.file = home.configuration().resolve("directories");
    }

    /** Where they are listed, for a person to edit. */
    Path file() {
        return file;
    }

    /** The real paths of those that exist; read afresh, so that an edit counts at once. */
    public synchronized List<Path> list() throws IOException {
        if (!Files.exists(file)) {
            Files.writeString(file, """
                    # Directories that images, and their backing files, may be read from. One a line.
                    # `stemma index --allow DIR IMAGE` adds one.
                    %s
                    %s
                    /var/lib/libvirt/images
                    """.formatted(
                            System.getProperty("user.home"), home.root().resolve("demo")));
        }
        Set<Path> real = new LinkedHashSet<>();
        for (String line : Files.readAllLines(file)) {
            String text = line.strip();
            if (!text.isEmpty() && !text.startsWith("#") && text.startsWith("/") && Files.isDirectory(Path.of(text))) {
                real.add(Path.of(text).toRealPath());
            }
        }
        return List.copyOf(real);
    }

    /**
     * Adds a directory for good.
     *
     * @throws IOException when it does not exist or the list cannot be written
     */
    public synchronized void allow(Path directory) throws IOException {
        Path real = directory.toRealPath();
        if (!Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)) {
            throw new java.nio.file.NotDirectoryException(directory.toString());
        }
        if (real.toString().indexOf('\n') >= 0) {
            throw new IOException("a line break in the name of a directory");
        }
        if (!list().contains(real)) {
            Files.writeString(file, real + "\n", StandardOpenOption.APPEND);
        }
    }

    /**
     * Whether a file may be made at a real path: it lies in one of them, no directory between has a name that hides it, as those of
     * programs' own files do, and it is none of the service's own.
     */
    public boolean allowsMaking(Path real) throws IOException {
        Path own = home.root().toRealPath();
        return list().stream()
                .filter(real::startsWith)
                .anyMatch(directory -> (!real.startsWith(own) || directory.startsWith(own))
                        && StreamSupport.stream(directory.relativize(real).spliterator(), false)
                                .noneMatch(name -> name.toString().startsWith(".")));
    }

    /** Whether a real path lies in one of them. */
    public boolean allows(Path real) throws IOException {
        return list().stream().anyMatch(real::startsWith);
    }
}
