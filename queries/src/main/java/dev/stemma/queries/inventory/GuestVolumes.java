package dev.stemma.queries.inventory;

import dev.stemma.graph.model.FileSystem;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Partition;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.problem.QueryProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The volumes of an inventory, and what a path without a selector means: in the first system on the image with its file systems mounted, or,
 * where none was found, in the file system that looks most like a root file system.
 *
 * @param volumes in the order of their index
 * @param roots the root directories that were read, as entries without a name, by selector
 * @param chosen selector of the root file system, or of the one that looks most like it; empty when no file system was read
 * @param mounts selectors of the file systems of the first system on the image by mount point, its root among them; empty where no system is recorded
 */
public record GuestVolumes(
        List<VolumeFacts> volumes,
        Map<String, EntryFacts> roots,
        Optional<String> chosen,
        Map<GuestPath, String> mounts) {

    private static final Statement VOLUMES = Statement.named(GuestVolumes.class, "inventory/volumes.cypher");
    private static final Statement STEPS = Statement.named(GuestVolumes.class, "inventory/steps.cypher");

    /** What the Filesystem Hierarchy Standard puts at the top; the more of it, the more a root file system it is. */
    private static final List<String> TOP = List.of("etc", "usr", "var", "bin", "sbin", "lib", "root");

    public GuestVolumes {
        volumes = List.copyOf(volumes);
        roots = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(roots));
        mounts = Map.copyOf(mounts);
    }

    /** Reads the volumes of an inventory. */
    public static GuestVolumes of(Graph graph, String inventoryId) {
        return graph.reading(transaction -> of(transaction, inventoryId));
    }

    /** The same within a transaction. */
    public static GuestVolumes of(Graph.Transaction transaction, String inventoryId) {
        List<Row> rows = transaction.run(VOLUMES.with(Map.of("inventoryId", inventoryId)));
        Map<String, EntryFacts> roots = new LinkedHashMap<>();
        Map<String, Long> sizes = new HashMap<>();
        for (Row row : rows) {
            if (row.findText("root").isPresent()) {
                roots.putIfAbsent(selector(row), EntryRows.root(row));
                sizes.putIfAbsent(
                        selector(row), row.findNumber("fileSystemBytes").orElse(0L));
            }
        }
        Map<GuestPath, String> mounts = mounts(rows, roots);
        Optional<String> chosen =
                mounts.isEmpty() ? choose(transaction, roots, sizes) : Optional.ofNullable(mounts.get(GuestPath.ROOT));
        Map<Integer, List<Row>> byVolume = new LinkedHashMap<>();
        for (Row row : rows) {
            byVolume.computeIfAbsent((int) row.number("volumeIndex"), _ -> new ArrayList<>())
                    .add(row);
        }
        List<VolumeFacts> volumes = new ArrayList<>();
        byVolume.forEach((index, parts) -> volumes.add(new VolumeFacts(
                index,
                parts.getFirst().number("virtualBytes"),
                parts.getFirst().findText("table").orElse("none"),
                parts.stream()
                        .filter(row -> row.find("number").isPresent())
                        .map(row -> part(row, chosen))
                        .toList())));
        return new GuestVolumes(volumes, roots, chosen, mounts);
    }

    /** Of the first system whose root file system was read. */
    private static Map<GuestPath, String> mounts(List<Row> rows, Map<String, EntryFacts> roots) {
        TreeMap<Integer, Map<GuestPath, String>> guests = new TreeMap<>();
        for (Row row : rows) {
            if (roots.containsKey(selector(row))) {
                for (GuestMount mount : GuestMount.of(row)) {
                    guests.computeIfAbsent(mount.guest(), _ -> new HashMap<>())
                            .putIfAbsent(mount.path(), selector(row));
                }
            }
        }
        return guests.values().stream()
                .filter(guest -> guest.containsKey(GuestPath.ROOT))
                .findFirst()
                .orElse(Map.of());
    }

    private static Optional<String> choose(
            Graph.Transaction transaction, Map<String, EntryFacts> roots, Map<String, Long> sizes) {
        if (roots.size() < 2) {
            return roots.keySet().stream().findFirst();
        }
        List<Map<String, Object>> steps = new ArrayList<>();
        for (EntryFacts root : roots.values()) {
            TOP.forEach(name -> steps.add(Map.of("directory", root.node(), "name", name)));
        }
        Map<String, Integer> found = new HashMap<>();
        for (Row row : transaction.run(STEPS.with(Map.of("steps", steps)))) {
            found.merge(row.text("directory"), 1, Integer::sum);
        }
        return roots.entrySet().stream()
                .max(Comparator.<Map.Entry<String, EntryFacts>>comparingInt(
                                root -> found.getOrDefault(root.getValue().node(), 0))
                        .thenComparingLong(root -> sizes.getOrDefault(root.getKey(), 0L)))
                .map(Map.Entry::getKey);
    }

    private static String selector(Row row) {
        return row.number("volumeIndex") + ":" + row.number("number");
    }

    private static VolumeFacts.Part part(Row row, Optional<String> chosen) {
        Partition partition = new Partition(
                (int) row.number("number"),
                row.findNumber("offsetBytes").orElse(0L),
                row.findNumber("sizeBytes").orElse(0L),
                row.findText("type"),
                row.findText("name"),
                row.findText("uuid"),
                row.flag("bootable"));
        return new VolumeFacts.Part(partition, row.findText("fileSystemId").map(id -> held(row, id, chosen)));
    }

    private static VolumeFacts.Held held(Row row, String id, Optional<String> chosen) {
        FileSystem facts = new FileSystem(
                row.findText("fileSystemType").orElse("unknown"),
                row.findText("fileSystemUuid"),
                row.findText("label"),
                row.findInstant("createdAt"),
                row.findNumber("fileSystemBytes").orElse(0L),
                row.findNumber("usedBytes"),
                row.findText("reader").orElse(""));
        String selector = selector(row);
        return new VolumeFacts.Held(
                selector,
                id,
                facts,
                row.findText("root"),
                chosen.filter(selector::equals).isPresent(),
                GuestMount.of(row).stream()
                        .map(mount -> mount.path().escaped())
                        .distinct()
                        .toList());
    }

    /** The file systems whose files were read, in the order of the volumes. */
    public List<VolumeFacts.Held> readable() {
        return volumes.stream()
                .flatMap(volume -> volume.parts().stream())
                .flatMap(part -> part.held().stream())
                .filter(held -> held.root().isPresent())
                .toList();
    }

    /**
     * The files that paths are looked up in.
     *
     * @param asked selector of one file system by itself; empty for the system with all that it mounts
     * @throws QueryProblem {@code NOT_FOUND} when there is none such, {@code NO_FILES} when none was read
     */
    public GuestTree tree(Optional<String> asked) {
        String selector = require(asked);
        String root = Objects.requireNonNull(roots.get(selector)).node();
        if (asked.isPresent()) {
            return GuestTree.of(root);
        }
        Map<GuestPath, String> mounted = new HashMap<>();
        mounts.forEach((path, held) -> {
            EntryFacts entry = roots.get(held);
            if (path.depth() > 0 && entry != null) {
                mounted.put(path, entry.node());
            }
        });
        return new GuestTree(root, mounted);
    }

    /** Where the first system on the image has a file system mounted; the shallowest of several places. */
    public Optional<GuestPath> mountPoint(String selector) {
        return mounts.entrySet().stream()
                .filter(mount -> mount.getValue().equals(selector))
                .map(Map.Entry::getKey)
                .min(Comparator.comparingInt(GuestPath::depth).thenComparing(path -> path))
                .or(() ->
                        mounts.isEmpty() ? chosen.filter(selector::equals).map(_ -> GuestPath.ROOT) : Optional.empty());
    }

    /**
     * The file system that a path is looked up in first.
     *
     * @param asked selector; empty for the chosen one
     * @throws QueryProblem {@code NOT_FOUND} when there is none such, {@code NO_FILES} when none was read
     */
    public String require(Optional<String> asked) {
        if (asked.isEmpty()) {
            return chosen.orElseThrow(() -> new QueryProblem(
                    QueryProblem.Code.NO_FILES,
                    "no file system of this image was read to its files; index it with --level full"));
        }
        String selector = asked.get();
        if (!roots.containsKey(selector)) {
            throw new QueryProblem(
                    QueryProblem.Code.NOT_FOUND,
                    "no file system " + selector + " whose files are known; there are " + roots.keySet());
        }
        return selector;
    }
}
