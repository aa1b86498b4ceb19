package dev.stemma.queries.search;

import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.inventory.GuestTree;
import dev.stemma.queries.inventory.PathWalker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.automaton.CharacterRunAutomaton;

/** Finds the images that hold a file in one state of the index. Not thread-safe; used for one term. */
final class FileMatcher {

    private static final int MAX_NAMES = 2_000;
    private static final int MAX_DIGESTS = 100;
    private static final Statement DIGESTS = Statement.named(FileMatcher.class, "search/digests.cypher");

    private final Graph graph;
    private final SearchIndex index;
    private final IndexSearcher searcher;
    private final NodeTerms terms;
    private final Climb climb;
    private final List<String> notes = new ArrayList<>();

    /** @param shown whether it is asked where in the images the file lies */
    FileMatcher(Graph graph, SearchIndex index, IndexSearcher searcher, boolean shown) throws IOException {
        this.graph = graph;
        this.index = index;
        this.searcher = searcher;
        this.terms = new NodeTerms(searcher.getIndexReader());
        this.climb = new Climb(terms, shown);
    }

    /**
     * What was found.
     *
     * @param images their documents
     * @param places finds where the file lies in some of them
     * @param complete false when a bound was met, or the index lags behind, and others may hold it too
     */
    record Match(FixedBitSet images, FilePlaces places, boolean complete, List<String> notes) {
        Match {
            notes = List.copyOf(notes);
        }
    }

    Match match(FileTerm term) throws IOException {
        index.lag().ifPresent(notes::add);
        return switch (term) {
            case FileTerm.Name name -> anywhere(climb.named(List.of(name.name())));
            case FileTerm.Glob glob -> anywhere(climb.named(names(glob.pattern())));
            case FileTerm.Content content -> anywhere(climb.holding(digests(content)));
            case FileTerm.Path path when path.path().depth() == 0 -> roots(path.path());
            case FileTerm.Path path -> at(path.path());
            case FileTerm.PathGlob glob -> below(glob);
        };
    }

    private Match found(FixedBitSet images, FilePlaces places) {
        if (!climb.complete()) {
            notes.add("this is in so many directories that not all were followed; images and places may be missing");
        }
        return new Match(images, places, notes.isEmpty(), notes);
    }

    private Match anywhere(FixedBitSet holders) throws IOException {
        FixedBitSet images = terms.none();
        terms.join(
                IndexFields.ROOT, new BytesRef(), terms.nodes(climb.above(holders)), (_, image) -> images.set(image));
        return found(images, FilePlaces.anywhere(graph, terms, climb));
    }

    private Match roots(GuestPath root) throws IOException {
        FixedBitSet images = terms.none();
        terms.add(IndexFields.TREE, images);
        return found(images, FilePlaces.at(graph, root));
    }

    private Match at(GuestPath path) throws IOException {
        FixedBitSet ends = climb.whole(climb.named(List.of(path.name().escaped())));
        return found(leading(path.parent(), ends), FilePlaces.at(graph, path));
    }

    /** Upwards from the names that fit the last pattern, along those that fit, to where the patterns begin. */
    private Match below(FileTerm.PathGlob glob) throws IOException {
        FixedBitSet ends = climb.whole(climb.named(names(glob.below().getLast())));
        for (String pattern : glob.below().reversed().subList(1, glob.below().size())) {
            ends = climb.up(ends, new CharacterRunAutomaton(Patterns.glob(pattern)));
        }
        return found(leading(glob.above(), ends), FilePlaces.below(graph, terms, climb, glob));
    }

    /** The images in which a path, links followed, leads to one of some directories. */
    private FixedBitSet leading(GuestPath path, FixedBitSet ends) throws IOException {
        LinkedPaths.Found found = new LinkedPaths(terms, ends)
                .find(path.names().stream().map(GuestName::escaped).toList());
        FixedBitSet images = found.holding();
        Map<String, List<Integer>> unsure = ShownFields.inventories(searcher, found.unsure());
        List<SearchedTree> trees = SearchedTree.of(Holder.of(graph, unsure.keySet()));
        Map<GuestTree, PathWalker.Found> led = new PathWalker(graph)
                .walk(trees.stream().map(SearchedTree::tree).collect(Collectors.toSet()), path, true);
        Map<String, Boolean> ending = new HashMap<>();
        for (SearchedTree tree : trees) {
            PathWalker.Found end = led.get(tree.tree());
            if (end != null && end.entry().kind().equals("dir")) {
                Boolean among = ending.get(end.entry().node());
                if (among == null) {
                    int directory = terms.find(end.entry().node());
                    among = directory >= 0 && ends.get(directory);
                    ending.put(end.entry().node(), among);
                }
                if (among) {
                    unsure.getOrDefault(tree.holder().inventoryId(), List.of()).forEach(images::set);
                }
            }
        }
        return images;
    }

    /** Names that fit; a bound that was met is noted. */
    private List<String> names(String pattern) throws IOException {
        List<String> names = IndexTerms.fitting(searcher, IndexFields.FILE_NAME, Patterns.glob(pattern), MAX_NAMES + 1);
        if (names.size() > MAX_NAMES) {
            notes.add("more than " + MAX_NAMES + " different names fit " + pattern
                    + "; only the first of them were searched");
        }
        return names.subList(0, Math.min(names.size(), MAX_NAMES));
    }

    /** The contents that are meant. The index has half of each digest, so that even a whole one is asked of the graph. */
    private List<String> digests(FileTerm.Content given) {
        FileTerm.Content content = FileTerms.content(given.digestPrefix());
        List<String> digests =
                graph.read(DIGESTS.with(Map.of("prefix", content.digestPrefix(), "limit", MAX_DIGESTS + 1))).stream()
                        .map((Row row) -> row.text("digest"))
                        .toList();
        if (digests.size() > 1) {
            notes.add((digests.size() > MAX_DIGESTS ? "more than " + MAX_DIGESTS : digests.size())
                    + " contents have a digest that starts with " + content.digestPrefix());
        }
        return digests.subList(0, Math.min(digests.size(), MAX_DIGESTS));
    }
}
