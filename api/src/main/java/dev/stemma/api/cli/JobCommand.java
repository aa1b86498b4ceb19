package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What commands share that ask for one piece of long work and follow it. */
abstract class JobCommand extends Request {

    @Option(
            names = "--follow",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Show progress until it is done; the default. --no-follow returns once the job is on disk.")
    boolean follow = true;

    @Option(
            names = "--time-limit",
            paramLabel = "TIME",
            defaultValue = "4h",
            description = "90s, 30m, 2h. Default: 4h.")
    String timeLimit = "4h";

    /** Asks for the work; follows it and ends as it does. */
    int submit(String path, @Nullable JsonNode wanted) {
        ServiceClient service = service();
        JsonNode job = service.post(path, wanted == null ? Answer.object() : wanted);
        String id = Answer.text(job, "id");
        if (!follow) {
            if (output != Output.TABLE) {
                return print(job, List.of(job), Jobs.TABLE);
            }
            terminal().line("Job " + id + " was accepted. See: stemma jobs " + id);
            return 0;
        }
        JsonNode ended = new Follower(service, terminal(), output == Output.TABLE).follow(id);
        if (output != Output.TABLE) {
            print(ended, "items", Jobs.ITEMS);
        }
        return Follower.outcome(ended).exitCode();
    }

    static String absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize().toString();
    }
}
