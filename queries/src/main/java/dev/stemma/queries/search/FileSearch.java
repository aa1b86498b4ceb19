package dev.stemma.queries.search;

import dev.stemma.graph.store.Graph;
import dev.stemma.queries.page.Page;
import dev.stemma.queries.page.PageRequest;
import dev.stemma.queries.problem.QueryProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;

/**
 * Finds the images that hold a file (row B2). The index holds the Merkle graph's steps upwards, so that nothing but what is shown is
 * asked of the graph. Safe for use by several threads.
 */
public final class FileSearch {

    private final Graph graph;
    private final SearchIndex index;

    public FileSearch(Graph graph, SearchIndex index) {
        this.graph = graph;
        this.index = index;
    }

    /**
     * @throws QueryProblem {@code INVALID} for a bad pattern or cursor, or a bound that was met
     */
    public FileAnswer search(FileTerm term, PageRequest page) {
        index.refresh();
        return index.images(searcher -> answer(searcher, term, page));
    }

    private FileAnswer answer(IndexSearcher searcher, FileTerm term, PageRequest page) throws IOException {
        FileMatcher.Match match = new FileMatcher(graph, index, searcher, true).match(term);
        Query found = ConditionQueries.images(new DocumentsQuery(match.images()));
        ByName.Shown shown = ByName.page(searcher, found, page);
        List<ImageHit> images = new ArrayList<>();
        for (ByName.Found image : shown.images()) {
            images.add(ShownFields.hit(searcher, image, List.of(), List.of()));
        }
        List<String> inventories =
                images.stream().flatMap(image -> image.inventoryId().stream()).toList();
        Map<String, List<FileHit.Place>> places = match.places().of(Holder.of(graph, inventories));
        List<FileHit> hits = new ArrayList<>();
        for (ImageHit image : images) {
            String inventory = image.inventoryId().orElseThrow();
            hits.add(hit(image, inventory, places.getOrDefault(inventory, List.of()), match.complete()));
        }
        return new FileAnswer(
                new Page<>(hits, shown.next(), searcher.count(found)),
                searcher.count(ConditionQueries.images(ImageFacts.NEVER_INDEXED))
                        + searcher.count(ConditionQueries.images(ImageFacts.BASIC)),
                match.notes());
    }

    private static FileHit hit(ImageHit image, String inventory, List<FileHit.Place> found, boolean complete) {
        List<FileHit.Place> places = new ArrayList<>(found);
        places.sort(Comparator.<FileHit.Place>comparingLong(
                        place -> place.path().chars().filter(c -> c == '/').count())
                .thenComparing(FileHit.Place::path));
        return new FileHit(
                image.imageId(),
                image.name(),
                inventory,
                places.subList(0, Math.min(places.size(), FileHit.MAX_PLACES)),
                places.size() > FileHit.MAX_PLACES || !complete);
    }

    /** The images that hold a file in one state of the index, and what to know about that. */
    FileMatcher.Match holding(FileTerm term, IndexSearcher searcher) throws IOException {
        return new FileMatcher(graph, index, searcher, false).match(term);
    }
}
