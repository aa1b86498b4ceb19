package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stemma.api.problem.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Installed packages of an image, or all software known. */
@Command(
        name = "packages",
        description = "List the packages of an image; without REF, all software known and how many images have it.",
        footer = {"  stemma packages web-1 --name ssl", "  stemma packages web-1 --verify"})
final class Packages extends Request {

    private static final Table INSTALLED = Table.of(
            Column.of("name", "name"),
            Column.of("version", "version"),
            Column.of("arch", "architecture"),
            Column.of("ecosystem", "ecosystem"),
            Column.of("state", "state"),
            Column.of("held", node -> node.path("held").asBoolean() ? "held" : ""),
            Column.of("source", "source"),
            Column.of("where", Packages::places));

    private static final Table KNOWN = Table.of(
            Column.of("name", "name"),
            Column.of("ecosystem", "ecosystem"),
            Column.number("images", "images"),
            Column.number("versions", "versions"));

    private static final Table VERIFIED = Table.of(
            Column.of("verdict", node -> Answer.text(node, "verdict").toLowerCase(Locale.ROOT)),
            Column.of("", node -> node.path("configuration").asBoolean() ? "c" : ""),
            Column.of("path", "path"),
            Column.of("package", "name"),
            Column.of("version", "version"),
            Column.of("why", "reason"));

    @Parameters(
            paramLabel = "REF",
            arity = "0..1",
            description = "An image: its id, unique name, location, or digest prefix.")
    @Nullable
    String ref;

    @Option(
            names = "--name",
            paramLabel = "TEXT",
            description = "With REF: only names that contain this. Without: what completes it, typing errors forgiven.")
    @Nullable
    String name;

    @Option(names = "--architecture", paramLabel = "ARCH", description = "Only of this architecture: amd64, all.")
    @Nullable
    String architecture;

    @Option(
            names = "--ecosystem",
            paramLabel = "E",
            description = "With REF: only of this ecosystem: deb, pypi, npm, maven.")
    @Nullable
    String ecosystem;

    @Option(names = "--removed", description = "Also those of which only configuration is left.")
    boolean removed;

    @Option(
            names = "--verify",
            description =
                    "With REF: the owned files that differ from what their packages shipped; c marks configuration.")
    boolean verify;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100000",
            description = "List so many. Default: 100000.")
    int limit = 100_000;

    /** The first place, and how many more there are. */
    private static String places(JsonNode installed) {
        JsonNode places = installed.path("locations");
        return places.size() < 2
                ? places.path(0).asText("")
                : places.path(0).asText() + " and " + (places.size() - 1) + " more";
    }

    @Mixin
    AsOf at = new AsOf();

    @Override
    public Integer call() {
        var query = new ServiceClient.Query().with("limit", Math.min(limit, 1_000));
        if (ref == null && verify) {
            throw new CommandProblem(Outcome.USAGE, "--verify asks about one image: name it");
        }
        if (at.date != null && (ref == null || verify)) {
            throw new CommandProblem(
                    Outcome.USAGE, "--as-of asks about the packages of one image: name it, without --verify");
        }
        if (ref == null) {
            return print(all("/api/v1/packages", query.with("typed", name), limit), "items", KNOWN);
        }
        if (verify) {
            return verify("/api/v1/images/" + ServiceClient.encoded(ref) + "/verification", query);
        }
        query.with("name", name)
                .with("architecture", architecture)
                .with("ecosystem", ecosystem)
                .with("removed", removed ? true : null)
                .with("at", at.date);
        return print(
                all("/api/v1/images/" + ServiceClient.encoded(ref) + "/packages", query, limit), "items", INSTALLED);
    }

    private int verify(String path, ServiceClient.Query query) {
        JsonNode answer = service().get(path + query);
        List<JsonNode> files = new ArrayList<>(Answer.list(answer, "files.items"));
        String next = Answer.text(answer, "files.next");
        while (!next.isEmpty() && files.size() < limit) {
            JsonNode page = service().get(path + query.replace("cursor", next));
            files.addAll(Answer.list(page, "files.items"));
            next = Answer.text(page, "files.next");
        }
        if (output != Output.TABLE) {
            ObjectNode all = (ObjectNode) answer.path("files");
            all.putArray("items").addAll(files);
            all.remove("next");
            return print(answer, files, VERIFIED);
        }
        terminal()
                .line(String.format(
                        Locale.ROOT,
                        "%,d owned files are intact, %,d modified, %,d missing, %,d cannot be verified",
                        Answer.number(answer, "intact"),
                        Answer.number(answer, "modified"),
                        Answer.number(answer, "missing"),
                        Answer.number(answer, "unverifiable")));
        if (!files.isEmpty()) {
            VERIFIED.print(files, terminal());
        }
        return 0;
    }
}
