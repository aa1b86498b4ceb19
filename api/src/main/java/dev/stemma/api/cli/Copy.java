package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies an image's file. */
@Command(
        name = "copy",
        description = {
            "Copy an image's file, byte for byte, and record whose copy it is. Where the file system can, both share their place on the medium.",
            "Of what was made of a version that opens a branch. Nothing is overwritten. A version is checked out instead."
        },
        footer = "  stemma copy web-prod /srv/images/web-test.raw")
final class Copy extends JobCommand {

    @Parameters(
            index = "0",
            paramLabel = "REF",
            description = "An image with a file: its id, name, branch or location.")
    String ref = "";

    @Parameters(index = "1", paramLabel = "PATH", description = "The file to make, in an allowed directory.")
    String target = "";

    @Option(
            names = {"--message", "-m"},
            paramLabel = "TEXT",
            description = "Why; kept with its history.")
    @Nullable
    String message;

    @Override
    public Integer call() {
        ObjectNode wanted = Answer.object();
        wanted.put("image", ref);
        wanted.put("target", absolute(target));
        wanted.put("message", message);
        wanted.put("timeLimitSeconds", Durations.seconds(timeLimit));
        return submit("/api/v1/copies", wanted);
    }
}
