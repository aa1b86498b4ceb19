package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** What differs. */
@Command(
        name = "drift",
        description = {
            "Show what differs between two images: packages, files, and what the machine is; then what to look at first.",
            "With one image: from the nearest image that it derives from. With a machine: from what it was deployed from to what was last captured of it."
        },
        footer = {
            "  stemma drift web-1",
            "  stemma drift base base-patched --packages",
            "  stemma drift web-1 --config",
            "  stemma drift web-1 --since 2026-11-01 --ranked",
            "  stemma drift web:1.2 --fleet"
        })
final class Drift extends Request {

    private static final int FIRST = 10;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "REF",
            description = "The image or machine, or the older one of two images.")
    @Nullable
    String first;

    @Parameters(index = "1", arity = "0..1", paramLabel = "REF", description = "The newer one.")
    @Nullable
    String second;

    @Option(names = "--packages", description = "Packages only.")
    boolean packages;

    @Option(names = "--files", description = "Files only.")
    boolean files;

    @Option(names = "--system", description = "What the machine is only: services, accounts, boot, identity, network.")
    boolean system;

    @Option(names = "--config", description = "Configuration only, as text diffs; secrets are not in them.")
    boolean configuration;

    @Option(names = "--ranked", description = "Only what to look at first when something stopped working.")
    boolean ranked;

    @Option(names = "--noise", description = "List noise too: logs, caches and what else changes by itself.")
    boolean noise;

    @Option(
            names = "--since",
            paramLabel = "DATE",
            description = "From what the image held then; dates as for --as-of.")
    @Nullable
    String since;

    @Option(names = "--over-time", description = "What became of the image, look by look.")
    boolean overTime;

    @Option(names = "--fleet", description = "All that was made of the image, against it.")
    boolean fleet;

    @Option(
            names = "--rules",
            description = "Print the rules by which noise is told and changes are ranked, to be changed.")
    boolean rules;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "List so many files, images or steps. Default: 1000.")
    int limit = 1_000;

    @Mixin
    AsOf at = new AsOf();

    @Override
    public Integer call() {
        if (rules) {
            terminal().out().print(service().text("GET", "/api/v1/drift/rules", null, "application/yaml"));
            return 0;
        }
        if (first == null) {
            throw usage("Missing required parameter: 'REF'");
        }
        if (overTime || fleet) {
            if (second != null || since != null || at.date != null || overTime == fleet) {
                throw usage("--over-time and --fleet want one image and nothing beside it but --limit");
            }
            return overTime ? new DriftOfMany(this).overTime(first, limit) : new DriftOfMany(this).fleet(first, limit);
        }
        var query = new ServiceClient.Query()
                .with("image", second == null ? first : second)
                .with("from", second == null ? null : first)
                .with("since", since)
                .with("what", what())
                .with("noise", noise ? "true" : null)
                .with("at", at.date)
                .with("limit", ranked ? 1 : Math.clamp(limit, 1, 1_000));
        JsonNode answer = service().get("/api/v1/drift" + query);
        if (configuration) {
            return new ConfigurationDrift(this, limit).print(answer, query);
        }
        List<JsonNode> suspects = new ArrayList<>();
        Answer.list(answer, "ranking.suspects").forEach(suspect -> suspects.add(DriftRows.ofSuspect(suspect)));
        if (ranked) {
            return output == Output.TABLE
                    ? ranked(answer, suspects, limit)
                    : print(answer, suspects, DriftRows.SUSPECTS);
        }
        List<JsonNode> rows = new ArrayList<>();
        Answer.list(answer, "packages.changes").forEach(change -> rows.add(DriftRows.ofPackage(change)));
        Answer.list(answer, "system.changes").forEach(change -> rows.add(DriftRows.ofSystem(change)));
        List<JsonNode> listed = fileChanges(answer, query);
        listed.forEach(change -> rows.add(DriftRows.ofFile(change)));
        if (output != Output.TABLE) {
            return print(answer, rows, DriftRows.CHANGES);
        }
        head(answer);
        if (!rows.isEmpty()) {
            DriftRows.CHANGES.print(rows, terminal());
        }
        long more = Answer.number(answer, "files.changes.total") - listed.size();
        if (more > 0) {
            terminal().err().println("note: " + more + " more files; see --limit");
        }
        suspects(answer, suspects, FIRST);
        return 0;
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    private @Nullable String what() {
        if (configuration) {
            return "configuration";
        }
        if (ranked || packages == files && files == system) {
            return null;
        }
        List<String> parts = new ArrayList<>();
        if (packages) {
            parts.add("packages");
        }
        if (files) {
            parts.add("files");
        }
        if (system) {
            parts.add("system");
        }
        return String.join(",", parts);
    }

    private int ranked(JsonNode answer, List<JsonNode> suspects, int most) {
        head(answer);
        suspects(answer, suspects, most);
        return 0;
    }

    private void head(JsonNode answer) {
        terminal().line(sides(answer));
        new DriftSummary(terminal()).print(answer);
        Answer.at(answer, "notes").forEach(note -> terminal().err().println("note: " + Terminal.safe(note.asText())));
    }

    private void suspects(JsonNode answer, List<JsonNode> suspects, int most) {
        if (suspects.isEmpty()) {
            return;
        }
        terminal().line("");
        terminal().line("what to look at first (by " + Answer.text(answer, "ranking.rules") + "):");
        DriftRows.SUSPECTS.print(suspects.subList(0, Math.min(most, suspects.size())), terminal());
    }

    /** What is compared with what, as the first line says it. */
    static String sides(JsonNode answer) {
        return "from " + side(answer.path("from")) + " to " + side(answer.path("to")) + baseline(answer);
    }

    private List<JsonNode> fileChanges(JsonNode answer, ServiceClient.Query query) {
        List<JsonNode> changes = new ArrayList<>(Answer.list(answer, "files.changes.items"));
        String next = Answer.text(answer, "files.changes.next");
        while (!next.isEmpty() && changes.size() < limit) {
            JsonNode page = service().get("/api/v1/drift" + query.replace("cursor", next));
            changes.addAll(Answer.list(page, "files.changes.items"));
            next = Answer.text(page, "files.changes.next");
        }
        return changes;
    }

    private static String side(JsonNode side) {
        String name = Answer.text(side, "imageName");
        return name.isEmpty() ? Ls.shortened(Answer.text(side, "inventoryId")) : name;
    }

    private static String baseline(JsonNode answer) {
        StringBuilder text = new StringBuilder();
        Answer.at(answer, "baseline.steps").forEach(step -> text.append(text.isEmpty() ? " (" : ", ")
                .append(Answer.text(step, "childName"))
                .append(" derives from ")
                .append(Answer.text(step, "parentName"))
                .append(" by ")
                .append(Answer.text(step, "kind"))
                .append(", ")
                .append(Answer.text(step, "basis").toLowerCase(Locale.ROOT)));
        return text.isEmpty() ? "" : text + ")";
    }
}
