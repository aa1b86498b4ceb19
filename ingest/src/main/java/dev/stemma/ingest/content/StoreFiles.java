package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Files that are named by digests, and how they become visible at once or never. */
final class StoreFiles {

    private StoreFiles() {}

    /** {@code directory/ab/cd….suffix}. */
    static Path named(Path directory, Digest name, String suffix) {
        String hex = name.hex();
        return directory.resolve(hex.substring(0, 2)).resolve(hex.substring(2) + suffix);
    }

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

    /** The names of all files of {@link #named} in a directory; what is called otherwise is passed over. */
    static List<Digest> list(Path directory, String suffix) throws IOException {
        List<Digest> found = new ArrayList<>();
        try (Stream<Path> folders = Files.list(directory)) {
            for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.sorted().forEach(file -> name(folder, file, suffix).ifPresent(found::add));
                }
            }
        }
        return found;
    }

    private static Optional<Digest> name(Path folder, Path file, String suffix) {
        String rest = file.getFileName().toString();
        String hex = folder.getFileName().toString();
        if (!rest.endsWith(suffix)) {
            return Optional.empty();
        }
        hex += rest.substring(0, rest.length() - suffix.length());
        return hex.matches("[0-9a-f]{64}") ? Optional.of(Digest.parse(hex)) : Optional.empty();
    }
}
