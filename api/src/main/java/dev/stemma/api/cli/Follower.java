package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stemma.api.problem.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Follows a job by its server-sent events until it has ended. */
final class Follower {

    private final ServiceClient service;
    private final Terminal terminal;
    private final Progress progress;
    private final boolean talking;
    private int told;

    /**
     * @param talking whether to tell of each path as it ends
     */
    Follower(ServiceClient service, Terminal terminal, boolean talking) {
        this.service = service;
        this.terminal = terminal;
        this.progress = new Progress(terminal);
        this.talking = talking;
    }

    /** Waits for the end; Ctrl-C cancels the job. */
    JsonNode follow(String id) {
        Thread cancel = Thread.ofPlatform().unstarted(() -> cancel(id));
        Runtime.getRuntime().addShutdownHook(cancel);
        try (BufferedReader events = new BufferedReader(new InputStreamReader(
                service.open("GET", "/api/v1/jobs/" + id + "/events", null, "text/event-stream"),
                StandardCharsets.UTF_8))) {
            String name = "";
            for (String line = events.readLine(); line != null; line = events.readLine()) {
                if (line.startsWith("event:")) {
                    name = line.substring("event:".length()).strip();
                } else if (line.startsWith("data:")) {
                    take(name, Answer.parse(line.substring("data:".length())));
                }
            }
        } catch (IOException e) {
            throw new CommandProblem(
                    Outcome.FAILED,
                    "the connection to the service broke; job " + id + " goes on without it. See: stemma jobs " + id,
                    e);
        } finally {
            progress.clear();
            try {
                Runtime.getRuntime().removeShutdownHook(cancel);
            } catch (IllegalStateException e) {
                // Ctrl-C: the hook runs already.
            }
        }
        return service.get("/api/v1/jobs/" + id);
    }

    private void cancel(String id) {
        progress.clear();
        terminal.err().println("stemma: cancelling job " + id + "; what it has done stays");
        try {
            service.delete("/api/v1/jobs/" + id);
        } catch (CommandProblem problem) {
            terminal.err().println("stemma: " + Terminal.safe(String.valueOf(problem.getMessage())));
        }
    }

    private void take(String event, JsonNode data) {
        if (event.equals("progress")) {
            progress.show(data);
            return;
        }
        var items = Answer.list(data, "items");
        while (told < items.size() && !Set.of("queued", "running").contains(Answer.text(items.get(told), "state"))) {
            progress.clear();
            if (talking) {
                tell(items.get(told));
            }
            told++;
        }
    }

    private void tell(JsonNode item) {
        String name = Answer.text(item, "path");
        switch (Answer.text(item, "state")) {
            case "done" -> JobResults.lines(name, item.path("result")).forEach(terminal::line);
            case "cancelled" -> terminal.err().println("stemma: " + Terminal.safe(name) + ": cancelled");
            default ->
                terminal.err()
                        .println("stemma: " + Terminal.safe(name) + ": "
                                + Terminal.safe(sentence(name, item.path("problem"))));
        }
    }

    /** What went wrong with a path; a place in it that begins with its name does not say that again. */
    static String sentence(String path, JsonNode problem) {
        String sentence = ServiceClient.sentence(problem);
        String file = path.substring(path.lastIndexOf('/') + 1);
        for (String again : List.of(file + ": ", file + " › ")) {
            if (Answer.text(problem, "where").concat(": ").startsWith(again)) {
                return sentence.substring(again.length());
            }
        }
        return sentence;
    }

    /** The exit code that a job's items add up to: that of the failures when they agree, else 1. */
    static Outcome outcome(JsonNode job) {
        Set<Outcome> outcomes = Answer.list(job, "items").stream()
                .filter(item -> !Answer.text(item, "state").equals("done"))
                .map(item -> Outcome.parse(Answer.text(item, "problem.outcome")))
                .collect(Collectors.toSet());
        return outcomes.isEmpty()
                ? Outcome.DONE
                : outcomes.size() == 1 ? outcomes.iterator().next() : Outcome.FAILED;
    }
}
