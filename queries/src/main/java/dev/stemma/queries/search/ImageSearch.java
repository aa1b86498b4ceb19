package dev.stemma.queries.search;

import dev.stemma.graph.model.PackageGroups;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.moment.AsOf;
import dev.stemma.queries.page.Page;
import dev.stemma.queries.page.PageRequest;
import dev.stemma.queries.problem.QueryProblem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds images by what they hold (row V9). Conditions on content are looked up first, as versions, contents and files; then all
 * conditions together are one query of the index, brought up to date before. Safe for use by several threads.
 */
public final class ImageSearch {

    private static final Statement HITS = Statement.named(ImageSearch.class, "search/hits-at.cypher");
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
        PackageSets packages = new PackageSets(graph, query.at(), notes);
        return index.images(searcher -> {
            ContentSets contents = new ContentSets(packages, index, files, searcher, notes);
            ConditionQueries.Bounds bounds = new ConditionQueries(contents.of(leaves)).bounds(query.condition());
            return ByName.first(searcher, bounds.known(), limit).ids();
        });
    }

    private ImageAnswer now(
            ImageQuery query, Set<Condition.Leaf> leaves, PackageSets packages, PageRequest page, List<String> notes) {
        index.refresh();
        List<ConfigurationTerm> terms = leaves.stream()
                .filter(Condition.Configuration.class::isInstance)
                .map(leaf -> ((Condition.Configuration) leaf).term())
                .toList();
        Selected selected = index.images(searcher -> {
            ContentSets contents = new ContentSets(packages, index, files, searcher, notes);
            ConditionQueries.Bounds bounds = new ConditionQueries(contents.of(leaves)).bounds(query.condition());
            return new Selection(searcher).of(bounds, page, contents, texts -> Excerpts.of(texts, terms, index::text));
        });
        return answer(selected, notes);
    }

    private ImageAnswer past(
            ImageQuery query,
            AsOf at,
            Set<Condition.Leaf> leaves,
            PackageSets packages,
            PageRequest page,
            List<String> notes) {
        index.refresh();
        PastSearch past = new PastSearch(graph, at, packages, index);
        PastSearch.Found found = past.search(query.condition(), leaves);
        return answer(PastSelection.of(found, page, ids -> hits(ids, past.purls(), at)), notes);
    }

    /**
     * What the index or the past gave.
     *
     * @param hits of the page, in its order
     */
    record Selected(
            List<ImageHit> hits,
            Optional<String> next,
            long total,
            long unindexed,
            long withoutFiles,
            ImageAnswer.Indexed indexed,
            Map<String, List<ImageAnswer.Facet>> facets) {

        Selected {
            hits = List.copyOf(hits);
            facets = new LinkedHashMap<>(facets);
        }
    }

    private static ImageAnswer answer(Selected selected, List<String> notes) {
        if (selected.unindexed() > 0) {
            notes.add("unindexed images not searched: " + selected.unindexed());
        }
        if (selected.withoutFiles() > 0) {
            notes.add("images of the basic level, whose files were not searched: " + selected.withoutFiles());
        }
        return new ImageAnswer(
                new Page<>(selected.hits(), selected.next(), selected.total()),
                selected.unindexed(),
                selected.withoutFiles(),
                selected.indexed(),
                selected.facets(),
                notes.stream().distinct().toList());
    }

    private List<ImageHit> hits(List<String> ids, Collection<String> purls, AsOf at) {
        Map<String, Object> parameters = Map.of(
                "ids",
                ids,
                "purls",
                List.copyOf(purls),
                "indexes",
                purls.stream().map(PackageGroups::index).distinct().toList(),
                "packages",
                ImageHit.MAX_PACKAGES,
                "at",
                at.instant());
        Map<String, ImageHit> hits = new HashMap<>();
        for (Row row : graph.read(HITS.with(parameters))) {
            hits.put(row.text("id"), hit(row));
        }
        return ids.stream()
                .flatMap(id -> Optional.ofNullable(hits.get(id)).stream())
                .toList();
    }

    private static ImageHit hit(Row row) {
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
                List.of());
    }
}
