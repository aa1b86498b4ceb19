package dev.stemma.queries.search;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.inventory.GuestMount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Walks the Merkle graph from entries up to the images that hold them, a level at a time, each directory once however
 * many images share it: time grows with the number of distinct directories above, not with images × paths. Not
 * thread-safe; used once, within one transaction.
 */
final class UpwardWalk {

    /** What is given up beyond: enough for a file that is in some thousand different images. */
    static final int MAX_EDGES = 200_000;

    private static final int AT_ONCE = 5_000;
    private static final Statement PARENTS = Statement.named(UpwardWalk.class, "search/parents.cypher");
    private static final Statement HOLDERS = Statement.named(UpwardWalk.class, "search/holders.cypher");

    /** A directory or a chunk of one; their ids are digests over different domains and never meet. */
    record Node(String id, boolean directory) {}

    /** A walk that was made, and whether from all that was found and to the end. */
    record Walked(UpwardWalk walk, boolean complete) {}

    /**
     * A step down.
     *
     * @param name empty into a chunk
     * @param child the node below; empty when the step ends at what was looked for
     * @param found what was looked for, when the step ends there
     */
    record Step(Optional<String> name, Optional<Node> child, Optional<Target> found) {}

    /** What an entry that was looked for leads to. */
    record Target(String kind, Optional<String> digest, Optional<Long> sizeBytes) {}

    /** An entry that was looked for, in the node that holds it. */
    record Seed(Node parent, String name, Target target) {}

    /**
     * A root directory in its place in an image.
     *
     * @param mounts where systems on the image have it mounted; the one to show first stands first
     */
    record Holder(
            String root,
            String selector,
            String inventoryId,
            String imageId,
            String imageName,
            List<GuestMount> mounts) {

        Holder {
            mounts = List.copyOf(mounts);
        }

        /** Of a row of a root directory with its place. */
        static Holder of(Row row) {
            return new Holder(
                    row.text("root"),
                    row.number("volumeIndex") + ":" + row.number("number"),
                    row.text("inventoryId"),
                    row.text("imageId"),
                    row.text("imageName"),
                    GuestMount.of(row));
        }

        /** A path of this file system as its system shows it; as it is, where none has it mounted. */
        String shown(GuestPath path) {
            return mounts.isEmpty()
                    ? path.escaped()
                    : mounts.getFirst().path().below(path).escaped();
        }
    }

    private final Graph.Transaction transaction;
    private final Map<Node, List<Step>> steps = new HashMap<>();
    private final List<Holder> holders = new ArrayList<>();
    private int edges;
    private boolean complete = true;

    UpwardWalk(Graph.Transaction transaction) {
        this.transaction = transaction;
    }

    /** Walks up from these entries to the end, or to the bound. */
    void from(Collection<Seed> seeds) {
        Set<Node> level = new HashSet<>();
        for (Seed seed : seeds) {
            if (add(seed.parent(), new Step(Optional.of(seed.name()), Optional.empty(), Optional.of(seed.target())))) {
                level.add(seed.parent());
            }
        }
        while (!level.isEmpty()) {
            level = up(level);
        }
    }

    /** Notes a step; whether its upper end is met for the first time. */
    private boolean add(Node upper, Step step) {
        edges++;
        List<Step> down = steps.get(upper);
        if (down == null) {
            steps.put(upper, new ArrayList<>(List.of(step)));
            return true;
        }
        down.add(step);
        return false;
    }

    private Set<Node> up(Set<Node> level) {
        List<String> directories = ids(level, true);
        for (int from = 0; from < directories.size(); from += AT_ONCE) {
            List<String> some = directories.subList(from, Math.min(directories.size(), from + AT_ONCE));
            transaction.run(HOLDERS.with(Map.of("directories", some))).forEach(row -> holders.add(Holder.of(row)));
        }
        Set<Node> next = new HashSet<>();
        List<Node> nodes = List.copyOf(level);
        for (int from = 0; from < nodes.size() && complete; from += AT_ONCE) {
            List<Node> some = nodes.subList(from, Math.min(nodes.size(), from + AT_ONCE));
            int left = MAX_EDGES - edges;
            List<Row> rows = transaction.run(PARENTS.with(
                    Map.of("directories", ids(some, true), "chunks", ids(some, false), "limit", Math.max(1, left))));
            complete = rows.size() < left;
            for (Row row : rows) {
                Optional<String> name = row.findText("name");
                Node below = new Node(row.text("id"), name.isPresent());
                Node above = new Node(row.text("parent"), row.flag("directory"));
                if (add(above, new Step(name, Optional.of(below), Optional.empty()))) {
                    next.add(above);
                }
            }
        }
        return next;
    }

    private static List<String> ids(Collection<Node> nodes, boolean directories) {
        return nodes.stream()
                .filter(node -> node.directory() == directories)
                .map(Node::id)
                .toList();
    }

    /** The images that hold an entry that was looked for, one for each file system that does. */
    List<Holder> holders() {
        return holders;
    }

    /** False when the bound was met, so that images and places may be missing. */
    boolean complete() {
        return complete;
    }

    /** The steps down from each node that lies above something that was looked for. */
    Map<Node, List<Step>> steps() {
        return steps;
    }
}
