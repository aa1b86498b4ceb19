package dev.stemma.ingest.emit;

import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Payload;
import dev.stemma.graph.store.Batch;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The paths that the packages of one guest own, written once a version while the walk goes by, and marked by {@code owned} when
 * they are all there. For one thread, whose run's writer it belongs to.
 */
public final class OwnedPaths {

    private static final int AT_ONCE = 2_000;

    private static final Statement OWNED = Statement.named(OwnedPaths.class, "emit/owned-packages.cypher");
    private static final Statement FORGET = Statement.named(OwnedPaths.class, "emit/forget-owned.cypher");
    private static final Statement COMPLETE = Statement.named(OwnedPaths.class, "emit/complete-packages.cypher");

    private final Graph graph;
    private final RunWriter run;

    /** By path, before it is known what lies there. */
    private final Map<GuestPath, List<Claim>> claims = new HashMap<>();

    /** Owned paths that were met, by purl, of the versions whose paths the graph does not have. */
    private final Map<String, Long> counts = new LinkedHashMap<>();

    /** The same versions, less those that another run has written since. Only the lane touches it. */
    private final Set<String> wanted = new HashSet<>();

    private OwnedBatch filling = new OwnedBatch();
    private OwnedBatch waiting = new OwnedBatch();

    private record Claim(String purl, InstalledPackage.OwnedPath owned) {}

    OwnedPaths(Graph graph, RunWriter run, Collection<InstalledPackage> packages) {
        this.graph = graph;
        this.run = run;
        // What is half there would pass for all that the version owns.
        List<InstalledPackage> whole = packages.stream()
                .filter(installed -> installed.present() && !installed.state().equals("half-installed"))
                .toList();
        Set<String> owned = owned(whole.stream().map(InstalledPackage::purl).toList());
        for (InstalledPackage installed : whole) {
            if (!owned.contains(installed.purl())) {
                counts.put(installed.purl(), 0L);
                installed.owned().forEach(path -> claim(installed.purl(), path));
            }
        }
        if (!counts.isEmpty()) {
            List<String> purls = List.copyOf(counts.keySet());
            run.owned().submit(() -> begin(purls));
        }
    }

    private void claim(String purl, InstalledPackage.OwnedPath owned) {
        if (InventoryEmitter.indexable(owned.path())) {
            claims.computeIfAbsent(owned.path(), _ -> new ArrayList<>(1)).add(new Claim(purl, owned));
        }
    }

    /** Those of the versions that have their paths in the graph. */
    private Set<String> owned(List<String> purls) {
        Set<String> owned = new HashSet<>();
        for (int from = 0; from < purls.size(); from += AT_ONCE) {
            List<String> some = purls.subList(from, Math.min(purls.size(), from + AT_ONCE));
            graph.read(OWNED.with(Map.of("purls", some))).forEach(row -> owned.add(row.text("purl")));
        }
        return owned;
    }

    /** Another run may have written some versions while this one waited for its turn; what one that was cut off left goes. */
    private void begin(List<String> purls) {
        run.takeTurn();
        wanted.addAll(purls);
        wanted.removeAll(owned(purls));
        while (graph.write(FORGET.with(Map.of("purls", List.copyOf(wanted))))
                        .getFirst()
                        .number("removed")
                > 0) {
            continue;
        }
    }

    /**
     * The next entry of the guest.
     *
     * @param path in the guest, whose file systems are mounted in each other
     * @param entry in its own file system
     */
    public void offer(GuestPath path, Entry entry) {
        List<Claim> owners = claims.get(path);
        if (owners == null || entry.payload() instanceof Payload.Directory) {
            return;
        }
        for (Claim claim : owners) {
            counts.merge(claim.purl(), 1L, Long::sum);
            filling.add(claim.purl(), claim.owned(), entry);
        }
        if (filling.full()) {
            handOver();
            waiting = filling;
            filling = new OwnedBatch();
        }
    }

    /** A batch waits until the next is full: its files are in the graph by then, and the lanes seldom in each other's way. */
    private void handOver() {
        OwnedBatch batch = waiting;
        CompletableFuture<Void> files = run.nodesSoFar();
        run.owned().submit(() -> {
            files.join();
            batch.write(graph, wanted);
        });
    }

    /** No more entries. */
    void finish() {
        if (counts.isEmpty()) {
            return;
        }
        handOver();
        waiting = filling;
        handOver();
        Map<String, Long> all = Map.copyOf(counts);
        run.owned()
                .submit(() -> Batch.STANDARD.run(
                        graph,
                        COMPLETE.cypher(),
                        all.entrySet().stream()
                                .filter(entry -> wanted.contains(entry.getKey()))
                                .map(entry -> Map.of("purl", entry.getKey(), "owned", entry.getValue()))
                                .iterator()));
    }
}
