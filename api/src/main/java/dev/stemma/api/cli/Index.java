package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stemma.api.problem.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has images read into the graph. */
@Command(
        name = "index",
        description = {
            "Read images into the graph. The images are only read, never written.",
            "A bad image costs only itself: the others of the batch go on.",
            "Of a directory all images in it and below are read; what else is there is counted and named."
        },
        footer = "  stemma index --allow /srv/images /srv/images")
final class Index extends Request {

    /** More of what was passed over is counted only. */
    private static final int MAX_NAMED = 10;

    @Parameters(
            paramLabel = "PATH",
            arity = "1..*",
            description = "Disk images on this computer, or directories with some.")
    List<String> paths = List.of();

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            defaultValue = "full",
            description = "basic: disks, systems, packages. full: every file with its digest too. Default: full.")
    String level = "full";

    @Option(
            names = "--follow",
            negatable = true,
            description = "Show progress until it is done; the default on a terminal and for what is not JSON.")
    @Nullable
    Boolean follow;

    @Option(
            names = "--allow",
            paramLabel = "DIR",
            description = "Allow images to be read from this directory, from now on. May be repeated.")
    List<String> allow = List.of();

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = {
                "A file of mode 600 with the passphrase of a LUKS container; one line break at its end does not count. May be repeated.",
                "It is read by the service, in an allowed directory, and what is in it is kept nowhere."
            })
    List<String> keyFiles = List.of();

    @Option(
            names = "--incremental",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Read only what differs from an indexed image that the file stands on, or from its own"
                    + " last state; the default. --no-incremental reads every file.")
    boolean incremental = true;

    @Option(
            names = "--time-limit",
            paramLabel = "TIME",
            defaultValue = "1h",
            description = "For each image: 90s, 30m, 2h. Default: 1h.")
    String timeLimit = "1h";

    @Override
    public Integer call() {
        var wanted = Answer.object();
        var list = wanted.putArray("paths");
        paths.forEach(path -> list.add(JobCommand.absolute(path)));
        var allowed = wanted.putArray("allow");
        allow.forEach(directory -> allowed.add(JobCommand.absolute(directory)));
        var keys = wanted.putArray("keyFiles");
        keyFiles.forEach(file -> keys.add(JobCommand.absolute(file)));
        wanted.put("level", level);
        wanted.put("readAll", !incremental);
        wanted.put("timeLimitSeconds", Durations.seconds(timeLimit));
        ServiceClient service = service();
        JsonNode job = service.post("/api/v1/jobs", wanted);
        String id = Answer.text(job, "id");
        tellPassedOver(Answer.list(job, "request.passedOver.paths"), Answer.number(job, "request.passedOver.count"));
        if (Boolean.FALSE.equals(follow)) {
            return output == Output.JSON
                    ? print(job, List.of(), Jobs.TABLE)
                    : said("Job " + id + " was accepted. See: stemma jobs " + id);
        }
        JsonNode ended = new Follower(service, terminal(), output == Output.TABLE).follow(id);
        if (output != Output.TABLE) {
            print(ended, "items", Jobs.ITEMS);
        }
        Outcome outcome = Follower.outcome(ended);
        List<JsonNode> items = Answer.list(ended, "items");
        if (outcome != Outcome.DONE && items.size() > 1) {
            long failed = items.stream()
                    .filter(item -> !Answer.text(item, "state").equals("done"))
                    .count();
            terminal().err().println("stemma: " + failed + " of " + items.size() + " images could not be indexed");
        }
        return outcome.exitCode();
    }

    private void tellPassedOver(List<JsonNode> paths, long count) {
        if (count > 0) {
            List<String> named =
                    paths.stream().limit(MAX_NAMED).map(JsonNode::asText).toList();
            terminal()
                    .err()
                    .println("note: passed over, as no image or part of one: " + Terminal.safe(String.join(", ", named))
                            + (count > named.size() ? ", and " + (count - named.size()) + " more" : ""));
        }
    }

    private int said(String text) {
        terminal().line(text);
        return 0;
    }
}
