package dev.stemma.ingest.reference;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.GraphException;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.ingest.reference.ReferenceProblem.Code;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The chains of the reference repository in the graph: versions are put on their ends and nowhere else. Each call is one transaction; what it refuses
 * has changed nothing. Safe for use by several threads.
 */
public final class VersionChains {

    /** Versions are of the first edition, as the documents that they are numbered after have it. */
    private static final String EDITION = "1.";

    private static final Statement OWN = named("own-versions");
    private static final Statement CHAIN = named("chain");
    private static final Statement NEW_CHAIN = named("new-chain");
    private static final Statement LOCK = named("lock-chain");
    private static final Statement VERSION = named("version");
    private static final Statement FIND = named("find-version");
    private static final Statement NAME = named("image-name");
    private static final Statement MOVE = named("move-version");

    private final Graph graph;

    /** A chain and how long it is. */
    private record End(String id, String name, long last) {}

    public VersionChains(Graph graph) {
        this.graph = graph;
    }

    static Statement named(String name) {
        return Statement.named(VersionChains.class, "reference/" + name + ".cypher");
    }

    /** The version with an image's id; empty where that is no version. */
    public Optional<Version> find(String imageId) {
        return graph.read(FIND.with(Map.of("image", imageId))).stream()
                .findFirst()
                .map(Version::of);
    }

    /**
     * The same.
     *
     * @throws ReferenceProblem when that image is no version
     */
    public Version require(String imageId) {
        return find(imageId).orElseThrow(() -> {
            String name = name(imageId);
            return new ReferenceProblem(
                    Code.NOT_A_VERSION,
                    name + " is no version in the reference repository",
                    "Check it in first: stemma checkin " + name);
        });
    }

    /** What people call an image; its id where none is known. */
    private String name(String imageId) {
        return graph.read(NAME.with(Map.of("image", imageId))).stream()
                .flatMap(row -> row.findText("name").stream())
                .findFirst()
                .orElse(imageId);
    }

    /**
     * The end of a chain as it is now, to be asked for before a check-in begins.
     *
     * @throws ReferenceProblem when there is no such chain
     */
    public ChainChoice.End end(ChainName name) {
        return new ChainChoice.End(name, require(name).last());
    }

    /**
     * That a new chain may have a name, to be asked before a check-in begins.
     *
     * @throws ReferenceProblem when another has it
     */
    public void requireFree(ChainName name) {
        if (!graph.read(CHAIN.with(Map.of("name", name.text()))).isEmpty()) {
            throw taken(name);
        }
    }

    private static ReferenceProblem taken(ChainName name) {
        return new ReferenceProblem(
                Code.CHAIN_EXISTS,
                "there is a chain named " + name + " already",
                "Put the image on its end with --chain " + name + ", or take another name.");
    }

    private End require(ChainName name) {
        return graph.read(CHAIN.with(Map.of("name", name.text()))).stream()
                .findFirst()
                .map(row -> new End(row.text("chain"), row.text("name"), row.number("last")))
                .orElseThrow(() -> new ReferenceProblem(
                        Code.NO_SUCH_CHAIN, "there is no chain named " + name, "See: stemma chains"));
    }

    /**
     * The chain that an image goes on by itself, when the graph knows the image.
     *
     * @param location of the image
     * @throws ReferenceProblem when that chain has grown since the image was taken from it
     */
    public Optional<ChainChoice.End> own(String location) {
        Optional<Row> found =
                graph.read(OWN.with(Map.of("location", location))).stream().findFirst();
        if (found.isPresent() && found.get().number("ordinal") != found.get().number("head")) {
            Row row = found.get();
            throw moved(row.text("name"), row.text("name") + ":" + row.text("number"), row.number("head"));
        }
        return found.map(row -> new ChainChoice.End(new ChainName(row.text("name")), row.number("last")));
    }

    private static ReferenceProblem moved(String chain, String from, long last) {
        return new ReferenceProblem(
                Code.CHAIN_MOVED,
                "chain " + chain + " has come to " + EDITION + last + ", and this image follows " + from,
                "Look at what came between (stemma drift), then put it on the end with --chain " + chain
                        + ", or begin another with --new-chain.");
    }

    /**
     * Puts a version on the end of its chain, visible at once and whole. If it is there already, that is all.
     *
     * @throws ReferenceProblem when the chain has grown meanwhile, there is none, or its name is taken
     */
    public Version append(NewVersion version, ChainChoice choice) {
        return append(version, choice, Optional.empty());
    }

