package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a version of an image. */
@Command(
        name = "checkin",
        description = {
            "Check an image in to the reference repository: it is read once, indexed in full, kept bit for bit, and becomes the next version of a chain.",
            "Without --chain and --new-chain that is its own: the chain of the version that it was made of, or was checked in as before."
        },
        footer = "  stemma checkin --new-chain web -m 'nginx with our defaults' /srv/images/web.qcow2")
final class CheckIn extends JobCommand {

    @Parameters(
            index = "0",
            paramLabel = "PATH|REF",
            description = "A disk image on this computer, or an image that is known.")
    String image = "";

    @Mixin
    NewVersion version = new NewVersion();

    @Option(
            names = "--allow",
            paramLabel = "DIR",
            description = "Allow images to be read from this directory, from now on. May be repeated.")
    List<String> allow = List.of();

    @Override
    public Integer call() {
        ObjectNode wanted = version.of(image, timeLimit);
        var allowed = wanted.putArray("allow");
        allow.forEach(directory -> allowed.add(absolute(directory)));
        return submit("/api/v1/checkins", wanted);
    }
}
