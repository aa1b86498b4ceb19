package dev.stemma.ingest.filesystem.guestfs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory of one appliance that only this user may enter: socket, overlay, lists, log. Short enough for a socket's name.
 */
record WorkDirectory(Path path) {

    private static final int SHOWN_CHARACTERS = 500;

    static WorkDirectory create() throws IOException {
        return new WorkDirectory(Files.createTempDirectory(
                "stemma-appliance-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /** Where the child process writes what it complains about. */
    Path log() {
        return path.resolve("log");
    }

    /** The end of the log, in one line. */
    String lastWords() {
        try {
            String log =
                    Files.readString(log(), StandardCharsets.ISO_8859_1).strip().replaceAll("[^\\x20-\\x7e]+", " ");
            return log.isEmpty() ? "(it said nothing)" : log.substring(Math.max(0, log.length() - SHOWN_CHARACTERS));
        } catch (IOException none) {
            return "(it said nothing)";
        }
    }

    void delete() {
        List<Path> all;
        try (Stream<Path> files = Files.walk(path)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException | java.io.UncheckedIOException gone) {
            return;
        }
        for (Path file : all) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException left) {
                continue; // Under the system's directory for temporary files; nothing else can be done about it.
            }
        }
    }
}
