package dev.stemma.queries.search;

import dev.stemma.graph.model.GuestName;
import dev.stemma.queries.inventory.PathWalker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the images in which a path leads to one of some directories, from these upwards, so that the cost follows the hits. Where a
 * part of the path is a link in some images, the path is written anew for these and asked again. What does not fit this, since
 * another file system is mounted on the way, or a link goes up again from where it led, is told: there one has to walk. Used once.
 */
final class LinkedPaths {

    /** Different paths that one is written to; images with others are walked. */
    private static final int MAX_PATHS = 64;

    private static final int MAX_NAMES = 256;

    private final NodeTerms terms;
    private final Climb climb;
    private final FixedBitSet ends;
    private final FixedBitSet images;
    private final FixedBitSet walked;
    private final Map<Way, FixedBitSet> waiting = new LinkedHashMap<>();
    private int paths;

    /** @param ends documents of directories that the path is to lead to */
    LinkedPaths(NodeTerms terms, FixedBitSet ends) throws IOException {
        this.terms = terms;
        this.climb = new Climb(terms, false);
        this.ends = ends;
        this.images = terms.none();
        this.walked = terms.none();
    }

    /** A path from the root, and how many links were followed to it. */
    private record Way(List<String> names, int links) {
        Way {
            names = List.copyOf(names);
        }
    }

    /**
     * Documents of images.
     *
     * @param holding in which the path leads there
     * @param unsure of which one has to walk the trees to tell
     */
    record Found(FixedBitSet holding, FixedBitSet unsure) {}

    /** The images in which this path, links followed, leads to one of the ends. */
    Found find(List<String> names) throws IOException {
        ask(new Way(names, 0), null);
        while (!waiting.isEmpty()) {
            Way way = waiting.keySet().iterator().next();
            ask(way, waiting.remove(way));
        }
        images.andNot(walked);
        return new Found(images, walked);
    }

    /** @param roots directories that it is asked of; all when missing */
    private void ask(Way way, @Nullable FixedBitSet roots) throws IOException {
        mounted(way, roots);
        add(up(ends, way.names(), roots), images);
        if (way.links() < PathWalker.MAX_LINKS) {
            for (int at = 0; at < way.names().size(); at++) {
                links(way, at, roots);
            }
        }
    }

    /** Another file system on the way. */
    private void mounted(Way way, @Nullable FixedBitSet roots) throws IOException {
        FixedBitSet on = terms.none();
        StringBuilder path = new StringBuilder();
        for (String name : way.names()) {
            path.append('/').append(name);
            terms.add(IndexFields.MOUNT, new BytesRef(path), on);
        }
        terms.add(IndexFields.MOUNT, new BytesRef("*"), on);
        if (roots != null && on.cardinality() > 0) {
            FixedBitSet some = terms.none();
            add(roots, some);
            on.and(some);
        }
        walked.or(on);
    }

    /** The roots from which some names lead to one of some directories. */
    private FixedBitSet up(FixedBitSet directories, List<String> names, @Nullable FixedBitSet roots)
            throws IOException {
        FixedBitSet at = directories;
        for (int i = names.size() - 1; i >= 0 && at.cardinality() > 0; i--) {
            at = climb.up(at, names.get(i));
        }
        if (roots != null) {
            at = at.clone();
            at.and(roots);
        }
        return at;
    }

    private void add(FixedBitSet roots, FixedBitSet into) throws IOException {
        terms.join(IndexFields.TREE, new BytesRef(), terms.nodes(roots), (_, image) -> into.set(image));
    }

    /** Those of some roots that a tree starts from. */
    private FixedBitSet trees(FixedBitSet roots) throws IOException {
        FixedBitSet some = terms.none();
        terms.join(IndexFields.TREE, new BytesRef(), terms.nodes(roots), (node, _) -> some.set(node.doc()));
        return some;
    }

    /** Where one of the names is a link. */
    private void links(Way way, int at, @Nullable FixedBitSet roots) throws IOException {
        String name = way.names().get(at);
        List<String> before = way.names().subList(0, at);
        FixedBitSet all = terms.none();
        Set<BytesRef> targets = new HashSet<>();
        terms.below(IndexFields.ENTRY, NodeDocument.prefix(name, NodeDocument.LINK), (target, doc) -> {
            if (targets.size() <= MAX_PATHS) {
                targets.add(BytesRef.deepCopyOf(target));
            }
            all.set(doc);
            return true;
        });
        FixedBitSet unknown = terms.none();
        terms.add(IndexFields.ENTRY, NodeDocument.prefix(name, NodeDocument.LONG_LINK), unknown);
        if (unknown.cardinality() > 0) {
            add(up(climb.whole(unknown), before, roots), walked);
        }
        FixedBitSet linked = all.cardinality() == 0 ? all : trees(up(climb.whole(all), before, roots));
        if (linked.cardinality() == 0) {
            return;
        }
        if (targets.size() > MAX_PATHS) {
            add(linked, walked);
            return;
        }
        for (BytesRef target : targets) {
            FixedBitSet holders = terms.none();
            terms.add(
                    IndexFields.ENTRY,
                    NodeDocument.join(NodeDocument.prefix(name, NodeDocument.LINK), target),
                    holders);
            FixedBitSet from = up(climb.whole(holders), before, linked);
            if (from.cardinality() > 0) {
                follow(way, at, target.utf8ToString(), from);
            }
        }
    }

    private void follow(Way way, int at, String target, FixedBitSet from) throws IOException {
        Optional<List<String>> names = rewritten(way.names(), at, target);
        if (names.isEmpty() || ++paths > MAX_PATHS) {
            add(from, walked);
        } else {
            waiting.computeIfAbsent(new Way(names.get(), way.links() + 1), _ -> terms.none())
                    .or(from);
        }
    }

    /**
     * A path in which the name at an index is a link. Nothing when the target goes up from somewhere that is not known to be a
     * directory, or the path becomes too long.
     */
    static Optional<List<String>> rewritten(List<String> names, int at, String target) {
        List<String> path = new ArrayList<>(target.startsWith("/") ? List.of() : names.subList(0, at));
        boolean entered = false;
        for (GuestName name : PathWalker.names(target)) {
            if (!name.is("..")) {
                path.add(name.escaped());
                entered = true;
            } else if (entered) {
                return Optional.empty();
            } else if (!path.isEmpty()) {
                path.removeLast();
            }
        }
        path.addAll(names.subList(at + 1, names.size()));
        return path.size() > MAX_NAMES ? Optional.empty() : Optional.of(path);
    }
}
