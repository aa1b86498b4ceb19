package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command takes that makes a version of an image. */
final class NewVersion {

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

    /**
     * The request for it.
     *
     * @param image a path on this computer, or a reference
     * @param timeLimit as it was given
     */
    ObjectNode of(String image, String timeLimit) {
        ObjectNode wanted = Answer.object();
        wanted.put("image", Files.exists(Path.of(image)) ? JobCommand.absolute(image) : image);
        wanted.put("message", message);
        wanted.put("chain", chain);
        wanted.put("newChain", newChain);
        wanted.put("timeLimitSeconds", Durations.seconds(timeLimit));
        var keys = wanted.putArray("keyFiles");
        keyFiles.forEach(file -> keys.add(JobCommand.absolute(file)));
        return wanted;
    }
}
