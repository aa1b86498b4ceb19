package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a version of what was taken of a machine. */
@Command(
        name = "capture",
        description = {
            "Check in an image that was captured of a machine: a version that derives from what the machine runs, or ran last.",
            "Without --chain and --new-chain it goes on the chain of that. Take the image first, of a machine that is stopped, or of a snapshot."
        },
        footer = "  stemma capture shop-1 /srv/images/shop-1-today.qcow2 -m 'as it was before the sale'")
final class Capture extends JobCommand {

    @Parameters(index = "0", paramLabel = "MACHINE", description = "A machine: its name, id, or branch (web:1.2.3).")
    String machine = "";

    @Parameters(
            index = "1",
            paramLabel = "IMAGE",
            description = "A disk image on this computer that was taken of it, or an image that is known.")
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

    @Override
    public Integer call() {
        ObjectNode wanted = Answer.object();
        wanted.put("machine", machine);
        wanted.put("image", Files.exists(Path.of(image)) ? absolute(image) : image);
        wanted.put("message", message);
        wanted.put("chain", chain);
        wanted.put("newChain", newChain);
        wanted.put("timeLimitSeconds", Durations.seconds(timeLimit));
        var keys = wanted.putArray("keyFiles");
        keyFiles.forEach(file -> keys.add(absolute(file)));
        return submit("/api/v1/captures", wanted);
    }
}
