package dev.stemma.ingest.reference;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.ingest.emit.ImageFile;
import dev.stemma.ingest.reference.ReferenceProblem.Code;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was made of versions outside of the repository: each use opens a branch (row V14). Safe for use by several threads. */
public final class Branches {

    private static final Statement CONTENT = VersionChains.named("branch-content");
    private static final Statement BRANCH = VersionChains.named("branch");
    private static final Statement MADE = VersionChains.named("branch-made");

    private final Graph graph;
    private final VersionChains chains;

    /**
     * A branch of a version.
     *
     * @param imageId of what was made
     * @param name of that image
     * @param number {@code 1.2.3}
     */
    public record Branch(String imageId, String name, String chain, String number) {
        /** As people write it: {@code web:1.2.3}. */
        public String reference() {
            return chain + ":" + number;
        }
    }

    public Branches(Graph graph) {
        this.graph = graph;
        this.chains = new VersionChains(graph);
    }

    /**
     * That a version may be taken out of the repository, to be asked before that begins.
     *
     * @throws ReferenceProblem when it is no version, not to be used, or its bytes are gone
     */
    public Version requireUsable(String imageId) {
        Version version = chains.require(imageId);
        requireUsable(version, version.state(), version.collected());
        return version;
    }

    private static void requireUsable(Version version, VersionState state, boolean collected) {
        if (collected) {
            throw new ReferenceProblem(Code.COLLECTED, "the bytes of " + version.reference() + " were let go of");
        }
        if (!state.usable()) {
            throw new ReferenceProblem(
                    Code.STATE_NOT_ALLOWED,
                    version.reference() + " is " + state.word() + " and not to be used",
                    "See: stemma history " + version.reference());
        }
    }

    /**
     * What the file at a location was checked out from.
     *
     * @param content of the version
     * @param format of the file when it was made
     */
    public record Origin(Digest content, String format) {}

    /** The version that the file at a location was checked out from; what became of the file since, it does not say. */
    public Optional<Origin> origin(Path location) {
        return graph.read(CONTENT.with(Map.of("location", location.toString()))).stream()
                .findFirst()
                .map(row -> new Origin(Digest.parse(row.text("content")), row.text("format")));
    }

    private static String activity(String request) {
        return "act-" + request;
    }

    /** The branch that was opened for a request, if it has come to that. */
    public Optional<Branch> made(String request) {
        return graph.read(MADE.with(Map.of("activity", activity(request)))).stream()
                .findFirst()
                .map(row -> new Branch(row.text("id"), row.text("name"), row.text("chain"), row.text("number")));
    }

    /**
     * A version was checked out to a file, which is complete and durable: the graph knows it from now on, with the inventory of the version. An image that
     * lay there before is told apart from it.
     *
     * @param request by which {@link #made} knows it again
     * @param parameters of the check-out, as JSON
     * @throws ReferenceProblem when the version is not to be used any more
     */
    public Branch checkedOut(
            Version version, ImageFile file, String request, String agent, Instant startedAt, String parameters) {
        return graph.writing(transaction ->
                open(transaction, version, file, new ActivityRecord(activity(request)), agent, startedAt, parameters));
    }

    /**
     * The same of several files, which come to be known together.
     *
     * @param requests of each file the one by which {@link #made} knows it again
     */
    public List<Branch> checkedOut(
            Version version,
            List<ImageFile> files,
            List<String> requests,
            String agent,
            Instant startedAt,
            String parameters) {
        return graph.writing(transaction -> {
            List<Branch> opened = new ArrayList<>();
            for (int i = 0; i < files.size(); i++) {
                ActivityRecord activity = new ActivityRecord(activity(requests.get(i)));
                opened.add(open(transaction, version, files.get(i), activity, agent, startedAt, parameters));
            }
            return List.copyOf(opened);
        });
    }

    private static Branch open(
            Graph.Transaction transaction,
            Version version,
            ImageFile file,
            ActivityRecord activity,
            String agent,
            Instant startedAt,
            String parameters) {
        Row image = file.registerAnew(transaction, activity.now, activity.id);
        Map<String, Object> values = new HashMap<>();
        values.put("version", version.imageId());
        values.put("image", image.text("id"));
        values.put("activity", activity.id);
        values.put("kind", "check-out");
        values.put("startedAt", startedAt.atZone(ZoneOffset.UTC));
        values.put("now", activity.now);
        values.put("message", "");
        values.put("parameters", parameters);
        Row branch = transaction.run(BRANCH.with(values)).getFirst();
        requireUsable(version, VersionState.valueOf(branch.text("state")), branch.flag("collected"));
        long number = branch.number("number");
        activity.by(transaction, agent);
        return new Branch(image.text("id"), image.text("name"), version.chain(), version.number() + "." + number);
    }
}
