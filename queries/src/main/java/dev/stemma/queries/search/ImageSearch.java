package dev.stemma.queries.search;

import dev.stemma.graph.model.PackageGroups;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.queries.moment.AsOf;
import dev.stemma.queries.moment.DatedStatement;
import dev.stemma.queries.page.Cursor;
import dev.stemma.queries.page.Page;
import dev.stemma.queries.page.PageRequest;
import dev.stemma.queries.problem.QueryProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.util.BytesRef;

/**
 * Finds images by what they hold (row V9). Conditions on content are looked up first, as versions, contents and files; then all
 * conditions together are one query of the index, brought up to date before. Safe for use by several threads.
 */
public final class ImageSearch {

    private static final DatedStatement HITS = DatedStatement.named(ImageSearch.class, "search/hits");
    private static final Sort BY_NAME = new Sort(
            new SortField(IndexFields.SORT_NAME, SortField.Type.STRING),
            new SortField(IndexFields.SORT_ID, SortField.Type.STRING));

    private final Graph graph;
    private final FileSearch files;
    private final SearchIndex index;

    public ImageSearch(Graph graph, FileSearch files, SearchIndex index) {
        this.graph = graph;
        this.files = files;
        this.index = index;
    }

    /**
     * Searches. As of a moment: the images that were known then, by the inventories and places that they had. Descriptions
     * are those of now.
     *
     * @throws QueryProblem {@code INVALID} for a bad pattern or cursor, or a bound that was met; {@code NO_PAST} for a condition on
     *     files, configuration, state or on when an image's file changed, as of a moment
     */
    public ImageAnswer search(ImageQuery query, PageRequest page) {
        Set<Condition.Leaf> leaves = ConditionBounds.leaves(query.condition());
        List<String> notes = new ArrayList<>();
        if (leaves.contains(new Condition.Keyword(KeywordField.KIND, ImageFacts.MACHINE))) {
            notes.add(
                    "a machine holds, as far as is known, what was captured of it last, or what it was deployed from");
        }
        PackageSets packages = new PackageSets(graph, query.at(), notes);
        return query.at().isPresent()
                ? past(query, query.at().get(), leaves, packages, page, notes)
                : now(query, leaves, packages, page, notes);
    }

    /**
     * The ids of all images that are found now, by name and id.
     *
     * @param limit ids at most
     * @throws QueryProblem as {@link #search}; {@code NO_PAST} for a search as of a moment
     */
    public List<String> ids(ImageQuery query, int limit) {
        if (query.at().isPresent()) {
            throw new QueryProblem(QueryProblem.Code.NO_PAST, "this is asked of what is now; leave the date out");
        }
        Set<Condition.Leaf> leaves = ConditionBounds.leaves(query.condition());
        List<String> notes = new ArrayList<>();
        index.refresh();
        ContentSets contents = new ContentSets(new PackageSets(graph, query.at(), notes), index, files, notes);
        ConditionQueries.Bounds bounds = new ConditionQueries(contents.of(leaves)).bounds(query.condition());
        return index.images(searcher -> Stream.of(searcher.search(bounds.known(), limit, BY_NAME).scoreDocs)
                .map(ImageSearch::id)
                .toList());
    }

    private ImageAnswer now(
            ImageQuery query, Set<Condition.Leaf> leaves, PackageSets packages, PageRequest page, List<String> notes) {
        index.refresh();
        ContentSets contents = new ContentSets(packages, index, files, notes);
        ConditionQueries.Bounds bounds = new ConditionQueries(contents.of(leaves)).bounds(query.condition());
        Selected selected = index.images(searcher -> select(searcher, bounds, page, contents.texts()));
        List<ConfigurationTerm> terms = leaves.stream()
                .filter(Condition.Configuration.class::isInstance)
                .map(leaf -> ((Condition.Configuration) leaf).term())
                .toList();
        Map<String, List<ImageHit.Excerpt>> excerpts = new HashMap<>();
        selected.texts().forEach((id, texts) -> excerpts.put(id, Excerpts.of(texts, terms, index::text)));
        return answer(selected, hits(selected.ids(), contents.purls(), Optional.empty(), excerpts), notes);
    }

    private ImageAnswer past(
            ImageQuery query,
            AsOf at,
            Set<Condition.Leaf> leaves,
            PackageSets packages,
            PageRequest page,
            List<String> notes) {
        PastSearch past = new PastSearch(graph, at, packages, index);
        Selected selected = PastSelection.of(past.search(query.condition(), leaves), page);
        return answer(selected, hits(selected.ids(), past.purls(), Optional.of(at), Map.of()), notes);
    }

    /**
     * What the index or the past gave.
     *
     * @param ids of the page, in its order
     * @param texts for each image of the page the configuration files that met a condition
     */
    record Selected(
            List<String> ids,
            Optional<String> next,
            long total,
            long unindexed,
            long withoutFiles,
            ImageAnswer.Indexed indexed,
            Map<String, List<ImageAnswer.Facet>> facets,
            Map<String, List<Excerpts.Source>> texts) {

        Selected {
            ids = List.copyOf(ids);
            facets = new LinkedHashMap<>(facets);
            texts = Map.copyOf(texts);
        }
    }

