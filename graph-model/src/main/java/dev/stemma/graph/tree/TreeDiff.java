package dev.stemma.graph.tree;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.GuestPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The difference of two trees, level by level: what has one id on both sides is equal and never fetched, so the cost
 * follows the change, and the round trips follow the depth. Not thread-safe; used once.
 */
public final class TreeDiff {

    private static final Comparator<TreeEntry> BY_NAME = Comparator.comparing(TreeEntry::name);

    private final TreeSource source;
    private final Consumer<Difference> each;
    private List<Pair> pairs = new ArrayList<>();

    /** A directory on both sides, or on one. */
    private static final class Pair {
        final GuestPath path;
        final Side before;
        final Side after;

        Pair(GuestPath path, @Nullable Digest before, @Nullable Digest after) {
            this.path = path;
            this.before = new Side(before);
            this.after = new Side(after);
        }

        boolean pending() {
            return !before.pending.isEmpty() || !after.pending.isEmpty();
        }

        /** A chunk on both sides holds the same entries. */
        void skipEqual() {
            Set<Digest> common = new HashSet<>(before.pending);
            common.retainAll(after.pending);
            before.pending.removeAll(common);
            after.pending.removeAll(common);
        }
    }

    /** One side of a directory: nodes still to fetch, entries already there. */
    private static final class Side {
        final Set<Digest> pending = new LinkedHashSet<>();
        final List<TreeEntry> entries = new ArrayList<>();

        Side(@Nullable Digest root) {
            if (root != null) {
                pending.add(root);
            }
        }

        /** Replaces what was fetched by what it holds. */
        void expand(Map<Digest, TreeNode> fetched) {
            List<Digest> found = new ArrayList<>();
            for (Iterator<Digest> ids = pending.iterator(); ids.hasNext(); ) {
                TreeNode node = fetched.get(ids.next());
                if (node != null) {
                    ids.remove();
                    switch (node.content()) {
                        case TreeNode.Content.Entries held -> entries.addAll(held.entries());
                        case TreeNode.Content.Chunks held -> found.addAll(held.ids());
                    }
                }
            }
            pending.addAll(found);
        }

        /** By name, once all are there: what one node holds is in order, and so is sorted almost for nothing. */
        List<TreeEntry> sorted() {
            entries.sort(BY_NAME);
            return entries;
        }
    }

    private TreeDiff(TreeSource source, Consumer<Difference> each) {
        this.source = source;
        this.each = each;
    }

    /**
     * Compares two trees.
     *
     * @param before root directory of the first; empty for nothing
     * @param after root directory of the second; empty for nothing
     * @param each takes each difference, upper levels first, within a directory by name. A directory that was added or
     *     removed is followed by all that it holds; one whose own attributes are equal is not reported itself
     */
    public static void between(
            TreeSource source, Optional<Digest> before, Optional<Digest> after, Consumer<Difference> each) {
        if (before.equals(after)) {
            return;
        }
        TreeDiff diff = new TreeDiff(source, each);
        diff.pairs.add(new Pair(GuestPath.ROOT, before.orElse(null), after.orElse(null)));
        while (!diff.pairs.isEmpty()) {
            diff.level();
        }
    }

    /** One step down: fetches what is pending, compares the directories that are whole, keeps the others. */
    private void level() {
        fetch();
        List<Pair> next = new ArrayList<>();
        for (Pair pair : pairs) {
            pair.skipEqual();
            if (pair.pending()) {
                next.add(pair);
            } else {
                compare(pair, next);
            }
        }
        pairs = next;
    }

    private void fetch() {
        List<Pair> waiting = new ArrayList<>();
        Set<Digest> ids = new HashSet<>();
        for (Pair pair : pairs) {
            ids.addAll(pair.before.pending);
            ids.addAll(pair.after.pending);
            waiting.add(pair);
            if (ids.size() >= TreeSource.MAX_IDS / 2) {
                expand(waiting, ids);
            }
        }
        expand(waiting, ids);
    }

    private void expand(List<Pair> waiting, Set<Digest> ids) {
        Map<Digest, TreeNode> fetched = new HashMap<>();
        List<Digest> wanted = List.copyOf(ids);
        for (int from = 0; from < wanted.size(); from += TreeSource.MAX_IDS) {
            Set<Digest> some = Set.copyOf(wanted.subList(from, Math.min(wanted.size(), from + TreeSource.MAX_IDS)));
            Map<Digest, TreeNode> answer = source.fetch(some);
            if (!answer.keySet().containsAll(some)) {
                Set<Digest> missing = new HashSet<>(some);
                missing.removeAll(answer.keySet());
                throw new IllegalStateException(
                        "the tree is not whole; missing " + missing.iterator().next());
            }
            fetched.putAll(answer);
        }
        for (Pair pair : waiting) {
            pair.before.expand(fetched);
            pair.after.expand(fetched);
        }
        waiting.clear();
        ids.clear();
    }

    private void compare(Pair pair, List<Pair> next) {
        List<TreeEntry> older = pair.before.sorted();
        List<TreeEntry> newer = pair.after.sorted();
        int left = 0;
        int right = 0;
        while (left < older.size() || right < newer.size()) {
            TreeEntry before = left < older.size() ? older.get(left) : null;
            TreeEntry after = right < newer.size() ? newer.get(right) : null;
            int order = before == null ? 1 : after == null ? -1 : BY_NAME.compare(before, after);
            left += order <= 0 ? 1 : 0;
            right += order >= 0 ? 1 : 0;
            compare(pair, order <= 0 ? before : null, order >= 0 ? after : null, next);
        }
    }

    /** One name on both sides, or on one. */
    private void compare(Pair pair, @Nullable TreeEntry before, @Nullable TreeEntry after, List<Pair> next) {
        TreeEntry either = before != null ? before : after;
        if (either == null || (before != null && before.equals(after))) {
            return;
        }
        GuestPath path = pair.path.child(either.name());
        if (before == null
                || after == null
                || !Difference.aspects(before, after).isEmpty()) {
            each.accept(new Difference(path, Optional.ofNullable(before), Optional.ofNullable(after)));
        }
        Digest left = directory(before);
        Digest right = directory(after);
        if ((left != null || right != null) && !(left != null && left.equals(right))) {
            next.add(new Pair(path, left, right));
        }
    }

    private static @Nullable Digest directory(@Nullable TreeEntry entry) {
        return entry != null && entry.child() instanceof Child.Directory held ? held.id() : null;
    }
}
