package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a file of a version. */
@Command(
        name = "checkout",
        description = {
            "Check a version out of the reference repository to a file, byte for byte as it was checked in. That opens a branch: web:1.2 becomes web:1.2.1.",
            "Nothing is overwritten; a check-out that fails leaves nothing."
        },
        footer = "  stemma checkout web:1.2 --to /srv/images/web-2.raw")
final class CheckOut extends JobCommand {

    @Parameters(index = "0", paramLabel = "REF", description = "A version, web:1.2, or a channel, web:stable.")
    String ref = "";

    @Option(
            names = "--to",
            paramLabel = "PATH",
            required = true,
            description = "The file to make, in an allowed directory.")
    String target = "";

    @Option(names = "--format", paramLabel = "FORMAT", description = "raw; the default.")
    @Nullable
    String format;

    @Override
    public Integer call() {
        ObjectNode wanted = Answer.object();
        wanted.put("version", ref);
        wanted.put("target", absolute(target));
        wanted.put("format", format);
        wanted.put("timeLimitSeconds", Durations.seconds(timeLimit));
        return submit("/api/v1/checkouts", wanted);
    }
}
