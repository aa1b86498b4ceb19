package dev.stemma.queries.drift;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.ConfigurationPlaces;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.graph.tree.Difference;
import dev.stemma.graph.tree.TreeDiff;
import dev.stemma.queries.inventory.EntryFacts;
import dev.stemma.queries.inventory.GuestVolumes;
import dev.stemma.queries.page.Cursor;
import dev.stemma.queries.page.Page;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares the files of two inventories. Not thread-safe; used once. */
final class FileComparison {

    /** What is counted and sorted at most; two images that have nothing in common reach it. */
    static final int MAX_CHANGES = 200_000;

    private static final int MAX_OWNERS = 20;
    private static final int PATHS_AT_ONCE = 5_000;
    private static final Statement OWNERS = Statement.named(FileComparison.class, "drift/owners.cypher");

    private final Graph.Transaction transaction;
    private final TreeNodeCache cache;
    private final Optional<PackageComparison> packages;
    private final DriftOptions options;
    private final List<Changed> changes = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** A change before it is made ready to be shown. */
    private record Changed(FileSystemPair pair, String path, FileChange change) {}

    /** Ends a comparison at the bound; carries no stack trace, since it is no failure. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Enough() {
            super("enough", null, false, false);
        }
    }

    FileComparison(
            Graph.Transaction transaction,
            TreeNodeCache cache,
            Optional<PackageComparison> packages,
            DriftOptions options) {
        this.transaction = transaction;
        this.cache = cache;
        this.packages = packages;
        this.options = options;
    }

    FileDrift compare(GuestVolumes before, GuestVolumes after) {
        boolean complete = true;
        try {
            for (FileSystemPair pair : FileSystemPair.of(before, after)) {
                compare(pair);
            }
        } catch (Enough e) {
            complete = false;
            notes.add("more than " + MAX_CHANGES + " paths differ; the rest was not counted");
        }
        changes.sort(
                Comparator.<Changed, String>comparing(changed -> changed.pair().selector())
                        .thenComparing(Changed::path));
        Map<String, List<String>> owners = options.owners() ? owners() : Map.of();
        return new FileDrift(
                page(owners),
                count(FileChange.Kind.ADDED),
                count(FileChange.Kind.REMOVED),
                count(FileChange.Kind.CHANGED),
                options.owners() ? byOwner(owners) : List.of(),
                complete);
    }

    /** What to know about the answer. */
    List<String> notes() {
        return notes;
    }

    private void compare(FileSystemPair pair) {
        if (pair.before().isEmpty() || pair.after().isEmpty()) {
            notes.add("file system " + pair.title() + " is on the "
                    + (pair.before().isEmpty() ? "newer" : "older") + " side alone; all its paths count as "
                    + (pair.before().isEmpty() ? "added" : "removed"));
        }
        rootAttributes(pair);
        TreeDiff.between(
                new GraphTreeSource(transaction, cache),
                pair.beforeRoot().map(root -> Digest.parse(root.node())),
                pair.afterRoot().map(root -> Digest.parse(root.node())),
                difference -> add(pair, pair.shown(difference.path()), change(pair, difference)));
    }

    private void add(FileSystemPair pair, String path, FileChange change) {
        if (options.configuration() && !(pair.point().isPresent() && ConfigurationPlaces.hold(path))) {
            return;
        }
        if (changes.size() == MAX_CHANGES) {
            throw new Enough();
        }
        changes.add(new Changed(pair, path, change));
    }

    private void rootAttributes(FileSystemPair pair) {
        if (pair.beforeRoot().isPresent() && pair.afterRoot().isPresent()) {
            EntryFacts a = pair.beforeRoot().get();
            EntryFacts b = pair.afterRoot().get();
            Set<FileChange.Aspect> aspects = EnumSet.noneOf(FileChange.Aspect.class);
            if (a.mode() != b.mode()) {
                aspects.add(FileChange.Aspect.MODE);
            }
            if (a.uid() != b.uid() || a.gid() != b.gid()) {
                aspects.add(FileChange.Aspect.OWNER);
            }
            if (!a.xattrs().equals(b.xattrs())) {
                aspects.add(FileChange.Aspect.XATTRS);
            }
            if (!aspects.isEmpty()) {
                String path = pair.shown(GuestPath.ROOT);
                add(
                        pair,
                        path,
                        new FileChange(
                                FileChange.Kind.CHANGED,
                                pair.selector(),
                                path,
                                pair.beforeRoot(),
                                pair.afterRoot(),
                                aspects,
                                List.of()));
            }
        }
    }

