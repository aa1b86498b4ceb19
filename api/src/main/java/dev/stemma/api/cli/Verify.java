package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stemma.api.problem.Outcome;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads the content store again. */
@Command(
        name = "verify",
        description = {
            "Read the content store again, all of it or a sample, and hold every object against its digest.",
            "Damage is told by the versions that it hits, and ends the command with exit code 1."
        },
        footer = "  stemma verify --sample 5%")
final class Verify extends JobCommand {

    @Option(
            names = "--sample",
            paramLabel = "SHARE",
            defaultValue = "100%",
            description = "How much of it, chosen at random: 5%%. Default: all.")
    String sample = "100%";

    @Option(
            names = "--repair",
            description =
                    "Take out what is damaged. The versions that it hits are whole again once the same images are brought back, by --from or by a check-in.")
    boolean repair;

    @Option(
            names = "--from",
            paramLabel = "IMAGE",
            description = {
                "With --repair: bring back what was taken out from this image, which is, or holds much of, a version that is hit. May be repeated.",
                "A file that a version was checked out to or checked in from will do, in whatever format."
            })
    List<String> from = List.of();

    @Override
    public Integer call() {
        ObjectNode wanted = Answer.object();
        wanted.put("share", share());
        wanted.put("repair", repair);
        if (!repair && !from.isEmpty()) {
            throw new CommandProblem(Outcome.USAGE, "--from is for --repair");
        }
        var images = wanted.putArray("from");
        from.forEach(image -> images.add(absolute(image)));
        wanted.put("timeLimitSeconds", Durations.seconds(timeLimit));
        return submit("/api/v1/store/verifications", wanted);
    }

    private double share() {
        try {
            return sample.endsWith("%")
                    ? Double.parseDouble(sample.substring(0, sample.length() - 1)) / 100
                    : Double.parseDouble(sample);
        } catch (NumberFormatException e) {
            throw new CommandProblem(Outcome.USAGE, "not a share: " + sample + ". Write 5% or 0.05", e);
        }
    }
}