    /**
     * The same of a file that was taken of a machine: it derives from what the machine runs, or ran last, and its own chain is the one of that.
     *
     * @param captured the machine; empty for a file that was not taken of one
     * @throws ReferenceProblem as {@link #append(NewVersion, ChainChoice)}
     */
    public Version append(NewVersion version, ChainChoice choice, Optional<Machine> captured) {
        Optional<Version> there = find(version.id().imageId());
        if (there.isPresent()) {
            return there.get();
        }
        ActivityRecord activity = new ActivityRecord();
        try {
            graph.writing(transaction -> {
                String from = captured.map(Machine::imageLocation).orElse(version.sourceLocation());
                End end = lock(transaction, from, choice, activity.now);
                captured.ifPresent(machine -> Machines.captured(
                        transaction,
                        machine,
                        version.sourceId(),
                        version.startedAt(),
                        version.message(),
                        version.author()));
                transaction.run(VERSION.with(parameters(version, end, activity)));
                activity.by(transaction, version.author());
                return true;
            });
        } catch (GraphException e) {
            if (e.kind() == GraphException.Kind.CONFLICT && choice instanceof ChainChoice.New(ChainName name)) {
                throw taken(name);
            }
            throw e;
        }
        return require(version.id().imageId());
    }

    private End lock(Graph.Transaction transaction, String location, ChainChoice choice, ZonedDateTime now) {
        return switch (choice) {
            case ChainChoice.New(ChainName name) -> {
                transaction.run(NEW_CHAIN.with(Map.of("id", name.chainId(), "name", name.text(), "now", now)));
                yield new End(name.chainId(), name.text(), 0);
            }
            case ChainChoice.End(ChainName name, long last) -> {
                End end = lock(transaction, name, now);
                if (end.last() != last) {
                    throw moved(name.text(), name + ":" + EDITION + last, end.last());
                }
                yield end;
            }
            case ChainChoice.Own() ->
                own(location)
                        .map(own -> lock(transaction, location, own, now))
                        .orElseThrow(() -> new ReferenceProblem(
                                Code.NO_OWN_CHAIN,
                                location + " was never checked in and derives from no version that is known",
                                "Begin a chain with --new-chain NAME, or put it on one with --chain NAME."));
        };
    }

    private End lock(Graph.Transaction transaction, ChainName name, ZonedDateTime now) {
        String id = require(name).id();
        Row row = transaction.run(LOCK.with(Map.of("chain", id, "now", now))).getFirst();
        return new End(id, row.text("name"), row.number("last"));
    }

    private static Map<String, Object> parameters(NewVersion version, End end, ActivityRecord activity) {
        Map<String, Object> parameters = place(end, version.id().imageId(), activity);
        parameters.put("source", version.sourceId());
        parameters.put("inventory", version.inventory().hex());
        parameters.put("activity", activity.id);
        parameters.put("location", version.id().location());
        parameters.put("repository", "repo-reference");
        parameters.put(
                "properties",
                Map.of(
                        "content",
                        version.content().hex(),
                        "format",
                        version.format(),
                        "virtualBytes",
                        version.virtualBytes(),
                        "allocatedBytes",
                        version.storedBytes(),
                        "modifiedAt",
                        version.modifiedAt().atZone(ZoneOffset.UTC),
                        "author",
                        version.author(),
                        "message",
                        version.message()));
        parameters.put("startedAt", version.startedAt().atZone(ZoneOffset.UTC));
        parameters.put("message", version.message());
        parameters.put("parameters", "{}");
        return parameters;
    }

    private static Map<String, Object> place(End end, String imageId, ActivityRecord activity) {
        long ordinal = end.last() + 1;
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("chain", end.id());
        parameters.put("image", imageId);
        parameters.put("number", EDITION + ordinal);
        parameters.put("ordinal", ordinal);
        parameters.put("name", end.name() + ":" + EDITION + ordinal);
        parameters.put("now", activity.now);
        return parameters;
    }

    /**
     * Puts a version on the end of another chain; where it was stays known.
     *
     * @param message why
     * @throws ReferenceProblem when it is no version, is in that chain already, or a channel of its chain points to it
     */
    public Version move(String imageId, ChainName chain, String agent, String message) {
        NewVersion.requireMessage(message);
        ActivityRecord activity = new ActivityRecord();
        graph.writing(transaction -> {
            VersionStates.requireNoChannel(transaction, require(imageId), activity);
            // It is locked now, and stays where it is.
            Version version = require(imageId);
            if (version.chain().equals(chain.text())) {
                throw new ReferenceProblem(Code.STATE_NOT_ALLOWED, version.reference() + " is in that chain already");
            }
            End end = lock(transaction, chain, activity.now);
            transaction.run(MOVE.with(place(end, imageId, activity)));
            activity.changed(
                    transaction,
                    imageId,
                    "move",
                    version.reference(),
                    end.name() + ":" + EDITION + (end.last() + 1),
                    message);
            activity.by(transaction, agent);
            return true;
        });
        return require(imageId);
    }
}
