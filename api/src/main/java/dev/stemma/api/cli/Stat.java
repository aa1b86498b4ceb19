package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One path of an image. */
@Command(
        name = "stat",
        description = "Show one path of an image: kind, mode, owner, size, digest, and the packages that brought it.",
        footer = "  stemma stat web-1 /etc/passwd")
final class Stat extends Request {

    @Parameters(
            index = "0",
            paramLabel = "REF",
            description = "An image: its id, unique name, location, or digest prefix.")
    String ref = "";

    @Parameters(index = "1", paramLabel = "PATH", description = "In the image.")
    String path = "";

    @Option(
            names = "--file-system",
            paramLabel = "VOLUME:PARTITION",
            description = "Which one; by default the one that holds the operating system.")
    @Nullable
    String fileSystem;

    @Mixin
    AsOf at = new AsOf();

    @Override
    public Integer call() {
        JsonNode facts = service()
                .get("/api/v1/images/" + ServiceClient.encoded(ref) + "/stat"
                        + new ServiceClient.Query()
                                .with("path", path)
                                .with("fileSystem", fileSystem)
                                .with("at", at.date));
        if (output != Output.TABLE) {
            return print(
                    facts,
                    List.of(facts),
                    Table.of(
                            Column.of("path", "path"),
                            Column.of("resolved", "resolved"),
                            Column.of("file system", "fileSystem"),
                            Column.of("kind", "entry.kind"),
                            Column.of("mode", node -> Ls.mode(node.path("entry"))),
                            Column.number("uid", "entry.uid"),
                            Column.number("gid", "entry.gid"),
                            Column.bytes("size", "entry.sizeBytes"),
                            Column.of("sha256", "entry.digest"),
                            Column.of("target", "entry.target"),
                            Column.of("type", "summary.mimeType"),
                            Column.of("build id", "summary.buildId"),
                            Column.of("run by", "summary.interpreter"),
                            Column.list("needs", "summary.libraries")));
        }
        fact("path", Answer.text(facts, "path"));
        String resolved = Answer.text(facts, "resolved");
        fact("really", resolved.equals(Answer.text(facts, "path")) ? "" : resolved);
        fact("file system", Answer.text(facts, "fileSystem"));
        fact("kind", Answer.text(facts, "entry.kind"));
        fact("mode", Ls.mode(facts.path("entry")) + String.format(" (%04o)", Answer.number(facts, "entry.mode")));
        fact("owner", Answer.text(facts, "entry.uid") + ":" + Answer.text(facts, "entry.gid"));
        if (facts.path("entry").hasNonNull("sizeBytes")) {
            fact("size", String.format(java.util.Locale.ROOT, "%,d bytes", Answer.number(facts, "entry.sizeBytes")));
        }
        fact("sha256", Answer.text(facts, "entry.digest"));
        summary(facts.path("summary"));
        fact("target", Answer.text(facts, "entry.target"));
        fact("device", Answer.text(facts, "entry.device"));
        Answer.at(facts, "entry.xattrs").forEach(xattr -> fact("attribute", xattr.asText()));
        List<JsonNode> owners = Answer.list(facts, "owners");
        owners.forEach(owner -> fact(
                "package",
                Answer.text(owner, "name") + " " + Answer.text(owner, "version")
                        + (owner.path("configuration").asBoolean() ? " (configuration)" : "")));
        if (owners.isEmpty()) {
            fact("package", "none brought it");
        }
        Answer.at(facts, "notes").forEach(note -> fact("note", note.asText()));
        return 0;
    }

    /** What the content says of itself. */
    private void summary(JsonNode summary) {
        fact("type", Answer.text(summary, "mimeType"));
        fact("build id", Answer.text(summary, "buildId"));
        fact("library", Answer.text(summary, "libraryName"));
        fact("run by", Answer.text(summary, "interpreter"));
        Answer.at(summary, "libraries").forEach(library -> fact("needs", library.asText()));
    }

    private void fact(String name, String value) {
        if (!value.isBlank()) {
            terminal().line(String.format("%-12s %s", name, value));
        }
    }
}
