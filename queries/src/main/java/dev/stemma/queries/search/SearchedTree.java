package dev.stemma.queries.search;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.queries.inventory.GuestMount;
import dev.stemma.queries.inventory.GuestTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files in which a path is searched: a system with all that it mounts, or a file system that none mounts.
 *
 * @param holder the root, or the file system by itself
 * @param selectors of what is mounted, by mount point
 */
record SearchedTree(Holder holder, GuestTree tree, Map<GuestPath, String> selectors) {

    SearchedTree {
        selectors = Map.copyOf(selectors);
    }

    private record System(String inventoryId, int guest) {}

    /** Puts the file systems of many inventories together. */
    static List<SearchedTree> of(List<Holder> holders) {
        List<SearchedTree> trees = new ArrayList<>();
        Map<System, Map<GuestPath, Holder>> systems = new LinkedHashMap<>();
        for (Holder holder : holders) {
            for (GuestMount mount : holder.mounts()) {
                systems.computeIfAbsent(new System(holder.inventoryId(), mount.guest()), _ -> new HashMap<>())
                        .put(mount.path(), holder);
            }
            if (holder.mounts().isEmpty()) {
                trees.add(new SearchedTree(holder, GuestTree.of(holder.root()), Map.of()));
            }
        }
        systems.values().forEach(mounted -> trees.addAll(system(mounted)));
        return trees;
    }

    /** A system whose own root was not read leaves its other file systems to themselves. */
    private static List<SearchedTree> system(Map<GuestPath, Holder> mounted) {
        Holder root = mounted.get(GuestPath.ROOT);
        if (root == null) {
            return mounted.values().stream()
                    .map(holder -> new SearchedTree(holder, GuestTree.of(holder.root()), Map.of()))
                    .toList();
        }
        Map<GuestPath, String> roots = new HashMap<>();
        Map<GuestPath, String> selectors = new HashMap<>();
        mounted.forEach((path, holder) -> {
            if (path.depth() > 0) {
                roots.put(path, holder.root());
                selectors.put(path, holder.selector());
            }
        });
        return List.of(new SearchedTree(root, new GuestTree(root.root(), roots), selectors));
    }

    /** Of the file system that a path, links followed, lies in. */
    String selector(GuestPath resolved) {
        return selectors.getOrDefault(tree.mountPoint(resolved), holder.selector());
    }
}
