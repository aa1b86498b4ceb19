package dev.stemma.ingest.reference;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.DamagedStoreException;
import dev.stemma.ingest.content.GarbageCollection;
import dev.stemma.ingest.content.StoreCheck;
import dev.stemma.ingest.content.StoreRepair;
import dev.stemma.ingest.content.StoreStatistics;
import dev.stemma.ingest.content.StoreWatch;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
     * @param watch may end it; what was freed until then is freed
     * @throws DamagedStoreException when a version's image manifest is missing, or what it leads to: nothing is removed then
     * @throws IOException when the store cannot be read or written; see {@link GarbageCollection}
     */
    public Collected collect(Duration grace, Supplier<Set<String>> inUse, StoreWatch watch) throws IOException {
        ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
        List<String> spared = List.copyOf(inUse.get());
        long versions = graph.write(LET_GO.with(Map.of("before", now.minus(grace), "now", now, "inUse", spared)))
                .getFirst()
                .number("count");
        Unknown unknown = new Unknown();
        GarbageCollection.Freed freed = GarbageCollection.run(store, grace, () -> dropped(unknown), watch);
        return new Collected(versions, unknown.count, freed);
    }

    /** Counts images that no version names. */
    private static final class Unknown {
        private long count;
    }

    private Set<Digest> dropped(Unknown unknown) throws IOException {
        Set<Digest> held = new HashSet<>();
        Set<Digest> dropped = new HashSet<>();
        graph.stream(CONTENTS, row -> (row.number("held") > 0 ? held : dropped).add(Digest.parse(row.text("content"))));
        requireManifests(held);
        dropped.addAll(store.forgotten());
        dropped.removeAll(held);
        List<Digest> images = store.roots().all();
        unknown.count = images.stream()
                .filter(image -> !held.contains(image) && !dropped.contains(image))
                .count();
        dropped.retainAll(images);
        return dropped;
    }

    /** What a lost manifest led to may still be needed: to make the manifest anew, or to bring back less from another copy. */
    private void requireManifests(Set<Digest> held) throws IOException {
        Set<Digest> missing = new TreeSet<>(held);
        store.roots().all().forEach(missing::remove);
        if (!missing.isEmpty()) {
            throw new DamagedStoreException("garbage is not collected while the image manifest of "
                    + String.join(", ", versionsOf(missing)) + " is missing");
        }
    }

    private List<String> versionsOf(Collection<Digest> contents) {
        List<String> names = contents.stream().map(Digest::hex).toList();
        return graph.read(VERSIONS_OF.with(Map.of("contents", names))).stream()
                .map(row -> row.text("version"))
                .toList();
    }

    /**
     * Lets go of an image that was to become a version and did not, unless a version names the same. For who still has the turn in which it was written.
     *
     * @throws IOException when the store cannot be written
     */
    public void forget(Digest image) throws IOException {
        store.forget(image, () -> versionsOf(List.of(image)).isEmpty());
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
    public Holdings holdings(StoreWatch watch) throws IOException {
        Map<Digest, List<String>> versions = new HashMap<>();
        graph.stream(CONTENTS, row -> versions.put(Digest.parse(row.text("content")), row.texts("versions")));
        return new Holdings(StoreStatistics.of(store, watch), versions);
    }

    /**
     * What a check found, by versions.
     *
     * @param missing image manifests that versions name and that are not there, sorted
     * @param versions that lack something; where it was repaired, those that still do
     * @param repaired what was taken out, and made anew; empty where that was not asked for
     */
    public record Checked(
            StoreCheck.Found found,
            List<Digest> missing,
            List<String> versions,
            Optional<StoreRepair.Repaired> repaired) {
        public Checked {
            missing = List.copyOf(missing);
            versions = List.copyOf(versions);
        }
    }

    /**
     * Reads the store, or a sample of it, again.
     *
     * @param share above 0, up to 1 for all
     * @param watch may end it
     */
    public Checked check(double share, StoreWatch watch) throws IOException {
        StoreCheck.Found found = StoreCheck.run(store, share, Instant.now().toEpochMilli(), watch);
        List<Digest> missing = missing();
        return new Checked(found, missing, versionsOf(union(found.images(), missing)), Optional.empty());
    }

    /**
     * Reads all of the store again, and takes out what is damaged, so that a check-in of the same brings it again. Image manifests are made anew as far as their disks are
     * there.
     *
     * @param watch may end it; what was taken out until then is out
     */
    public Checked repair(StoreWatch watch) throws IOException {
        List<Digest> missing = missing();
        StoreRepair.Repaired repaired = StoreRepair.run(store, Set.copyOf(missing), watch);
        return new Checked(repaired.found(), missing, lacking(watch), Optional.of(repaired));
    }

    /** Versions that lack something, as far as that is known without reading it. */
    public List<String> lacking(StoreWatch watch) throws IOException {
        return versionsOf(union(StoreCheck.lacking(store, watch), missing()));
    }

    private List<Digest> missing() throws IOException {
        Set<Digest> held = new TreeSet<>();
        graph.stream(CONTENTS, row -> {
            if (row.number("held") > 0) {
                held.add(Digest.parse(row.text("content")));
            }
        });
        store.roots().all().forEach(held::remove);
        return List.copyOf(held);
    }

    private static Set<Digest> union(List<Digest> one, List<Digest> other) {
        Set<Digest> both = new TreeSet<>(one);
        both.addAll(other);
        return both;
    }
}
