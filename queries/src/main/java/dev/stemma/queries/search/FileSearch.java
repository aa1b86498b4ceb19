package dev.stemma.queries.search;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.inventory.EntryFacts;
import dev.stemma.queries.inventory.GuestTree;
import dev.stemma.queries.inventory.PathWalker;
import dev.stemma.queries.page.Cursor;
import dev.stemma.queries.page.Page;
import dev.stemma.queries.page.PageRequest;
import dev.stemma.queries.problem.QueryProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds the images that hold a file, walking the Merkle graph upwards from content or name (row B2). Safe for use by
 * several threads.
 */
public final class FileSearch {

    /** Entries that a walk starts from, at most. */
    static final int MAX_ENTRIES = 50_000;

    private static final int MAX_NAMES = 2_000;
    private static final int MAX_DIGESTS = 100;
    private static final Statement BY_NAME = named("entries-by-name");
    private static final Statement BY_CONTENT = named("entries-by-content");
    private static final Statement PLACES_OF = named("entries-of-contents");
    private static final Statement IMAGES_OF = named("images-of-contents");
    private static final Statement DIGESTS = named("digests");
    private static final Statement ROOTS = named("roots");
    private static final Statement UNSEARCHED = named("unsearched");

    private final Graph graph;
    private final SearchIndex index;
    private final PathWalker walker;

    public FileSearch(Graph graph, SearchIndex index) {
        this.graph = graph;
        this.index = index;
        this.walker = new PathWalker(graph);
    }

    private static Statement named(String name) {
        return Statement.named(FileSearch.class, "search/" + name + ".cypher");
    }

    /**
     * @throws QueryProblem {@code INVALID} for a bad pattern or cursor
     */
    public FileAnswer search(FileTerm term, PageRequest page) {
        Matches matches = match(term);
        Map<ImageKey, List<UpwardWalk.Holder>> images =
                new TreeMap<>(Comparator.comparing(ImageKey::name).thenComparing(ImageKey::id));
        for (UpwardWalk.Holder holder : matches.holders()) {
            images.computeIfAbsent(new ImageKey(holder.imageId(), holder.imageName()), _ -> new ArrayList<>())
                    .add(holder);
        }
        List<String> after = page.after().map(cursor -> cursor.require(2)).orElse(List.of("", ""));
        List<Map.Entry<ImageKey, List<UpwardWalk.Holder>>> rest = images.entrySet().stream()
                .filter(image -> page.after().isEmpty() || image.getKey().isAfter(after))
                .toList();
        List<FileHit> hits = rest.stream()
                .limit(page.limit())
                .map(image -> hit(image.getKey(), image.getValue(), matches))
                .toList();
        Optional<String> next = rest.size() > hits.size()
                ? Optional.of(
                        Cursor.of(hits.getLast().imageName(), hits.getLast().imageId())
                                .text())
                : Optional.empty();
        Row unsearched = graph.read(UNSEARCHED).getFirst();
        return new FileAnswer(
                new Page<>(hits, next, images.size()),
                unsearched.number("unindexed") + unsearched.number("withoutFiles"),
                matches.notes());
    }

    /** The ids of the current images that hold a file, and what to know about that. */
    Holding holding(FileTerm term) {
        if (term instanceof FileTerm.Content content) {
            List<String> notes = new ArrayList<>();
            List<String> digests = digests(FileTerms.content(content.digestPrefix()), notes);
            if (graph.read(PLACES_OF.with(Map.of("digests", digests)))
                            .getFirst()
                            .number("entries")
                    <= MAX_ENTRIES) {
                return new Holding(images(digests), notes.isEmpty(), notes);
            }
        }
        Matches matches = match(term);
        return new Holding(
                matches.holders().stream().map(UpwardWalk.Holder::imageId).collect(Collectors.toUnmodifiableSet()),
                matches.complete(),
                matches.notes());
    }

