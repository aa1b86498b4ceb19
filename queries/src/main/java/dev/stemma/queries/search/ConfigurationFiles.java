package dev.stemma.queries.search;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.inventory.GuestTree;
import dev.stemma.queries.inventory.PathWalker;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the configuration files of inventories, walking down from the places where configuration lies. A directory that many
 * inventories share is read once. Not thread-safe; used for one run, whose directories it keeps.
 */
final class ConfigurationFiles {

    /** As many as are kept of a guest. */
    static final int MAX_FILES = 10_000;

    private static final int MAX_DEPTH = 64;
    private static final int AT_ONCE = 1_000;
    private static final int MAX_KEPT = 200_000;

    /** Where texts are kept from; the form page of kept texts lists the same. */
    private static final List<GuestPath> PLACES =
            List.of("/etc", "/usr/local/etc", "/boot/grub", "/boot/grub2", "/boot/loader").stream()
                    .map(GuestPath::parse)
                    .toList();

    private static final Statement BELOW = Statement.named(ConfigurationFiles.class, "search/contents-below.cypher");

    private final Graph graph;
    private final PathWalker walker;
    private final Map<String, Node> nodes = new HashMap<>();

    ConfigurationFiles(Graph graph) {
        this.graph = graph;
        this.walker = new PathWalker(graph);
    }

    /**
     * A file.
     *
     * @param digest of its content, in hexadecimal
     */
    record Found(String path, String digest) {}

    /** A named thing below a node. */
    private record Child(String id, String name) {
        static Child of(String text) {
            int space = text.indexOf(' ');
            return new Child(text.substring(0, space), text.substring(space + 1));
        }
    }

    private record Node(List<Child> files, List<Child> directories, List<String> chunks) {}

    private record Start(String inventoryId, String path, String directory) {}

    /** The configuration files of each inventory that these trees are of, of {@value #MAX_FILES} at most. */
    Map<String, List<Found>> of(Collection<SearchedTree> trees) {
        Set<GuestTree> distinct = trees.stream().map(SearchedTree::tree).collect(Collectors.toSet());
        Set<Start> starts = new HashSet<>();
        for (GuestPath place : PLACES) {
            Map<GuestTree, PathWalker.Found> found = walker.walk(distinct, place, true);
            for (SearchedTree tree : trees) {
                PathWalker.Found end = found.get(tree.tree());
                if (end != null && end.entry().kind().equals("dir")) {
                    starts.add(new Start(
                            tree.holder().inventoryId(),
                            end.resolved().escaped(),
                            end.entry().node()));
                }
            }
        }
        fetch(starts.stream().map(Start::directory).collect(Collectors.toSet()));
        Map<String, List<Found>> files = new LinkedHashMap<>();
        for (Start start : starts) {
            list(
                    start.path(),
                    start.directory(),
                    0,
                    files.computeIfAbsent(start.inventoryId(), _ -> new ArrayList<>()));
        }
        return files;
    }

    /** Reads these directories and all below them that were not read yet. */
    private void fetch(Set<String> roots) {
        if (nodes.size() > MAX_KEPT) {
            nodes.clear();
        }
        Set<String> directories = new HashSet<>(roots);
        Set<String> chunks = new HashSet<>();
        directories.removeAll(nodes.keySet());
        for (int depth = 0; depth < MAX_DEPTH && !(directories.isEmpty() && chunks.isEmpty()); depth++) {
            Set<String> nextDirectories = new HashSet<>();
            Set<String> nextChunks = new HashSet<>();
            List<String> all = new ArrayList<>(directories);
            all.addAll(chunks);
            for (int from = 0; from < all.size(); from += AT_ONCE) {
                List<String> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
                for (Row row : graph.read(BELOW.with(Map.of(
                        "directories",
                                some.stream().filter(directories::contains).toList(),
                        "chunks", some.stream().filter(chunks::contains).toList())))) {
                    Node node = new Node(
                            row.texts("files").stream().map(Child::of).toList(),
                            row.texts("directories").stream().map(Child::of).toList(),
                            row.texts("chunks"));
                    nodes.put(row.text("id"), node);
                    node.directories().forEach(child -> nextDirectories.add(child.id()));
                    nextChunks.addAll(node.chunks());
                }
            }
            nextDirectories.removeAll(nodes.keySet());
            nextChunks.removeAll(nodes.keySet());
            directories = nextDirectories;
            chunks = nextChunks;
        }
    }

    private void list(String path, String id, int depth, List<Found> files) {
        Node node = nodes.get(id);
        if (node == null || depth > MAX_DEPTH) {
            return;
        }
        for (Child file : node.files()) {
            if (files.size() < MAX_FILES) {
                files.add(new Found(path + "/" + file.name(), file.id()));
            }
        }
        node.chunks().forEach(chunk -> list(path, chunk, depth + 1, files));
        node.directories().forEach(child -> list(path + "/" + child.name(), child.id(), depth + 1, files));
    }
}
