package dev.stemma.ingest.reference;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.ingest.reference.ReferenceProblem.Code;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * States of versions, and the channels that point to them. Each call is one transaction; what it refuses has changed nothing. Safe for use by several
 * threads.
 */
public final class VersionStates {

    private static final Statement LOCK = VersionChains.named("lock-version");
    private static final Statement CHAIN = VersionChains.named("lock-chain");
    private static final Statement SET = VersionChains.named("set-state");
    private static final Statement POINT = VersionChains.named("point-channel");

    private final Graph graph;
    private final VersionChains chains;

    public VersionStates(Graph graph) {
        this.graph = graph;
        this.chains = new VersionChains(graph);
    }

    /**
     * Brings a version to a state.
     *
     * @param reason why, in the words of who asks
     * @param force to delete it although something descends from it
     * @throws ReferenceProblem when it may not go there from where it is, or is in use
     */
    public Version change(String imageId, VersionState state, String agent, String reason, boolean force) {
        NewVersion.requireMessage(reason);
        ActivityRecord activity = new ActivityRecord();
        graph.writing(transaction -> {
            Version version = chains.require(imageId);
            Row row = lock(transaction, version, activity);
            VersionState from = VersionState.valueOf(row.text("state"));
            requireAllowed(version, from, state, row, force);
            transaction.run(SET.with(parameters(imageId, state, activity)));
            activity.changed(
                    transaction, imageId, state.activity(), from.name(), state.name(), reason, forced(state, row));
            activity.by(transaction, agent);
            return true;
        });
        return chains.require(imageId);
    }

    /** What stood in the way of what was done all the same; allowed by now, so it was forced. */
    private static String forced(VersionState state, Row row) {
        int descendants = row.texts("children").size();
        int machines = row.texts("machines").size();
        return state == VersionState.DELETED && descendants + machines > 0
                ? "{\"forced\":true,\"descendants\":" + descendants + ",\"machines\":" + machines + "}"
                : "{}";
    }

    private static Map<String, Object> parameters(String imageId, VersionState state, ActivityRecord activity) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("image", imageId);
        parameters.put("state", state.name());
        if (state == VersionState.DELETED) {
            parameters.put("deletedAt", activity.now);
        } else {
            parameters.put("deletedAt", "");
        }
        return parameters;
    }

    private static void requireAllowed(Version version, VersionState from, VersionState to, Row row, boolean force) {
        if (!from.mayBecome(to)) {
            throw new ReferenceProblem(
                    Code.STATE_NOT_ALLOWED,
                    version.reference() + " is " + from.word() + " and cannot become " + to.word());
        }
        if (row.flag("collected")) {
            throw new ReferenceProblem(
                    Code.COLLECTED, "the bytes of " + version.reference() + " were let go of and cannot come back");
        }
        if (to == VersionState.REVOKED || to == VersionState.DELETED) {
            requireNoChannel(version, row);
        }
        List<String> machines = row.texts("machines");
        if (to == VersionState.DELETED && !force && !machines.isEmpty()) {
            throw new ReferenceProblem(
                    Code.VERSION_IN_USE,
                    version.reference() + " runs on machines: " + String.join(", ", machines),
                    "See: stemma tree " + version.reference() + ". To delete it all the same, add --force.");
        }
        List<String> children = row.texts("children");
        if (to == VersionState.DELETED && !force && !children.isEmpty()) {
            throw new ReferenceProblem(
                    Code.VERSION_IN_USE,
                    version.reference() + " has descendants: " + String.join(", ", children),
                    "See: stemma tree " + version.reference() + ". To delete it all the same, add --force.");
        }
    }

    private static Row lock(Graph.Transaction transaction, Version version, ActivityRecord activity) {
        return transaction
                .run(LOCK.with(Map.of("image", version.imageId(), "now", activity.now)))
                .getFirst();
    }

    static void requireNoChannel(Graph.Transaction transaction, Version version, ActivityRecord activity) {
        requireNoChannel(version, lock(transaction, version, activity));
    }

    private static void requireNoChannel(Version version, Row row) {
        List<String> channels = row.texts("channels");
        if (!channels.isEmpty()) {
            throw new ReferenceProblem(
                    Code.VERSION_IN_USE,
                    "channels point to " + version.reference() + ": " + String.join(", ", channels),
                    "Have them point to another version first: stemma promote");
        }
    }

    /**
     * Has a channel of the version's chain point to it; a channel that is not there yet comes to be.
     *
     * @param message why
     * @throws ReferenceProblem when it is not to be used
     */
    public Version promote(String imageId, ChainName channel, String agent, String message) {
        NewVersion.requireMessage(message);
        ActivityRecord activity = new ActivityRecord();
        graph.writing(transaction -> {
            // Both are locked before either is looked at: the version stays in its chain, and the chain's channels stay
            // as they are.
            String before = chains.require(imageId).chain();
            transaction.run(CHAIN.with(Map.of("chain", new ChainName(before).chainId(), "now", activity.now)));
            Row locked = lock(transaction, chains.require(imageId), activity);
            Version version = chains.require(imageId);
            if (!version.chain().equals(before)) {
                throw new ReferenceProblem(
                        Code.CHAIN_MOVED, imageId + " was moved to " + version.reference() + " just now");
            }
            VersionState state = VersionState.valueOf(locked.text("state"));
            if (state != VersionState.ACTIVE) {
                throw new ReferenceProblem(
                        Code.STATE_NOT_ALLOWED,
                        version.reference() + " is " + state.word() + ", and a channel points to what is active only");
            }
            String chainId = new ChainName(version.chain()).chainId();
            String pointed = transaction
                    .run(POINT.with(Map.of(
                            "chain",
                            chainId,
                            "channel",
                            channel.channelId(chainId),
                            "image",
                            imageId,
                            "name",
                            channel.text(),
                            "now",
                            activity.now)))
                    .getFirst()
                    .findText("before")
                    .orElse("");
            activity.changed(transaction, imageId, "promote", pointed, version.chain() + ":" + channel.text(), message);
            activity.by(transaction, agent);
            return true;
        });
        return chains.require(imageId);
    }
}