    /** In one statement, since nobody asks where in the images they lie. */
    private Set<String> images(List<String> digests) {
        return graph.read(IMAGES_OF.with(Map.of("digests", digests))).stream()
                .map(row -> row.text("imageId"))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Images that hold a file.
     *
     * @param complete false when a bound was met, or the index lags behind, and others may hold it too
     */
    record Holding(Set<String> imageIds, boolean complete, List<String> notes) {}

    private record ImageKey(String id, String name) {
        boolean isAfter(List<String> key) {
            int order = name.compareTo(key.getFirst());
            return order > 0 || (order == 0 && id.compareTo(key.getLast()) > 0);
        }
    }

    /** Where the matches are, and how the places in one file system are found when they are to be shown. */
    private record Matches(List<UpwardWalk.Holder> holders, Places places, boolean complete, List<String> notes) {}

    @FunctionalInterface
    private interface Places {
        List<FileHit.Place> in(UpwardWalk.Holder holder, int limit);
    }

    private FileHit hit(ImageKey image, List<UpwardWalk.Holder> holders, Matches matches) {
        List<FileHit.Place> places = new ArrayList<>();
        for (UpwardWalk.Holder holder : holders.stream()
                .sorted(Comparator.comparing(UpwardWalk.Holder::selector))
                .toList()) {
            places.addAll(matches.places().in(holder, FileHit.MAX_PLACES + 1));
        }
        places.sort(Comparator.<FileHit.Place>comparingLong(
                        place -> place.path().chars().filter(c -> c == '/').count())
                .thenComparing(FileHit.Place::path));
        boolean more = places.size() > FileHit.MAX_PLACES || !matches.complete();
        return new FileHit(
                image.id(),
                image.name(),
                holders.getFirst().inventoryId(),
                places.subList(0, Math.min(places.size(), FileHit.MAX_PLACES)),
                more);
    }

    private Matches match(FileTerm term) {
        List<String> notes = new ArrayList<>();
        return switch (term) {
            case FileTerm.Name name -> walk(entries(BY_NAME, "names", List.of(name.name())), notes);
            case FileTerm.Glob glob -> walk(named(glob.pattern(), notes), notes);
            case FileTerm.PathGlob glob -> below(glob, notes);
            case FileTerm.Content content -> {
                List<String> digests = digests(FileTerms.content(content.digestPrefix()), notes);
                yield walk(entries(BY_CONTENT, "digests", digests), notes);
            }
            case FileTerm.Path path -> at(path);
        };
    }

    /** Entries whose name fits; a bound that was met, or a lag, is noted. */
    private List<UpwardWalk.Seed> named(String pattern, List<String> notes) {
        List<String> names = index.fileNames(pattern, MAX_NAMES + 1);
        if (names.size() > MAX_NAMES) {
            notes.add("more than " + MAX_NAMES + " different names fit " + pattern
                    + "; only the first of them were searched");
        }
        index.lag().ifPresent(notes::add);
        return entries(BY_NAME, "names", names.subList(0, Math.min(names.size(), MAX_NAMES)));
    }

    /** Upwards from the names that fit the last pattern, then down again from where the patterns begin, along those that fit. */
    private Matches below(FileTerm.PathGlob glob, List<String> notes) {
        UpwardWalk.Walked walked = walked(named(glob.below().getLast(), notes), notes);
        List<SearchedTree> trees = SearchedTree.of(
                graph.read(ROOTS).stream().map(UpwardWalk.Holder::of).toList());
        Map<GuestTree, PathWalker.Found> above =
                walker.walk(trees.stream().map(SearchedTree::tree).collect(Collectors.toSet()), glob.above(), true);
        PatternPaths paths = new PatternPaths(walked.walk().steps(), glob.below());
        Map<UpwardWalk.Holder, List<FileHit.Place>> places = new LinkedHashMap<>();
        for (SearchedTree tree : trees) {
            PathWalker.Found start = above.get(tree.tree());
            if (start != null && start.entry().kind().equals("dir")) {
                List<DownwardPaths.Found> found = paths.from(start.entry().node());
                if (!found.isEmpty()) {
                    String selector = tree.selector(start.resolved());
                    String path = start.resolved().depth() == 0
                            ? ""
                            : start.resolved().escaped();
                    places.put(
                            tree.holder(),
                            found.stream()
                                    .map(each -> place(selector, path, each))
                                    .toList());
                }
            }
        }
        return new Matches(
                List.copyOf(places.keySet()),
                (holder, limit) -> places.getOrDefault(holder, List.of()).stream()
                        .limit(limit)
                        .toList(),
                walked.complete() && notes.isEmpty(),
                notes);
    }

    private static FileHit.Place place(String selector, String above, DownwardPaths.Found found) {
        return new FileHit.Place(
                selector,
                above + found.path(),
                found.target().kind(),
                found.target().digest(),
                found.target().sizeBytes());
    }

    private List<String> digests(FileTerm.Content content, List<String> notes) {
        if (content.digestPrefix().length() == 64) {
            return List.of(content.digestPrefix());
        }
        List<String> digests =
                graph.read(DIGESTS.with(Map.of("prefix", content.digestPrefix(), "limit", MAX_DIGESTS + 1))).stream()
                        .map(row -> row.text("digest"))
                        .toList();
        if (digests.size() > 1) {
            notes.add((digests.size() > MAX_DIGESTS ? "more than " + MAX_DIGESTS : digests.size())
                    + " contents have a digest that starts with " + content.digestPrefix());
        }
        return digests.subList(0, Math.min(digests.size(), MAX_DIGESTS));
    }

    private List<UpwardWalk.Seed> entries(Statement statement, String parameter, List<String> values) {
        return graph.read(statement.with(Map.of(parameter, values, "limit", MAX_ENTRIES + 1))).stream()
                .map(FileSearch::seed)
                .toList();
    }

    private static UpwardWalk.Seed seed(Row row) {
        List<String> labels = row.texts("labels");
        String kind = EntryFacts.kind(labels, row.findText("kind"));
        return new UpwardWalk.Seed(
                new UpwardWalk.Node(row.text("parent"), row.flag("directory")),
                row.text("name"),
                new UpwardWalk.Target(
                        kind,
                        labels.contains("File") ? row.findText("node") : Optional.empty(),
                        row.findNumber("sizeBytes")));
    }

    private UpwardWalk.Walked walked(List<UpwardWalk.Seed> seeds, List<String> notes) {
        boolean cut = seeds.size() > MAX_ENTRIES;
        UpwardWalk walk = graph.reading(transaction -> {
            UpwardWalk up = new UpwardWalk(transaction);
            up.from(cut ? seeds.subList(0, MAX_ENTRIES) : seeds);
            return up;
        });
        if (cut || !walk.complete()) {
            notes.add("this is in so many directories that not all were followed; images and places may be missing");
        }
        return new UpwardWalk.Walked(walk, !cut && walk.complete());
    }

    private Matches walk(List<UpwardWalk.Seed> seeds, List<String> notes) {
        boolean told = notes.isEmpty();
        UpwardWalk.Walked walked = walked(seeds, notes);
        UpwardWalk walk = walked.walk();
        DownwardPaths down = new DownwardPaths(walk);
        return new Matches(
                walk.holders(),
                (holder, limit) -> down.from(holder.root(), limit).stream()
                        .map(found -> new FileHit.Place(
                                holder.selector(),
                                holder.shown(GuestPath.parse(found.path())),
                                found.target().kind(),
                                found.target().digest(),
                                found.target().sizeBytes()))
                        .toList(),
                walked.complete() && told,
                notes);
    }

    private Matches at(FileTerm.Path path) {
        List<SearchedTree> trees = SearchedTree.of(
                graph.read(ROOTS).stream().map(UpwardWalk.Holder::of).toList());
        Map<GuestTree, PathWalker.Found> found =
                walker.walk(trees.stream().map(SearchedTree::tree).collect(Collectors.toSet()), path.path(), false);
        Map<UpwardWalk.Holder, FileHit.Place> places = new LinkedHashMap<>();
        for (SearchedTree tree : trees) {
            PathWalker.Found end = found.get(tree.tree());
            if (end != null) {
                places.put(
                        tree.holder(),
                        new FileHit.Place(
                                tree.selector(end.resolved()),
                                end.resolved().escaped(),
                                end.entry().kind(),
                                end.entry().digest(),
                                end.entry().sizeBytes()));
            }
        }
        return new Matches(
                List.copyOf(places.keySet()),
                (holder, _) -> Optional.ofNullable(places.get(holder)).stream().toList(),
                true,
                List.of());
    }
}
