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

    private static final Statement HITS = Statement.named(ImageSearch.class, "search/hits.cypher");
    private static final Statement HITS_AT = Statement.named(ImageSearch.class, "search/hits-at.cypher");
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
        Selected selected = index.images(searcher -> {
            ContentSets contents = new ContentSets(packages, index, files, searcher, notes);
            ConditionQueries.Bounds bounds = new ConditionQueries(contents.of(leaves)).bounds(query.condition());
            return new Selection(searcher).of(bounds, page, contents);
        });
        List<ConfigurationTerm> terms = leaves.stream()
                .filter(Condition.Configuration.class::isInstance)
                .map(leaf -> ((Condition.Configuration) leaf).term())
                .toList();
        Map<String, List<ImageHit.Excerpt>> excerpts = new HashMap<>();
        selected.texts().forEach((id, texts) -> excerpts.put(id, Excerpts.of(texts, terms, index::text)));
        return answer(selected, hits(graph.read(HITS.with(Map.of("ids", selected.ids()))), selected, excerpts), notes);
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
        return answer(selected, hits(past(selected.ids(), past.purls(), at), selected, Map.of()), notes);
    }

    /**
     * What the index or the past gave.
     *
     * @param ids of the page, in its order
     * @param texts for each image of the page the configuration files that met a condition
     * @param packages for each image of the page the package versions that did; images are missing of which that is asked of the graph
     */
    record Selected(
            List<String> ids,
            Optional<String> next,
            long total,
            long unindexed,
            long withoutFiles,
            ImageAnswer.Indexed indexed,
            Map<String, List<ImageAnswer.Facet>> facets,
            Map<String, List<Excerpts.Source>> texts,
            Map<String, List<String>> packages) {

        Selected {
            ids = List.copyOf(ids);
            facets = new LinkedHashMap<>(facets);
            texts = Map.copyOf(texts);
            packages = Map.copyOf(packages);
        }
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

    private List<Row> past(List<String> ids, Collection<String> purls, AsOf at) {
        return graph.read(HITS_AT.with(Map.of(
                "ids",
                ids,
                "purls",
                List.copyOf(purls),
                "indexes",
                purls.stream().map(PackageGroups::index).distinct().toList(),
                "packages",
                ImageHit.MAX_PACKAGES,
                "at",
                at.instant())));
    }

    private static List<ImageHit> hits(
            List<Row> rows, Selected selected, Map<String, List<ImageHit.Excerpt>> excerpts) {
        Map<String, ImageHit> hits = new HashMap<>();
        for (Row row : rows) {
            String id = row.text("id");
            List<String> packages = selected.packages().get(id);
            hits.put(
                    id,
                    hit(
                            row,
                            packages == null ? row.texts("packages") : packages,
                            excerpts.getOrDefault(id, List.of())));
        }
        return selected.ids().stream()
                .flatMap(id -> Optional.ofNullable(hits.get(id)).stream())
                .toList();
    }

    private static ImageHit hit(Row row, List<String> packages, List<ImageHit.Excerpt> excerpts) {
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
                packages,
                row.texts("roles"),
                excerpts);
    }
}
