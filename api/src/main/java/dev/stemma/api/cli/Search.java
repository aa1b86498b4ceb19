package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Images by what they hold. */
@Command(
        name = "search",
        description = {
            "Find images by what they hold.",
            "QUERY is words, field:value, AND, OR, NOT and brackets; all options are conditions that must be met as well.",
            "A package is name[:architecture][relation version], for example openssl>=3.0; several with commas or by repeating the option.",
            "A text is words, or a regular expression between slashes."
        },
        footer = {
            "  stemma search 'os:debian software:(nginx AND NOT apache2) text:\"PermitRootLogin yes\"'",
            "  stemma search --all nginx,openssl>=3.0 --none apache2 --os debian",
            "  stemma search --file '*.pem'"
        })
final class Search extends Request {

    private static final Table IMAGES = Table.of(
            Column.of("name", "name"),
            Column.list("operating system", "operatingSystems"),
            Column.list("roles", "roles"),
            Column.of("level", "level"),
            Column.time("modified", "modifiedAt"),
            Column.list("packages", "packages"),
            Column.of(
                    "location",
                    hit -> Answer.text(hit, "kind").equals("machine") ? "machine" : Answer.text(hit, "location")));

    private static final Table FACETS =
            Table.of(Column.of("field", "field"), Column.of("word", "word"), Column.of("images", "images"));

    private static final Pattern CHARACTER = Pattern.compile("character ([0-9]{1,6})");
    private static final Pattern BARE = Pattern.compile("[\\w.+-]+");

    private static final Table PLACES = Table.of(
            Column.of("image", "imageName"),
            Column.of("path", "path"),
            Column.of("kind", "kind"),
            Column.bytes("size", "sizeBytes"),
            new Column(
                    "sha256",
                    false,
                    node -> Ls.shortened(Answer.text(node, "digest")),
                    node -> Answer.text(node, "digest")));

    @Parameters(
            paramLabel = "QUERY",
            arity = "0..*",
            description = {
                "Words in name, description, operating system or location; name: description: os: osversion: location:",
                "arch: repository: role: state: kind: level: software: file: sha256: text: modified: at:"
            })
    List<String> query = List.of();

    @Option(
            names = "--facets",
            description =
                    "How many of the images found have which system, architecture, role, repository, level, state.")
    boolean facets;

    @Option(names = "--all", paramLabel = "P,P", split = ",", description = "Packages that must all be there.")
    List<String> all = List.of();

    @Option(names = "--any", paramLabel = "P,P", split = ",", description = "Packages of which one must be there.")
    List<String> any = List.of();

    @Option(names = "--none", paramLabel = "P,P", split = ",", description = "Packages of which none may be there.")
    List<String> none = List.of();

    @Option(
            names = "--role",
            paramLabel = "R,R",
            split = ",",
            description = "What the machine must be: web-server, database-server, …")
    List<String> roles = List.of();

    @Option(names = "--os", paramLabel = "TEXT", description = "On the operating system's name.")
    @Nullable
    String os;

    @Option(names = "--os-version", paramLabel = "TEXT", description = "On its version and patch level.")
    @Nullable
    String osVersion;

    @Option(names = "--architecture", paramLabel = "ARCH", description = "Its architecture: amd64.")
    @Nullable
    String architecture;

    @Option(names = "--name", paramLabel = "TEXT", description = "On the image's name.")
    @Nullable
    String name;

    @Option(names = "--description", paramLabel = "TEXT", description = "On its description.")
    @Nullable
    String description;

    @Option(names = "--location", paramLabel = "TEXT", description = "On its location.")
    @Nullable
    String location;

