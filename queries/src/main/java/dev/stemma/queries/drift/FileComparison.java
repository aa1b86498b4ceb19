package dev.stemma.queries.drift;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.ConfigurationPlaces;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.tree.Difference;
import dev.stemma.graph.tree.TreeDiff;
import dev.stemma.graph.tree.TreeSource;
import dev.stemma.queries.inventory.EntryFacts;
import dev.stemma.queries.inventory.GuestVolumes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds which files of two inventories differ. Not thread-safe; used once. */
final class FileComparison {

    /** What is counted and sorted at most; two images that have nothing in common reach it. */
    static final int MAX_CHANGES = 200_000;

    private final TreeSource source;
    private final boolean configurationAlone;
    private final List<Found> changes = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private boolean complete = true;

    /**
     * A change as the walk found it, without owners.
     *
     * @param mounted whether a system has the path, so that packages may own it
     */
    record Found(FileChange change, boolean mounted) {}

    /** Ends a comparison at the bound; carries no stack trace, since it is no failure. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Enough() {
            super("enough", null, false, false);
        }
    }

    /** @param configurationAlone whether to look at the places of configuration alone */
    FileComparison(TreeSource source, boolean configurationAlone) {
        this.source = source;
        this.configurationAlone = configurationAlone;
    }

    /** All changes up to the bound, by file system and path. */
    List<Found> compare(GuestVolumes before, GuestVolumes after) {
        try {
            for (FileSystemPair pair : FileSystemPair.of(before, after)) {
                compare(pair);
            }
        } catch (Enough e) {
            complete = false;
            notes.add("more than " + MAX_CHANGES + " paths differ; the rest was not counted");
        }
        changes.sort(Comparator.<Found, String>comparing(found -> found.change().fileSystem())
                .thenComparing(found -> found.change().path()));
        return changes;
    }

    /** What to know about the answer. */
    List<String> notes() {
        return notes;
    }

    /** False when the bound was met. */
    boolean complete() {
        return complete;
    }

    private void compare(FileSystemPair pair) {
        if (pair.before().isEmpty() || pair.after().isEmpty()) {
            notes.add("file system " + pair.title() + " is on the "
                    + (pair.before().isEmpty() ? "newer" : "older") + " side alone; all its paths count as "
                    + (pair.before().isEmpty() ? "added" : "removed"));
        }
        rootAttributes(pair);
        TreeDiff.between(
                source,
                pair.beforeRoot().map(root -> Digest.parse(root.node())),
                pair.afterRoot().map(root -> Digest.parse(root.node())),
                difference -> add(pair, pair.shown(difference.path()), change(pair, difference)));
    }

    private void add(FileSystemPair pair, String path, FileChange change) {
        if (configurationAlone && !(pair.point().isPresent() && ConfigurationPlaces.hold(path))) {
            return;
        }
        if (changes.size() == MAX_CHANGES) {
            throw new Enough();
        }
        changes.add(new Found(change, pair.point().isPresent()));
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
                                List.of(),
                                Optional.empty()));
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
                List.of(),
                Optional.empty());
    }
}
