package dev.stemma.api.cli;

import dev.stemma.api.problem.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The content of a file of an image. */
@Command(
        name = "cat",
        description = {
            "Write a file of an image to the output, byte for byte.",
            "On a terminal, what could do something to it is shown as \\xHH."
        },
        footer = "  stemma cat web-1 /etc/os-release")
final class Cat extends Request {

    @Parameters(
            index = "0",
            paramLabel = "REF",
            description = "An image: its id, unique name, location, or digest prefix.")
    String ref = "";

    @Parameters(index = "1", paramLabel = "PATH", description = "In the image; links are followed inside it.")
    String path = "";

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
        try (InputStream in = service().open("GET", address, null, "application/octet-stream")) {
            if (terminal().interactive()) {
                terminal().stream(new InputStreamReader(in, StandardCharsets.UTF_8));
            } else {
                in.transferTo(terminal().out());
            }
            terminal().out().flush();
            return 0;
        } catch (IOException e) {
            throw new CommandProblem(Outcome.FAILED, "the connection to the service broke: " + e.getMessage(), e);
        }
    }
}
