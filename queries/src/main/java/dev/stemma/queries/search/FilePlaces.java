package dev.stemma.queries.search;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.inventory.EntryFacts;
import dev.stemma.queries.inventory.GuestTree;
import dev.stemma.queries.inventory.PathWalker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds where in some inventories a file lies that they are known to hold: for those that are shown, however many there are. */
@FunctionalInterface
interface FilePlaces {

    /** By inventory at most one more than are shown of each file system, the shortest first. */
    Map<String, List<FileHit.Place>> of(Collection<Holder> holders) throws IOException;

    /** Looks at a path, links followed but the last. */
    static FilePlaces at(Graph graph, GuestPath path) {
        return holders -> {
            List<SearchedTree> trees = SearchedTree.of(List.copyOf(holders));
            Map<GuestTree, PathWalker.Found> found = walk(graph, trees, path, false);
            Map<String, List<FileHit.Place>> places = new HashMap<>();
            for (SearchedTree tree : trees) {
                PathWalker.Found end = found.get(tree.tree());
                if (end != null) {
                    places.computeIfAbsent(tree.holder().inventoryId(), _ -> new ArrayList<>())
                            .add(new FileHit.Place(
                                    tree.selector(end.resolved()),
                                    end.resolved().escaped(),
                                    end.entry().kind(),
                                    end.entry().digest(),
                                    end.entry().sizeBytes()));
                }
            }
            return places;
        };
    }

    /** Goes down again along what was climbed. */
    static FilePlaces anywhere(Graph graph, NodeTerms terms, Climb climb) {
        return holders -> {
            DownwardPaths down = new DownwardPaths(climb);
            List<Spot> spots = new ArrayList<>();
            for (Holder holder : holders) {
                int root = terms.find(holder.root());
                for (DownwardPaths.Found found : down.from(root, FileHit.MAX_PLACES + 1)) {
                    spots.add(new Spot(
                            holder.inventoryId(),
                            holder.selector(),
                            holder.shown(GuestPath.parse(found.path())),
                            found));
                }
            }
            return places(graph, terms, spots);
        };
    }

    /** Goes down again along what fits patterns, from where they begin. */
    static FilePlaces below(Graph graph, NodeTerms terms, Climb climb, FileTerm.PathGlob glob) {
        return holders -> {
            List<SearchedTree> trees = SearchedTree.of(List.copyOf(holders));
            Map<GuestTree, PathWalker.Found> above = walk(graph, trees, glob.above(), true);
            PatternPaths paths = new PatternPaths(climb.steps(), glob.below());
            List<Spot> spots = new ArrayList<>();
            for (SearchedTree tree : trees) {
                PathWalker.Found start = above.get(tree.tree());
                if (start != null && start.entry().kind().equals("dir")) {
                    String path = start.resolved().depth() == 0
                            ? ""
                            : start.resolved().escaped();
                    paths.from(terms.find(start.entry().node())).stream()
                            .limit(FileHit.MAX_PLACES + 1)
                            .map(found -> new Spot(
                                    tree.holder().inventoryId(),
                                    tree.selector(start.resolved()),
                                    path + found.path(),
                                    found))
                            .forEach(spots::add);
                }
            }
            return places(graph, terms, spots);
        };
    }

    /** A place of which it is not yet known what lies there. */
    record Spot(String inventoryId, String selector, String path, DownwardPaths.Found found) {}

    /** What an entry is. */
    record Target(String kind, Optional<String> digest, Optional<Long> sizeBytes) {}

    private static Map<GuestTree, PathWalker.Found> walk(
            Graph graph, Collection<SearchedTree> trees, GuestPath path, boolean followLast) {
        return new PathWalker(graph)
                .walk(trees.stream().map(SearchedTree::tree).collect(Collectors.toSet()), path, followLast);
    }

    private static Map<String, List<FileHit.Place>> places(Graph graph, NodeTerms terms, List<Spot> spots)
            throws IOException {
        Map<Integer, String> parents = new HashMap<>();
        for (Spot spot : spots) {
            if (!parents.containsKey(spot.found().parent())) {
                parents.put(
                        spot.found().parent(),
                        HexFormat.of().formatHex(terms.id(spot.found().parent())));
            }
        }
        Map<Map<String, Object>, Target> targets = targets(
                graph,
                spots.stream().map(spot -> entry(parents, spot)).distinct().toList());
        Map<String, List<FileHit.Place>> places = new HashMap<>();
        for (Spot spot : spots) {
            Target target = targets.get(entry(parents, spot));
            if (target != null) {
                places.computeIfAbsent(spot.inventoryId(), _ -> new ArrayList<>())
                        .add(new FileHit.Place(
                                spot.selector(), spot.path(), target.kind(), target.digest(), target.sizeBytes()));
            }
        }
        return places;
    }

    private static Map<String, Object> entry(Map<Integer, String> parents, Spot spot) {
        return Map.of(
                "parent",
                Optional.ofNullable(parents.get(spot.found().parent())).orElseThrow(),
                "name",
                spot.found().name());
    }

    private static Map<Map<String, Object>, Target> targets(Graph graph, List<Map<String, Object>> entries) {
        Statement statement = Statement.named(FilePlaces.class, "search/entries.cypher");
        Map<Map<String, Object>, Target> targets = new HashMap<>();
        for (int from = 0; from < entries.size(); from += AT_ONCE) {
            List<Map<String, Object>> some = entries.subList(from, Math.min(entries.size(), from + AT_ONCE));
            for (Row row : graph.read(statement.with(Map.of("entries", some)))) {
                List<String> labels = row.texts("labels");
                targets.put(
                        Map.of("parent", row.text("parent"), "name", row.text("name")),
                        new Target(
                                EntryFacts.kind(labels, row.findText("kind")),
                                labels.contains("File") ? row.findText("node") : Optional.empty(),
                                row.findNumber("sizeBytes")));
            }
        }
        return targets;
    }

    /** Entries that are looked up in one statement. */
    int AT_ONCE = 2_000;
}
