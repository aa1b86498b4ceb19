package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
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

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "raw, qcow2, qcow2-zstd, vmdk, vmdk-stream, vdi, vhdx, vpc or ova. Default: what the target ends in, else raw.")
    @Nullable
    String format;

    @Option(
            names = "--seed",
            paramLabel = "PATH",
            description =
                    "A raw disk at the destination, best an older version that was checked out there: what it has is taken from it. May be repeated.")
    List<String> seeds = List.of();

    @Option(
            names = "--on",
            paramLabel = "PATH",
            description = "Make a qcow2 overlay on a version that was checked out to this file; it holds what differs.")
    @Nullable
    String on;

    @Override
    public Integer call() {
        ObjectNode wanted = Answer.object();
        wanted.put("version", ref);
        wanted.put("target", absolute(target));
        wanted.put("format", format);
        wanted.put("on", on == null ? null : absolute(on));
        var list = wanted.putArray("seeds");
        seeds.forEach(seed -> list.add(absolute(seed)));
        wanted.put("timeLimitSeconds", Durations.seconds(timeLimit));
        return submit("/api/v1/checkouts", wanted);
    }
}