    private static Selected select(
            IndexSearcher searcher, ConditionQueries.Bounds bounds, PageRequest page, Set<String> texts)
            throws IOException {
        Optional<FieldDoc> after = page.after().map(cursor -> position(cursor, searcher));
        ScoreDoc[] found =
                searcher.searchAfter(after.orElse(null), bounds.known(), page.limit() + 1, BY_NAME).scoreDocs;
        int shown = Math.min(found.length, page.limit());
        List<String> ids = new ArrayList<>();
        Map<String, List<Excerpts.Source>> excerpts = new HashMap<>();
        Excerpts.Digests digests = new Excerpts.Digests(texts);
        for (int i = 0; i < shown; i++) {
            String id = id(found[i]);
            ids.add(id);
            if (!texts.isEmpty()) {
                var document = searcher.storedFields().document(found[i].doc, Set.of(IndexFields.CONFIGURATION_FILE));
                excerpts.put(id, digests.among(List.of(document.getValues(IndexFields.CONFIGURATION_FILE))));
            }
        }
        Optional<String> next =
                found.length > shown ? Optional.of(cursor((FieldDoc) found[shown - 1])) : Optional.empty();
        Query unsure = bounds.unsure();
        return new Selected(
                ids,
                next,
                searcher.count(bounds.known()),
                searcher.count(both(unsure, ConditionQueries.images(ImageFacts.NEVER_INDEXED))),
                searcher.count(both(unsure, ConditionQueries.images(ImageFacts.BASIC))),
                new ImageAnswer.Indexed(
                        searcher.count(ConditionQueries.images(ImageFacts.FULL)),
                        searcher.count(ConditionQueries.images(ImageFacts.BASIC)),
                        searcher.count(ConditionQueries.images(ImageFacts.NEVER_INDEXED))),
                Facets.count(searcher, bounds.known()),
                excerpts);
    }

    /** The key that an image was sorted by ends with its id. */
    private static String id(ScoreDoc found) {
        return ((BytesRef) Objects.requireNonNull(((FieldDoc) found).fields)[1]).utf8ToString();
    }

    private static Query both(Query one, Query other) {
        return ConditionQueries.every(List.of(one, other));
    }

    /** The place in the order that a page ended at, behind whichever document has that very key. */
    private static FieldDoc position(Cursor cursor, IndexSearcher searcher) {
        List<String> key = cursor.require(2);
        return new FieldDoc(Math.max(0, searcher.getIndexReader().maxDoc() - 1), Float.NaN, new Object[] {
            ImageFeeder.sortKey(key.getFirst()), new BytesRef(key.getLast())
        });
    }

    private static String cursor(FieldDoc last) {
        Object[] key = Objects.requireNonNull(last.fields);
        return Cursor.of(((BytesRef) key[0]).utf8ToString(), ((BytesRef) key[1]).utf8ToString())
                .text();
    }

    private static ImageAnswer answer(Selected selected, List<ImageHit> hits, List<String> notes) {
        if (selected.unindexed() > 0) {
            notes.add("unindexed images not searched: " + selected.unindexed());
        }
        if (selected.withoutFiles() > 0) {
            notes.add("images of the basic level, whose files were not searched: " + selected.withoutFiles());
        }
        return new ImageAnswer(
                new Page<>(hits, selected.next(), selected.total()),
                selected.unindexed(),
                selected.withoutFiles(),
                selected.indexed(),
                selected.facets(),
                notes.stream().distinct().toList());
    }

    private List<ImageHit> hits(
            List<String> ids,
            Collection<String> purls,
            Optional<AsOf> at,
            Map<String, List<ImageHit.Excerpt>> excerpts) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<String, Object> parameters = Map.of(
                "ids",
                ids,
                "purls",
                List.copyOf(purls),
                "indexes",
                purls.stream().map(PackageGroups::index).distinct().toList(),
                "packages",
                ImageHit.MAX_PACKAGES);
        Map<String, ImageHit> hits = new HashMap<>();
        for (Row row : graph.read(HITS.with(parameters, at))) {
            hits.put(row.text("id"), hit(row, excerpts.getOrDefault(row.text("id"), List.of())));
        }
        return ids.stream()
                .flatMap(id -> Optional.ofNullable(hits.get(id)).stream())
                .toList();
    }

    private static ImageHit hit(Row row, List<ImageHit.Excerpt> excerpts) {
        return new ImageHit(
                row.text("id"),
                row.text("name"),
                row.text("location"),
                row.findText("format"),
                row.text("kind"),
                row.findInstant("modifiedAt"),
                row.findText("repository"),
                row.findText("inventoryId"),
                row.findText("level"),
                row.texts("systems"),
                row.texts("packages"),
                row.texts("roles"),
                excerpts);
    }
}
