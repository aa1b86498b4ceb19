package dev.stemma.ingest.emit;

import dev.stemma.graph.model.Checksum;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.store.Batch;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.tree.Child;
import dev.stemma.graph.tree.TreeEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Owned paths that are written together, by the statement that writes them and by owner. Filled by one thread, then written by one. */
final class OwnedBatch {

    private static final int MAX_OWNED = 2_500;

    private final Map<TreeStatement, Map<String, List<List<@Nullable Object>>>> items = new LinkedHashMap<>();
    private int count;

    void add(String purl, InstalledPackage.OwnedPath owned, Entry entry) {
        Child child = TreeEntry.of(entry).child();
        items.computeIfAbsent(TreeStatement.owns(child), _ -> new LinkedHashMap<>())
                .computeIfAbsent(purl, _ -> new ArrayList<>())
                .add(item(owned, child));
        count++;
    }

    boolean full() {
        return count >= MAX_OWNED;
    }

    /**
     * Child, path, whether it is configuration, the checksum (an MD5, or one that says its algorithm), what the child needs to be
     * made. Few are configuration, and only those say so: a fourth property would take the graph a second record, a twentieth of the
     * time of a first image.
     */
    private static List<@Nullable Object> item(InstalledPackage.OwnedPath owned, Child child) {
        List<@Nullable Object> item = new ArrayList<>(6);
        item.add(child.nodeId());
        item.add(owned.path().escaped());
        item.add(owned.configuration() ? Boolean.TRUE : null);
        item.add(owned.md5().orElse(null));
        item.add(
                owned.md5().isPresent()
                        ? null
                        : owned.checksum().map(Checksum::toString).orElse(null));
        item.add(EntryProperties.made(child));
        return item;
    }

    /** @param wanted purls of the versions whose paths are to be written */
    void write(Graph graph, Set<String> wanted) {
        graph.writing(transaction -> {
            items.forEach((statement, owners) -> Batch.STANDARD.run(
                    transaction,
                    statement.cypher(),
                    Map.of(),
                    owners.entrySet().stream()
                            .filter(owner -> wanted.contains(owner.getKey()))
                            .map(owner -> Map.of("purl", owner.getKey(), "items", owner.getValue()))
                            .iterator()));
            return true;
        });
    }
}
