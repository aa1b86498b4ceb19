package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

    @Option(
            names = {"--message", "-m"},
            paramLabel = "TEXT",
            required = true,
            description = "Why; kept with the version.")
    String message = "";

    @Option(names = "--chain", paramLabel = "CHAIN", description = "Put it on the end of this chain.")
    @Nullable
    String chain;

    @Option(names = "--new-chain", paramLabel = "CHAIN", description = "Begin a chain of this name with it.")
    @Nullable
    String newChain;

    @Option(names = "--key-file", paramLabel = "FILE", description = "As for index. May be repeated.")
    List<String> keyFiles = List.of();

    @Option(
            names = "--allow",
            paramLabel = "DIR",
            description = "Allow images to be read from this directory, from now on. May be repeated.")
    List<String> allow = List.of();

    @Override
    public Integer call() {
        ObjectNode wanted = Answer.object();
        wanted.put("image", Files.exists(Path.of(image)) ? absolute(image) : image);
        wanted.put("message", message);
        wanted.put("chain", chain);
        wanted.put("newChain", newChain);
        wanted.put("timeLimitSeconds", Durations.seconds(timeLimit));
        var keys = wanted.putArray("keyFiles");
        keyFiles.forEach(file -> keys.add(absolute(file)));
        var allowed = wanted.putArray("allow");
        allow.forEach(directory -> allowed.add(absolute(directory)));
        return submit("/api/v1/checkins", wanted);
    }
}
