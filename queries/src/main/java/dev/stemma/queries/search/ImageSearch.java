package dev.stemma.queries.search;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.queries.moment.AsOf;
import dev.stemma.queries.moment.DatedStatement;
import dev.stemma.queries.page.Cursor;
import dev.stemma.queries.page.Page;
import dev.stemma.queries.page.PageRequest;
import dev.stemma.queries.problem.QueryProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds images by what they hold (row V9). Conditions on content become sets of images, each by the shape of query that was
 * measured best for it; the sets are intersected here, and conditions on texts are held against what is left. Safe for
 * use by several threads.
 */
public final class ImageSearch {

    private static final int MAX_FILES = 20;
    private static final DatedStatement IMAGES = named("images");
    private static final DatedStatement HITS = named("hits");
    private static final DatedStatement WITH_ROLES = named("with-roles");

    private final Graph graph;
    private final FileSearch files;

    public ImageSearch(Graph graph, FileSearch files) {
        this.graph = graph;
        this.files = files;
    }

    private static DatedStatement named(String name) {
        return DatedStatement.named(ImageSearch.class, "search/" + name);
    }

    /**
     * @throws QueryProblem {@code INVALID} for a bad pattern or cursor
     */
    public ImageAnswer search(ImageQuery query, PageRequest page) {
        return search(query, Optional.empty(), page);
    }

    /**
     * The same as of a moment: the images that were known then, by the inventories and places that they had. Names and descriptions
     * of files are those of now.
     *
     * @param at empty for now
     * @throws QueryProblem {@code INVALID} for a bad pattern or cursor; {@code NO_PAST} for a condition on files or on when an
     *     image's file changed, as of a moment
     */
    public ImageAnswer search(ImageQuery query, Optional<AsOf> at, PageRequest page) {
        if (at.isPresent()) {
            requirePast(query);
        }
        List<String> notes = new ArrayList<>();
        PackageSets packages = new PackageSets(graph, at, notes);
        ImageTexts texts = new ImageTexts(graph, query);
        Optional<Set<String>> within = within(query, packages, at, notes);
        Set<String> without = query.noneOf().isEmpty() ? Set.of() : packages.ruledOut(query.noneOf());
        Selection selection = new Selection(query, page);
        for (Row row : rows(query, at)) {
            if (texts.fit(row)) {
                selection.offer(row, within, without);
            }
        }
        if (query.needsInventory() && selection.unindexed > 0) {
            notes.add("unindexed images not searched: " + selection.unindexed);
        }
        if (selection.withoutFiles > 0) {
            notes.add("images of the basic level, whose files were not searched: " + selection.withoutFiles);
        }
        return new ImageAnswer(
                new Page<>(hits(selection.ids, packages.purls(), at), selection.next(), selection.total),
                query.needsInventory() ? selection.unindexed : 0,
                selection.withoutFiles,
                notes.stream().distinct().toList());
    }

    /** The images that meet the conditions on content; empty when there are none but anti-conditions. */
    private Optional<Set<String>> within(
            ImageQuery query, PackageSets packages, Optional<AsOf> at, List<String> notes) {
        List<Set<String>> sets = new ArrayList<>();
        if (!query.allOf().isEmpty()) {
            sets.add(packages.allOf(query.allOf()));
        }
        if (!query.anyOf().isEmpty()) {
            sets.add(packages.anyOf(query.anyOf()));
        }
        if (!query.roles().isEmpty()) {
            List<String> roles = query.roles().stream().distinct().toList();
            sets.add(graph.read(WITH_ROLES.with(Map.of("roles", roles, "count", roles.size()), at)).stream()
                    .map(row -> row.text("imageId"))
                    .collect(Collectors.toSet()));
        }
        if (query.files().size() > MAX_FILES) {
            throw new QueryProblem(QueryProblem.Code.INVALID, "a search names at most " + MAX_FILES + " files");
        }
        for (FileTerm term : query.files()) {
            FileSearch.Holding holding = files.holding(term);
            notes.addAll(holding.notes());
            sets.add(holding.imageIds());
        }
        return sets.stream().reduce((a, b) -> {
            Set<String> both = new HashSet<>(a);
            both.retainAll(b);
            return both;
        });
    }

    /** All images that the conditions on the catalog leave, sorted as cursors compare. */
    private List<Row> rows(ImageQuery query, Optional<AsOf> at) {
        Map<String, Object> conditions =
                new HashMap<>(Map.of("repository", query.repository().orElse("")));
        if (at.isEmpty()) {
            conditions.put("modifiedAfter", query.modifiedAfter());
            conditions.put("modifiedBefore", query.modifiedBefore());
        }
        List<Row> rows = new ArrayList<>(graph.read(IMAGES.with(conditions, at)));
        rows.sort(Comparator.<Row, String>comparing(row -> row.text("name")).thenComparing(row -> row.text("id")));
        return rows;
    }

    /** What is kept of now only cannot be asked of the past. */
    private static void requirePast(ImageQuery query) {
        if (!query.files().isEmpty()) {
            throw new QueryProblem(
                    QueryProblem.Code.NO_PAST,
                    "files are searched in what images hold now, not in what they held; leave the date or the file out");
        }
        if (query.modifiedAfter().isPresent() || query.modifiedBefore().isPresent()) {
            throw new QueryProblem(
                    QueryProblem.Code.NO_PAST,
                    "when an image's file changed is kept of the last time only; leave the date or the time of change out");
        }
    }

    /** Counts what fits and keeps the page. */
    private static final class Selection {
        private final ImageQuery query;
        private final PageRequest page;
        private final List<String> after;
        private final List<String> ids = new ArrayList<>();
        private String lastName = "";
        private long total;
        private long unindexed;
        private long withoutFiles;
        private boolean more;

        Selection(ImageQuery query, PageRequest page) {
            this.query = query;
            this.page = page;
            this.after = page.after().map(cursor -> cursor.require(2)).orElse(List.of("", ""));
        }

        void offer(Row row, Optional<Set<String>> within, Set<String> without) {
            String id = row.text("id");
            Optional<String> level = row.findText("level");
            if (level.isEmpty() && query.needsInventory()) {
                unindexed++;
                return;
            }
            if (!query.files().isEmpty() && level.filter("basic"::equals).isPresent()) {
                withoutFiles++;
                return;
            }
            if (within.map(set -> !set.contains(id)).orElse(false) || without.contains(id)) {
                return;
            }
            total++;
            String name = row.text("name");
            int order = name.compareTo(after.getFirst());
            if (page.after().isPresent() && (order < 0 || (order == 0 && id.compareTo(after.getLast()) <= 0))) {
                return;
            }
            if (ids.size() == page.limit()) {
                more = true;
            } else {
                ids.add(id);
                lastName = name;
            }
        }

        Optional<String> next() {
            return more ? Optional.of(Cursor.of(lastName, ids.getLast()).text()) : Optional.empty();
        }
    }

    private List<ImageHit> hits(List<String> ids, Set<String> purls, Optional<AsOf> at) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<String, ImageHit> hits = new HashMap<>();
        for (Row row : graph.read(
                HITS.with(Map.of("ids", ids, "purls", List.copyOf(purls), "packages", ImageHit.MAX_PACKAGES), at))) {
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
                row.findInstant("modifiedAt"),
                row.findText("repository"),
                row.findText("inventoryId"),
                row.findText("level"),
                row.texts("systems"),
                row.texts("packages"),
                row.texts("roles"));
    }
}
