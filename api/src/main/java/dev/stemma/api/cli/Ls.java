package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A directory of an image. */
@Command(
        name = "ls",
        description = "List a directory of an image. Names are escaped: what is not printable appears as \\xHH.",
        footer = "  stemma ls web-1 /etc/nginx")
final class Ls extends Request {

    private static final Table TABLE = Table.of(
            Column.of("mode", Ls::mode),
            Column.number("uid", "uid"),
            Column.number("gid", "gid"),
            Column.bytes("size", "sizeBytes"),
            Column.of("name", Ls::name),
            new Column(
                    "sha256",
                    false,
                    entry -> shortened(Answer.text(entry, "digest")),
                    entry -> Answer.text(entry, "digest")));

    @Parameters(
            index = "0",
            paramLabel = "REF",
            description = "An image: its id, unique name, location, or digest prefix.")
    String ref = "";

    @Parameters(
            index = "1",
            paramLabel = "PATH",
            arity = "0..1",
            defaultValue = "/",
            description = "In the image; default: /.")
    String path = "/";

    @Option(
            names = "--file-system",
            paramLabel = "VOLUME:PARTITION",
            description = "Which one; by default the one that holds the operating system. See: stemma show REF")
    @Nullable
    String fileSystem;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100000",
            description = "List so many. Default: 100000.")
    int limit = 100_000;

    @Mixin
    AsOf at = new AsOf();

    @Override
    public Integer call() {
        var query = new ServiceClient.Query()
                .with("path", path)
                .with("fileSystem", fileSystem)
                .with("at", at.date)
                .with("limit", Math.min(limit, 1_000));
        String address = "/api/v1/images/" + ServiceClient.encoded(ref) + "/files";
        JsonNode listing = service().get(address + query);
        List<JsonNode> entries = new ArrayList<>(Answer.list(listing, "entries.items"));
        String next = Answer.text(listing, "entries.next");
        while (!next.isEmpty() && entries.size() < limit) {
            JsonNode page = service().get(address + query.replace("cursor", next));
            entries.addAll(Answer.list(page, "entries.items"));
            next = Answer.text(page, "entries.next");
        }
        if (output == Output.JSON) {
            var whole = Answer.object();
            whole.set("path", listing.path("path"));
            whole.set("resolved", listing.path("resolved"));
            whole.set("fileSystem", listing.path("fileSystem"));
            whole.set("notes", listing.path("notes"));
            var items = whole.putArray("items");
            entries.forEach(items::add);
            return print(whole, entries, TABLE);
        }
        if (output == Output.TABLE) {
            Answer.at(listing, "notes")
                    .forEach(note -> terminal().err().println("note: " + Terminal.safe(note.asText())));
        }
        return print(listing, entries, TABLE);
    }

    private static String name(JsonNode entry) {
        String target = Answer.text(entry, "target");
        String device = Answer.text(entry, "device");
        return Answer.text(entry, "name")
                + (target.isEmpty() ? "" : " -> " + target)
                + (device.isEmpty() ? "" : " (" + device + ")");
    }

    static String shortened(String digest) {
        return digest.length() > 12 ? digest.substring(0, 12) : digest;
    }

    /** As ls -l shows it. */
    static String mode(JsonNode entry) {
        char kind =
                switch (Answer.text(entry, "kind")) {
                    case "dir" -> 'd';
                    case "link" -> 'l';
                    case "block" -> 'b';
                    case "char" -> 'c';
                    case "fifo" -> 'p';
                    case "socket" -> 's';
                    default -> '-';
                };
        long mode = Answer.number(entry, "mode");
        StringBuilder text = new StringBuilder().append(kind);
        for (int shift = 6; shift >= 0; shift -= 3) {
            text.append((mode >> shift & 4) != 0 ? 'r' : '-');
            text.append((mode >> shift & 2) != 0 ? 'w' : '-');
            boolean execute = (mode >> shift & 1) != 0;
            boolean special = (mode & (shift == 6 ? 04000 : shift == 3 ? 02000 : 01000)) != 0;
            char mark = shift == 0 ? 't' : 's';
            text.append(special ? execute ? mark : Character.toUpperCase(mark) : execute ? 'x' : '-');
        }
        return text.toString();
    }
}
