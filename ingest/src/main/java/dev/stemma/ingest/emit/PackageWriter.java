package dev.stemma.ingest.emit;

import dev.stemma.graph.model.Checksum;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Payload;
import dev.stemma.graph.store.Batch;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import dev.stemma.graph.tree.Child;
import dev.stemma.graph.tree.TreeEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Package versions, and the paths they own: these once a version, marked by {@code owned} when they are all there. */
final class PackageWriter {

    private static final int AT_ONCE = 2_000;

    /** Owned paths that are written together. */
    private static final int MAX_OWNED = 8_000;

    private static final Statement VERSIONS = Statement.named(PackageWriter.class, "emit/packages.cypher");
    private static final Statement INCOMPLETE = Statement.named(PackageWriter.class, "emit/incomplete-packages.cypher");
    private static final Statement FORGET = Statement.named(PackageWriter.class, "emit/forget-owned.cypher");
    private static final Statement COMPLETE = Statement.named(PackageWriter.class, "emit/complete-packages.cypher");

    private PackageWriter() {}

    /** A path that somebody owns, before it is known what lies there. */
    private record Claim(String purl, InstalledPackage.OwnedPath owned) {}

    static void versions(Graph graph, Collection<InstalledPackage> packages) {
        Batch.STANDARD.run(
                graph,
                VERSIONS.cypher(),
                packages.stream().map(PackageWriter::version).iterator());
    }

    private static Map<String, Object> version(InstalledPackage installed) {
        Map<String, Object> row = new HashMap<>();
        row.put("purl", installed.purl());
        row.put("version", installed.version());
        row.put("architecture", installed.architecture());
        installed.sourceName().ifPresent(source -> row.put("source", source));
        installed.sourceVersion().ifPresent(version -> row.put("sourceVersion", version));
        row.put("package", installed.ecosystem() + "/" + installed.name());
        row.put("name", installed.name());
        row.put("ecosystem", installed.ecosystem());
        return row;
    }

    static Set<String> incomplete(Graph graph, Collection<InstalledPackage> packages) {
        // What is half there would pass for all that the version owns.
        List<String> purls = packages.stream()
                .filter(installed -> installed.present() && !installed.state().equals("half-installed"))
                .map(InstalledPackage::purl)
                .toList();
        Set<String> incomplete = new HashSet<>();
        for (int from = 0; from < purls.size(); from += AT_ONCE) {
            List<String> some = purls.subList(from, Math.min(purls.size(), from + AT_ONCE));
            graph.read(INCOMPLETE.with(Map.of("purls", some))).forEach(row -> incomplete.add(row.text("purl")));
        }
        return incomplete;
    }

    static void owned(Graph graph, Collection<InstalledPackage> packages, InventoryEmitter.EntrySource entries)
            throws IOException {
        Map<GuestPath, List<Claim>> claims = new HashMap<>();
        Map<String, Long> found = new LinkedHashMap<>();
        for (InstalledPackage installed : packages) {
            found.put(installed.purl(), 0L);
            for (InstalledPackage.OwnedPath path : installed.owned()) {
                if (InventoryEmitter.indexable(path.path())) {
                    claims.computeIfAbsent(path.path(), _ -> new ArrayList<>(1)).add(new Claim(installed.purl(), path));
                }
            }
        }
        forget(graph, List.copyOf(found.keySet()));
        Items items = new Items(graph);
        for (var next = entries.next(); next.isPresent(); next = entries.next()) {
            Entry entry = next.get().entry();
            List<Claim> owners = claims.get(next.get().path());
            if (owners != null && !(entry.payload() instanceof Payload.Directory)) {
                Child child = TreeEntry.of(entry).child();
                for (Claim claim : owners) {
                    found.merge(claim.purl(), 1L, Long::sum);
                    items.add(TreeStatement.label(child), claim.purl(), item(claim.owned(), child));
                }
            }
        }
        items.flush();
        Batch.STANDARD.run(
                graph,
                COMPLETE.cypher(),
                found.entrySet().stream()
                        .map(entry -> Map.of("purl", entry.getKey(), "owned", entry.getValue()))
                        .iterator());
    }

    private static void forget(Graph graph, List<String> purls) {
        while (graph.write(FORGET.with(Map.of("purls", purls))).getFirst().number("removed") > 0) {
            continue;
        }
    }

    /** Child, path, whether it is configuration, and the checksum: an MD5, or one that says its algorithm. */
    private static List<@Nullable Object> item(InstalledPackage.OwnedPath owned, Child child) {
        List<@Nullable Object> item = new ArrayList<>(5);
        item.add(child.nodeId());
        item.add(owned.path().escaped());
        item.add(owned.configuration());
        item.add(owned.md5().orElse(null));
        item.add(
                owned.md5().isPresent()
                        ? null
                        : owned.checksum().map(Checksum::toString).orElse(null));
        return item;
    }

    /** What was found, by the label of what is owned and by owner, until there is enough for a transaction. */
    private static final class Items {
        private final Graph graph;
        private final Map<String, Map<String, List<List<@Nullable Object>>>> pending = new HashMap<>();
        private int count;

        Items(Graph graph) {
            this.graph = graph;
        }

        void add(String label, String purl, List<@Nullable Object> item) {
            pending.computeIfAbsent(label, _ -> new LinkedHashMap<>())
                    .computeIfAbsent(purl, _ -> new ArrayList<>())
                    .add(item);
            if (++count >= MAX_OWNED) {
                flush();
            }
        }

        void flush() {
            pending.forEach((label, owners) -> Batch.STANDARD.run(
                    graph,
                    TreeStatement.PLANNED_ONCE
                            + "UNWIND $rows AS row "
                            + TreeStatement.seek("version", "PackageVersion", "purl", "row.purl")
                            + " UNWIND row.items AS item "
                            + TreeStatement.seek("owned", label, "id", "item[0]")
                            + " CREATE (version)-[:OWNS {path: item[1], configuration: item[2], md5: item[3],"
                            + " checksum: item[4]}]->(owned)",
                    owners.entrySet().stream()
                            .map(owner -> Map.of("purl", owner.getKey(), "items", owner.getValue()))
                            .iterator()));
            pending.clear();
            count = 0;
        }
    }
}