    private static FileChange change(FileSystemPair pair, Difference difference) {
        Set<FileChange.Aspect> aspects = EnumSet.noneOf(FileChange.Aspect.class);
        for (Difference.Aspect aspect : difference.aspects()) {
            aspects.add(
                    switch (aspect) {
                        case KIND -> FileChange.Aspect.KIND;
                        case CONTENT ->
                            TreeEntries.contentOf(
                                    difference.after().orElseThrow().child());
                        case MODE -> FileChange.Aspect.MODE;
                        case OWNER -> FileChange.Aspect.OWNER;
                        case XATTRS -> FileChange.Aspect.XATTRS;
                    });
        }
        FileChange.Kind kind =
                switch (difference.change()) {
                    case ADDED -> FileChange.Kind.ADDED;
                    case REMOVED -> FileChange.Kind.REMOVED;
                    case CHANGED -> FileChange.Kind.CHANGED;
                };
        return new FileChange(
                kind,
                pair.selector(),
                pair.shown(difference.path()),
                difference.before().map(TreeEntries::facts),
                difference.after().map(TreeEntries::facts),
                aspects,
                List.of());
    }

    private long count(FileChange.Kind kind) {
        return changes.stream()
                .filter(changed -> changed.change().kind() == kind)
                .count();
    }

    /** The package versions of the right side that brought each changed path of what the system mounts. */
    private Map<String, List<String>> owners() {
        Set<String> paths = new LinkedHashSet<>();
        for (Changed changed : changes) {
            if (changed.pair().point().isPresent()) {
                paths.add(changed.path());
            }
        }
        Map<String, List<String>> found = new HashMap<>();
        List<String> all = List.copyOf(paths);
        for (int from = 0; from < all.size(); from += PATHS_AT_ONCE) {
            List<String> some = all.subList(from, Math.min(all.size(), from + PATHS_AT_ONCE));
            for (Row row : transaction.run(OWNERS.with(Map.of("paths", some)))) {
                found.computeIfAbsent(row.text("path"), _ -> new ArrayList<>()).add(row.text("purl"));
            }
        }
        return found;
    }

    private List<String> owners(Changed changed, Map<String, List<String>> owners) {
        if (changed.pair().point().isEmpty()) {
            return List.of();
        }
        boolean newer = changed.change().kind() != FileChange.Kind.REMOVED;
        return owners.getOrDefault(changed.path(), List.of()).stream()
                .filter(purl ->
                        packages.filter(side -> side.installed(purl, newer)).isPresent())
                .sorted()
                .limit(MAX_OWNERS)
                .toList();
    }

    private List<FileDrift.OwnerCount> byOwner(Map<String, List<String>> owners) {
        Map<String, long[]> counts = new HashMap<>();
        for (Changed changed : changes) {
            List<String> purls = owners(changed, owners);
            for (String purl : purls.isEmpty() ? List.of("") : purls) {
                counts.computeIfAbsent(purl, _ -> new long[3])[
                        changed.change().kind().ordinal()]++;
            }
        }
        return counts.entrySet().stream()
                .map(entry -> new FileDrift.OwnerCount(
                        entry.getKey(), entry.getValue()[0], entry.getValue()[1], entry.getValue()[2]))
                .sorted(Comparator.<FileDrift.OwnerCount>comparingLong(
                                count -> -(count.added() + count.removed() + count.changed()))
                        .thenComparing(FileDrift.OwnerCount::purl))
                .toList();
    }

    private Page<FileChange> page(Map<String, List<String>> owners) {
        Optional<List<String>> after = options.page().after().map(cursor -> cursor.require(2));
        List<Changed> rest = changes.stream()
                .filter(changed -> after.map(key -> isAfter(changed, key)).orElse(true))
                .limit(options.page().limit() + 1L)
                .toList();
        List<FileChange> items = rest.stream()
                .limit(options.page().limit())
                .map(changed -> owned(changed.change(), owners(changed, owners)))
                .toList();
        Optional<String> next = rest.size() > items.size()
                ? Optional.of(
                        Cursor.of(items.getLast().fileSystem(), items.getLast().path())
                                .text())
                : Optional.empty();
        return new Page<>(items, next, changes.size());
    }

    private static boolean isAfter(Changed changed, List<String> key) {
        int order = changed.pair().selector().compareTo(key.getFirst());
        return order > 0 || (order == 0 && changed.path().compareTo(key.getLast()) > 0);
    }

    private static FileChange owned(FileChange change, List<String> owners) {
        return new FileChange(
                change.kind(),
                change.fileSystem(),
                change.path(),
                change.from(),
                change.to(),
                change.aspects(),
                owners);
    }
}