    @Option(names = "--repository", paramLabel = "NAME", description = "In this repository.")
    @Nullable
    String repository;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "A file that must be there: a name, a pattern with * and ?, an absolute path, or a SHA-256.")
    List<String> files = List.of();

    @Option(
            names = "--sha256",
            paramLabel = "DIGEST",
            description = "Content that must be there: 8 to 64 digits of its SHA-256.")
    List<String> digests = List.of();

    @Option(
            names = "--modified-after",
            paramLabel = "TIME",
            description = "2026-03-01, 2026-03-01T12:00 or 2026-03-01T12:00+02:00.")
    @Nullable
    String modifiedAfter;

    @Option(names = "--modified-before", paramLabel = "TIME", description = "The same.")
    @Nullable
    String modifiedBefore;

    @Mixin
    AsOf at = new AsOf();

    @Option(names = "--limit", paramLabel = "N", defaultValue = "1000", description = "Find so many. Default: 1000.")
    int limit = 1_000;

    @Override
    public Integer call() {
        return onlyOneFile() ? places() : images();
    }

    /** One file and nothing else: then the places where it lies say more than the images alone. */
    private boolean onlyOneFile() {
        return files.size() + digests.size() == 1
                && query.isEmpty()
                && all.isEmpty()
                && any.isEmpty()
                && none.isEmpty()
                && roles.isEmpty()
                && os == null
                && osVersion == null
                && architecture == null
                && name == null
                && description == null
                && location == null
                && repository == null
                && modifiedAfter == null
                && modifiedBefore == null
                && at.date == null;
    }

    private int places() {
        String file = files.isEmpty() ? "sha256:" + digests.getFirst() : files.getFirst();
        JsonNode answer = service()
                .get("/api/v1/files"
                        + new ServiceClient.Query().with("file", file).with("limit", Math.min(limit, 1_000)));
        List<JsonNode> rows = new ArrayList<>();
        for (JsonNode hit : Answer.list(answer, "hits.items")) {
            for (JsonNode place : Answer.list(hit, "places")) {
                var row = Answer.object();
                row.set("imageName", hit.path("imageName"));
                place.properties().forEach(member -> row.set(member.getKey(), member.getValue()));
                rows.add(row);
            }
        }
        notes(answer);
        return print(answer, rows, PLACES);
    }

    private int images() {
        JsonNode answer;
        try {
            answer = ask();
        } catch (CommandProblem problem) {
            point(String.valueOf(problem.getMessage()));
            throw problem;
        }
        notes(answer);
        if (Answer.list(answer, "hits.items").isEmpty()) {
            hint();
        }
        return facets ? print(answer, facets(answer), FACETS) : print(answer, "hits.items", IMAGES);
    }

    /** Who looks for a word alone often means what is installed. */
    private void hint() {
        query.stream().filter(word -> BARE.matcher(word).matches()).findFirst().ifPresent(word -> terminal()
                .err()
                .println("note: words alone are looked for in names, descriptions and places; for what is installed:"
                        + " software:" + word + ", for text in configuration: text:" + word));
    }

    /** Shows where in the query a problem is. */
    private void point(String message) {
        Matcher place = CHARACTER.matcher(message);
        String whole = Terminal.safe(String.join(" ", query));
        if (place.lookingAt() && Integer.parseInt(place.group(1)) <= whole.length() + 1) {
            terminal().err().println("  " + whole);
            terminal().err().println("  " + " ".repeat(Integer.parseInt(place.group(1)) - 1) + "^");
        }
    }

    private static List<JsonNode> facets(JsonNode answer) {
        List<JsonNode> rows = new ArrayList<>();
        Answer.at(answer, "facets").properties().forEach(field -> field.getValue()
                .forEach(word -> {
                    var row = Answer.object();
                    row.put("field", field.getKey());
                    word.properties().forEach(member -> row.set(member.getKey(), member.getValue()));
                    rows.add(row);
                }));
        return rows;
    }

    private JsonNode ask() {
        return service()
                .get("/api/v1/search"
                        + new ServiceClient.Query()
                                .with("all", all)
                                .with("any", any)
                                .with("none", none)
                                .with("role", roles)
                                .with("q", query.isEmpty() ? null : String.join(" ", query))
                                .with("os", os)
                                .with("osVersion", osVersion)
                                .with("architecture", architecture)
                                .with("name", name)
                                .with("description", description)
                                .with("location", location)
                                .with("repository", repository)
                                .with("file", files)
                                .with("sha256", digests)
                                .with("modifiedAfter", modifiedAfter)
                                .with("modifiedBefore", modifiedBefore)
                                .with("at", at.date)
                                .with("limit", Math.min(limit, 1_000)));
    }

    private void notes(JsonNode answer) {
        if (output == Output.TABLE) {
            Answer.at(answer, "notes")
                    .forEach(note -> terminal().err().println("note: " + Terminal.safe(note.asText())));
            JsonNode indexed = Answer.at(answer, "indexed");
            if (indexed.isObject()) {
                terminal()
                        .err()
                        .printf(
                                "searched: %d images with their files, %d of the basic level, %d never indexed%n",
                                indexed.path("full").asLong(),
                                indexed.path("basic").asLong(),
                                indexed.path("none").asLong());
            }
            Answer.list(answer, "hits.items").forEach(this::excerpts);
        }
    }

    private void excerpts(JsonNode hit) {
        hit.path("excerpts").forEach(excerpt -> terminal()
                .out()
                .printf(
                        "%s %s:%d: %s%n",
                        Terminal.safe(hit.path("name").asText()),
                        Terminal.safe(excerpt.path("path").asText()),
                        excerpt.path("line").asInt(),
                        Terminal.safe(excerpt.path("text").asText().strip())));
    }
}
