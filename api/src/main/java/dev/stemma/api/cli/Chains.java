package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Version chains. */
@Command(
        name = "chains",
        description =
                "List the version chains, or the versions of one; of a version (web:1.2) what was made of it and what runs that.",
        footer = "  stemma chains web")
final class Chains extends Request {

    private static final Table CHAINS = Table.of(
            Column.of("chain", "name"),
            Column.number("versions", "versions"),
            Column.of("newest", "head.number"),
            Column.of("state", chain -> Answer.text(chain, "head.state").toLowerCase(Locale.ROOT)),
            Column.of("channels", Chains::channels),
            Column.time("changed", "changedAt"));

    private static final Table VERSIONS = Table.of(
            Column.of("version", "number"),
            Column.of("state", version -> Answer.text(version, "state").toLowerCase(Locale.ROOT)),
            Column.list("channels", "channels"),
            Column.of("author", "author"),
            Column.time("checked in", "checkedInAt"),
            Column.number("branches", "branches"),
            Column.bytes("size", "virtualBytes"),
            Column.bytes("stored", "storedBytes"),
            Column.of("message", "message"),
            Column.of("note", Chains::notes),
            Column.of("id", "imageId"));

    private static final Table BRANCHES = Table.of(
            Column.of("branch", "number"),
            Column.of("name", "name"),
            Column.of("kind", "kind"),
            Column.of("repository", "repository"),
            Column.of("machines", Chains::machines),
            Column.time("since", "since"),
            Column.time("until", "until"),
            Column.of("location", "location"),
            Column.of("id", "imageId"));

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "A chain, or a version of one: web, web:1.2.")
    String name = "";

    @Option(names = "--limit", paramLabel = "N", defaultValue = "1000", description = "List so many. Default: 1000.")
    int limit = 1_000;

    @Mixin
    AsOf at = new AsOf();

    @Override
    public Integer call() {
        ServiceClient.Query query =
                new ServiceClient.Query().with("at", at.date).with("limit", Math.min(limit, 1_000));
        if (name.isEmpty()) {
            return print(all("/api/v1/chains", query, limit), "items", CHAINS);
        }
        String encoded = ServiceClient.encoded(name);
        return name.indexOf(':') < 0
                ? print(all("/api/v1/chains/" + encoded + "/versions", query, limit), "items", VERSIONS)
                : print(all("/api/v1/images/" + encoded + "/branches", query, limit), "items", BRANCHES);
    }

    private static String channels(JsonNode chain) {
        List<String> channels = new ArrayList<>();
        for (JsonNode channel : Answer.list(chain, "channels")) {
            channels.add(Answer.text(channel, "name") + "→" + Answer.text(channel, "number"));
        }
        return String.join(" ", channels);
    }

    private static String machines(JsonNode branch) {
        List<String> machines = new ArrayList<>();
        for (JsonNode machine : Answer.list(branch, "machines")) {
            machines.add(Answer.text(machine, "name"));
        }
        long more = Answer.number(branch, "machineCount") - machines.size();
        return String.join(" ", machines) + (more > 0 ? " and " + more + " more" : "");
    }

    private static String notes(JsonNode version) {
        List<String> notes = new ArrayList<>();
        for (JsonNode warning : Answer.list(version, "warnings")) {
            notes.add(Tree.sentence(warning));
        }
        for (JsonNode former : Answer.list(version, "former")) {
            String until = Answer.text(former, "until");
            notes.add("was " + Answer.text(former, "chain") + ":" + Answer.text(former, "number") + " until "
                    + until.substring(0, Math.min(until.length(), 10)));
        }
        if (version.hasNonNull("collectedAt")) {
            notes.add("its bytes are gone");
        }
        return String.join("; ", notes);
    }
}
