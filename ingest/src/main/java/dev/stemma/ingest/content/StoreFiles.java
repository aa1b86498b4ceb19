package dev.stemma.ingest.content;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** How files become visible at once or never. */
final class StoreFiles {

    private StoreFiles() {}

    /** Gives a file that was forced to the medium its name, and forces the name too. */
    static void publish(Path temporary, Path target) throws IOException {
        Path parent = target.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException("no directory to hold " + target);
        }
        Files.createDirectories(parent);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceDirectory(parent);
        Path above = parent.getParent();
        // Whoever made the directory may not have come to this.
        if (above != null) {
            forceDirectory(above);
        }
    }

    static void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Removes the files of a directory. */
    static void empty(Path directory) throws IOException {
        try (Stream<Path> left = Files.list(directory)) {
            for (Path file : left.toList()) {
                Files.delete(file);
            }
        }
    }
}
