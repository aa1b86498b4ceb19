package dev.stemma.api.cli;

import dev.stemma.api.problem.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A file of an image as a file of this computer. */
@Command(
        name = "cp",
        description = {
            "Copy a file out of an image, or out of a version in the reference repository without restoring it.",
            "Nothing is overwritten."
        },
        footer = "  stemma cp web:1.2 /etc/nginx/nginx.conf .")
final class Cp extends Request {

    @Parameters(index = "0", paramLabel = "REF", description = "An image, or a version: web:1.2.")
    String ref = "";

    @Parameters(index = "1", paramLabel = "PATH", description = "In the image; links are followed inside it.")
    String path = "";

    @Parameters(
            index = "2",
            paramLabel = "TARGET",
            description = "A file that is not there yet, or a directory to put it in.")
    String target = "";

    @Option(
            names = "--file-system",
            paramLabel = "VOLUME:PARTITION",
            description = "Which one; by default the one that holds the operating system.")
    @Nullable
    String fileSystem;

    @Override
    public Integer call() {
        String address = "/api/v1/images/" + ServiceClient.encoded(ref) + "/content"
                + new ServiceClient.Query().with("path", path).with("fileSystem", fileSystem);
        Path file = Path.of(target);
        if (Files.isDirectory(file)) {
            // Not a name that leads elsewhere: a guest may call its files anything.
            file = file.resolve(Terminal.safe(path.substring(path.lastIndexOf('/') + 1)));
        }
        try (InputStream in = service().open("GET", address, null, "application/octet-stream")) {
            copy(in, file);
            return 0;
        } catch (FileAlreadyExistsException e) {
            throw new CommandProblem(Outcome.CONFLICT, file + " is there already", e);
        } catch (IOException e) {
            throw new CommandProblem(Outcome.FAILED, "it could not be copied: " + e.getMessage(), e);
        }
    }

    /** What breaks off leaves nothing. */
    private static void copy(InputStream in, Path file) throws IOException {
        Path whole = file.toAbsolutePath();
        Path partial = Files.createTempFile(whole.getParent(), ".stemma-", ".partial");
        try {
            Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
            if (Files.exists(whole)) {
                throw new FileAlreadyExistsException(whole.toString());
            }
            Files.move(partial, whole);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
