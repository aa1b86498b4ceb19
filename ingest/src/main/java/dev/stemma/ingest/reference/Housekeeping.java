package dev.stemma.ingest.reference;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.GarbageCollection;
import dev.stemma.ingest.content.StoreCheck;
import dev.stemma.ingest.content.StoreRepair;
import dev.stemma.ingest.content.StoreStatistics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The store and the graph kept in step: bytes go when no version holds on to them, and damage is told by the versions that it hits. Safe for use by
 * several threads; owns neither.
 */
public final class Housekeeping {

    private static final Statement LET_GO = VersionChains.named("let-go");
    private static final Statement CONTENTS = VersionChains.named("contents");
    private static final Statement VERSIONS_OF = VersionChains.named("versions-of");

    private final Graph graph;
    private final ContentStore store;

    public Housekeeping(Graph graph, ContentStore store) {
        this.graph = graph;
        this.store = store;
    }

    /**
     * What was let go of.
     *
     * @param versions whose bytes may not come back
     * @param unknown images in the store that no version names; they stay, since a graph that was lost must not take the store with it
     */
    public record Collected(long versions, long unknown, GarbageCollection.Freed freed) {}

    /**
     * Lets go of versions that were deleted, and frees what nothing leads to. The graph says first that they are gone: a crash after that leaves bytes, and
     * the next collection takes them.
     *
     * @param grace versions that were deleted, and packs that were written, since then stay
     * @param inUse tells the ids of versions whose bytes are being read, which stay; asked after the time has been taken, so that what is deleted later stays too
     * @throws IOException when the store cannot be read or written; see {@link GarbageCollection#run}
     */
    public Collected collect(Duration grace, Supplier<Set<String>> inUse) throws IOException {
        ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
        List<String> spared = List.copyOf(inUse.get());
        long versions = graph.write(LET_GO.with(Map.of("before", now.minus(grace), "now", now, "inUse", spared)))
                .getFirst()
                .number("count");
        Set<Digest> held = new HashSet<>();
        Set<Digest> dropped = new HashSet<>();
        graph.stream(CONTENTS, row -> (row.number("held") > 0 ? held : dropped).add(Digest.parse(row.text("content"))));
        long unknown = 0;
        for (Digest image : store.roots().all()) {
            if (dropped.contains(image)) {
                store.roots().remove(image);
            } else if (!held.contains(image)) {
                unknown++;
            }
        }
        return new Collected(versions, unknown, GarbageCollection.run(store, grace));
    }

    /**
     * Lets go of an image that was to become a version and did not, unless a version names the same.
     *
     * @throws IOException when the store cannot be written
     */
    public void forget(Digest image) throws IOException {
        List<Row> named = graph.read(VERSIONS_OF.with(Map.of("contents", List.of(image.hex()))));
        if (named.isEmpty()) {
            store.roots().remove(image);
        }
    }

    /**
     * What the store holds, by versions.
     *
     * @param versions that name an image of the store, by its digest; those that none names are missing here
     */
    public record Holdings(StoreStatistics.Statistics statistics, Map<Digest, List<String>> versions) {
        public Holdings {
            versions = Map.copyOf(versions);
        }
    }

    /** Reads all manifests; see {@link StoreStatistics}. */
    public Holdings holdings() throws IOException {
        Map<Digest, List<String>> versions = new HashMap<>();
        graph.stream(CONTENTS, row -> versions.put(Digest.parse(row.text("content")), row.texts("versions")));
        return new Holdings(StoreStatistics.of(store), versions);
    }

    /**
     * What a check found, by versions.
     *
     * @param versions that lack something
     * @param repaired what was taken out; empty where that was not asked for
     */
    public record Checked(StoreCheck.Found found, List<String> versions, Optional<StoreRepair.Repaired> repaired) {
        public Checked {
            versions = List.copyOf(versions);
        }
    }

    /**
     * Reads the store, or a sample of it, again.
     *
     * @param share above 0, up to 1 for all
     * @param repair to take out what is damaged, so that a check-in of the same brings it again; all of the store is read for it
     */
    public Checked check(double share, boolean repair) throws IOException {
        Optional<StoreRepair.Repaired> repaired = repair ? Optional.of(StoreRepair.run(store)) : Optional.empty();
        StoreCheck.Found found = repaired.isPresent()
                ? repaired.get().found()
                : StoreCheck.run(store, share, Instant.now().toEpochMilli());
        List<String> contents = found.images().stream().map(Digest::hex).toList();
        List<Row> rows = graph.read(VERSIONS_OF.with(Map.of("contents", contents)));
        return new Checked(found, rows.stream().map(row -> row.text("version")).toList(), repaired);
    }
}
