package dev.stemma.ingest.reference;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.ingest.reference.ReferenceProblem.Code;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What runs on which machine (rows V15, V18): deployments and captures, as somebody tells of them; nothing is started or stopped here. Each call is one
 * transaction; what it refuses has changed nothing. Safe for use by several threads.
 */
public final class Machines {

    private static final Statement MACHINE = VersionChains.named("machine");
    private static final Statement LOCK = VersionChains.named("lock-machine");
    private static final Statement DEPLOY = VersionChains.named("deploy");
    private static final Statement RETIRE = VersionChains.named("retire");
    private static final Statement CAPTURE = VersionChains.named("capture");

    private final Graph graph;

    public Machines(Graph graph) {
        this.graph = graph;
    }

    /**
     * That a machine runs an image.
     *
     * @param imageId of a version, or of what was made of one, or of any image
     * @param kind empty for what it was before, virtual for a machine that is new
     * @param message why; may be empty
     * @param force although the version is revoked or deleted
     */
    public record Wanted(
            String imageId, MachineName machine, Optional<Machine.Kind> kind, String message, boolean force) {
        public Wanted {
            NewVersion.requireBounded(message);
        }
    }

    /**
     * A deployment that is recorded.
     *
     * @param branch {@code web:1.2.3}; empty for an image that derives from no version
     */
    public record Deployment(String machineId, String machine, Machine.Kind kind, Optional<String> branch) {}

    /**
     * A machine runs an image from now on, and what it ran before no more. Where that is a version, or derives from one, it opens a branch.
     *
     * @throws ReferenceProblem when the version is not to be used, unless forced
     */
    public Deployment deploy(Wanted wanted, String agent) {
        ActivityRecord activity = new ActivityRecord();
        return graph.writing(transaction -> {
            Map<String, Object> values = new HashMap<>();
            values.put("machine", wanted.machine().machineId());
            values.put("image", wanted.imageId());
            values.put("activity", activity.id);
            values.put("name", wanted.machine().text());
            values.put("kind", wanted.kind().map(Enum::name));
            values.put("now", activity.now);
            values.put("message", wanted.message());
            values.put("parameters", wanted.force() ? "{\"force\":true}" : "{}");
            Row row = transaction.run(DEPLOY.with(values)).getFirst();
            String machineId = row.text("machine");
            Optional<OpenedBranch> branch = OpenedBranch.open(transaction, wanted.imageId(), machineId, activity.now);
            branch.filter(opened -> opened.itself() && !wanted.force()).ifPresent(OpenedBranch::requireUsable);
            activity.by(transaction, agent);
            return new Deployment(
                    machineId,
                    row.text("name"),
                    Machine.Kind.valueOf(row.text("kind")),
                    branch.map(OpenedBranch::reference));
        });
    }

    /** The machine with an id; empty where there is none, or it never ran anything. */
    public Optional<Machine> find(String machineId) {
        return graph.read(MACHINE.with(Map.of("machine", machineId))).stream()
                .findFirst()
                .flatMap(Machine::of);
    }

    /**
     * The same.
     *
     * @throws ReferenceProblem when there is none
     */
    public Machine require(String machineId) {
        return find(machineId)
                .orElseThrow(() -> new ReferenceProblem(
                        Code.NO_SUCH_MACHINE,
                        "there is no machine " + machineId,
                        "Tell of it first: stemma deploy REF MACHINE. See: stemma machines"));
    }

    /**
     * A machine is no more; what is known of it stays.
     *
     * @param message why
     * @throws ReferenceProblem when there is none, or it is retired already
     */
    public Machine retire(String machineId, String agent, String message) {
        NewVersion.requireMessage(message);
        ActivityRecord activity = new ActivityRecord();
        Machine machine = require(machineId);
        graph.writing(transaction -> {
            Row locked = transaction
                    .run(LOCK.with(Map.of("machine", machineId, "now", activity.now)))
                    .getFirst();
            if (locked.text("state").equals("RETIRED")) {
                throw new ReferenceProblem(
                        Code.STATE_NOT_ALLOWED,
                        "machine " + machine.name() + " is retired already",
                        "See: stemma history " + machine.name());
            }
            transaction.run(RETIRE.with(
                    Map.of("machine", machineId, "activity", activity.id, "now", activity.now, "message", message)));
            activity.by(transaction, agent);
            return true;
        });
        return require(machineId);
    }

    /** That a file was taken of a machine; in the transaction that makes a version of the file. */
    static void captured(
            Graph.Transaction transaction,
            Machine machine,
            String imageId,
            Instant startedAt,
            String message,
            String agent) {
        ActivityRecord activity = new ActivityRecord();
        Map<String, Object> values = new HashMap<>();
        values.put("machine", machine.id());
        values.put("image", imageId);
        values.put("activity", activity.id);
        values.put("startedAt", startedAt.atZone(ZoneOffset.UTC));
        values.put("now", activity.now);
        values.put("message", message);
        values.put("parameters", "{}");
        Row row = transaction.run(CAPTURE.with(values)).getFirst();
        if (row.flag("fresh")) {
            OpenedBranch.open(transaction, row.text("deployed"), imageId, activity.now);
        }
        activity.by(transaction, agent);
    }
}
