package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints how much differs, above the changes themselves. */
final class DriftSummary {

    private final Terminal terminal;

    DriftSummary(Terminal terminal) {
        this.terminal = terminal;
    }

    void print(JsonNode answer) {
        if (answer.path("same").asBoolean()) {
            terminal.line("nothing differs: both are the same inventory");
            return;
        }
        if (answer.hasNonNull("packages")) {
            terminal.line("packages: " + Answer.list(answer, "packages.changes").size() + " differ, "
                    + Answer.text(answer, "packages.unchanged") + " are the same");
        }
        if (answer.hasNonNull("system")) {
            terminal.line("system: " + Answer.list(answer, "system.changes").size() + " differ, "
                    + Answer.text(answer, "system.unchanged") + " are the same");
        }
        if (answer.hasNonNull("files")) {
            files(answer);
        }
    }

    private void files(JsonNode answer) {
        terminal.line(String.format(
                Locale.ROOT,
                "files: %,d added, %,d removed, %,d changed",
                Answer.number(answer, "files.added"),
                Answer.number(answer, "files.removed"),
                Answer.number(answer, "files.changed")));
        for (JsonNode owner : Answer.list(answer, "files.byOwner")) {
            String purl = Answer.text(owner, "purl");
            terminal.line("  " + (purl.isEmpty() ? "owned by no package" : PurlNames.brief(purl)) + ": "
                    + (Answer.number(owner, "added")
                            + Answer.number(owner, "removed")
                            + Answer.number(owner, "changed")));
        }
        List<String> noise = new ArrayList<>();
        long paths = 0;
        for (JsonNode rule : Answer.list(answer, "files.noise")) {
            noise.add(Answer.text(rule, "rule") + " " + Answer.text(rule, "paths"));
            paths += Answer.number(rule, "paths");
        }
        if (paths > 0) {
            terminal.line("  noise besides: " + paths + " (" + String.join(", ", noise) + "); --noise lists it");
        }
    }
}
