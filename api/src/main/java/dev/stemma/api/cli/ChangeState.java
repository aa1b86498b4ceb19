package dev.stemma.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the commands share that change the state of a version. */
abstract class ChangeState extends Request {

    static final Table VERSION = Table.of(
            Column.of("version", version -> Answer.text(version, "chain") + ":" + Answer.text(version, "number")),
            Column.of("state", version -> Answer.text(version, "state").toLowerCase(Locale.ROOT)),
            Column.of("image", "imageId"));

    @Parameters(index = "0", paramLabel = "REF", description = "A version: web:1.2.")
    String ref = "";

    @Option(
            names = {"--message", "-m"},
            paramLabel = "TEXT",
            required = true,
            description = "Why; kept with its history.")
    String message = "";

    /** The state that it is brought to. */
    abstract String state();

    boolean force() {
        return false;
    }

    @Override
    public Integer call() {
        ObjectNode wanted = Answer.object();
        wanted.put("state", state());
        wanted.put("reason", message);
        wanted.put("force", force());
        JsonNode version = service().post("/api/v1/images/" + ServiceClient.encoded(ref) + "/state", wanted);
        return told(this, version);
    }

    /** What became of a version, and what is to be known before it is used. */
    static int told(Request request, JsonNode version) {
        Answer.at(version, "warnings")
                .forEach(warning -> request.terminal().err().println("note: " + Tree.sentence(warning)));
        return request.print(version, List.of(version), VERSION);
    }

    /** Not to be used for anything new. */
    @Command(
            name = "deprecate",
            description = "Say that a version is not to be used for anything new. It can still be checked out.",
            footer = "  stemma deprecate web:1.1 -m 'web:1.2 has the fix'")
    static final class Deprecate extends ChangeState {
        @Override
        String state() {
            return "deprecated";
        }
    }

    /** Not to be used at all. */
    @Command(
            name = "revoke",
            description =
                    "Say that a version is not to be used at all. It can no longer be checked out, and what was made of it is shown as such.",
            footer = "  stemma revoke web:1.1 -m 'CVE-2026-1234'")
    static final class Revoke extends ChangeState {
        @Override
        String state() {
            return "revoked";
        }
    }

    /** To be used again. */
    @Command(
            name = "restore",
            description = "Make a version active again that was deprecated, revoked, or deleted and not yet let go of.",
            footer = "  stemma restore web:1.1 -m 'it was another image'")
    static final class Restore extends ChangeState {
        @Override
        String state() {
            return "active";
        }
    }

    /** To be let go of. */
    @Command(
            name = "delete",
            description = {
                "Delete a version. Its bytes stay until garbage is collected after the time of grace; what is known of it stays for good.",
                "Refused while something descends from it."
            },
            footer = "  stemma delete web:1.1 -m 'never used'")
    static final class Delete extends ChangeState {
        @Option(names = "--force", description = "Although something descends from it.")
        boolean force;

        @Override
        boolean force() {
            return force;
        }

        @Override
        String state() {
            return "deleted";
        }
    }
}
