package dev.stemma.queries.inventory;

import dev.stemma.graph.model.ContentSummary;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.OperatingSystem;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.lineage.FamilyTree;
import dev.stemma.queries.lineage.Relative;
import dev.stemma.queries.moment.AsOf;
import dev.stemma.queries.moment.DatedStatement;
import dev.stemma.queries.page.Cursor;
import dev.stemma.queries.page.Page;
import dev.stemma.queries.page.PageRequest;
import dev.stemma.queries.problem.QueryProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What one image holds. Safe for use by several threads; keeps nothing. Images are named by id here; {@link References}
 * turns what people type into one.
 */
public final class InventoryView {

    private static final int MAX_INVENTORIES = 10_000;
    private static final DatedStatement IMAGE = dated("image");
    private static final DatedStatement INVENTORIES = dated("inventories");
    private static final Statement SYSTEMS = named("systems");
    private static final Statement OBSERVATIONS = named("observations");
    private static final Statement OBSERVATION_COUNT = named("observation-count");
    private static final DatedStatement KIN = dated("kin");
    private static final Statement PACKAGES = named("packages");
    private static final Statement ENTRIES = named("entries");
    private static final Statement ENTRY_COUNT = named("entry-count");
    private static final Statement OWNERS = named("owners");
    private static final Statement SUMMARY = named("summary");

    private final Graph graph;
    private final PathWalker walker;

    public InventoryView(Graph graph) {
        this.graph = graph;
        this.walker = new PathWalker(graph);
    }

    private static Statement named(String name) {
        return Statement.named(InventoryView.class, "inventory/" + name + ".cypher");
    }

    private static DatedStatement dated(String name) {
        return DatedStatement.named(InventoryView.class, "inventory/" + name);
    }

    /**
     * All that is known of an image, in brief.
     *
     * @throws QueryProblem {@code NOT_FOUND}
     */
    public ImageView show(String imageId) {
        return show(imageId, Optional.empty());
    }

    /**
     * The same as of a moment: its state, place, relatives and inventory then. What an inventory holds never changes; roles are
     * told from it by the rules of today.
     *
     * @param at empty for now
     * @throws QueryProblem {@code NOT_FOUND} also when the image came later
     */
    public ImageView show(String imageId, Optional<AsOf> at) {
        return graph.reading(transaction -> {
            ImageFacts image = image(transaction, imageId, at);
            List<Row> kin =
                    transaction.run(KIN.with(Map.of("imageId", imageId, "limit", ImageView.MAX_DERIVATIONS), at));
            List<ImageView.Kin> parents = kin.stream()
                    .filter(row -> row.flag("up"))
                    .map(ImageRows::kin)
                    .toList();
            List<ImageView.Kin> children = kin.stream()
                    .filter(row -> !row.flag("up"))
                    .map(ImageRows::kin)
                    .toList();
            Relative relative = FamilyTree.relative(transaction, imageId, at);
            Optional<InventoryFacts> inventory = current(transaction, imageId, at);
            Held held = inventory.map(found -> Held.of(transaction, found.id())).orElse(Held.NOTHING);
            return new ImageView(
                    image,
                    inventory,
                    held.systems(),
                    held.volumes(),
                    held.observations(),
                    held.observationCount(),
                    parents,
                    children,
                    relative.place(),
                    relative.machines(),
                    relative.warnings(),
                    at.map(AsOf::instant),
                    held.machine());
        });
    }

    /** The operating systems that an inventory runs, read in a transaction of the caller's; one as a rule. */
    public static List<OperatingSystem> systems(Graph.Transaction transaction, String inventoryId) {
        return transaction.run(SYSTEMS.with(Map.of("inventoryId", inventoryId))).stream()
                .map(ImageRows::system)
                .toList();
    }

    /** What an inventory holds, in brief. */
    private record Held(
            List<OperatingSystem> systems,
            List<VolumeFacts> volumes,
            List<Observation> observations,
            long observationCount,
            Optional<MachineView> machine) {

        static final Held NOTHING = new Held(List.of(), List.of(), List.of(), 0, Optional.empty());

        static Held of(Graph.Transaction transaction, String id) {
            Map<String, Object> which = Map.of("inventoryId", id);
            return new Held(
                    InventoryView.systems(transaction, id),
                    GuestVolumes.of(transaction, id).volumes(),
                    transaction
                            .run(OBSERVATIONS.with(Map.of("inventoryId", id, "limit", ImageView.MAX_OBSERVATIONS)))
                            .stream()
                            .map(ImageRows::observation)
                            .toList(),
                    transaction.run(OBSERVATION_COUNT.with(which)).getFirst().number("total"),
                    Optional.of(MachineRows.of(transaction, id)));
        }
    }

    /** The same now. */
    public Page<PackageFacts> packages(String imageId, PackageFilter filter, PageRequest page) {
        return packages(imageId, filter, page, Optional.empty());
    }

    /**
     * The packages of an image's current inventory, or of the one that was current as of a moment, by name, version and architecture.
     *
     * @throws QueryProblem {@code NOT_FOUND}, {@code NOT_INDEXED}
     */
    public Page<PackageFacts> packages(String imageId, PackageFilter filter, PageRequest page, Optional<AsOf> at) {
        List<Row> rows = graph.reading(transaction -> transaction.run(PACKAGES.with(Map.of(
                "inventoryId", requireCurrent(transaction, imageId, at).id(),
                "withRemoved", filter.withRemoved(),
                "contains", filter.nameContains().orElse(""),
                "architecture", filter.architecture().orElse(""),
                "ecosystem", filter.ecosystem().orElse("")))));
        List<PackageFacts> all = rows.stream()
                .map(ImageRows::installed)
                .sorted((a, b) -> compare(cursor(a).key(), cursor(b).key()))
                .toList();
        int from = page.after().map(cursor -> after(all, cursor)).orElse(0);
        List<PackageFacts> items = all.subList(from, Math.min(all.size(), from + page.limit()));
        boolean more = from + items.size() < all.size();
        return new Page<>(items, more ? Optional.of(cursor(items.getLast()).text()) : Optional.empty(), all.size());
    }

    private static Cursor cursor(PackageFacts item) {
        return Cursor.of(item.name(), item.version(), item.architecture(), item.purl());
    }

    private static int after(List<PackageFacts> all, Cursor cursor) {
        List<String> key = cursor.require(4);
        int at = 0;
        while (at < all.size() && compare(cursor(all.get(at)).key(), key) <= 0) {
            at++;
        }
        return at;
    }

    private static int compare(List<String> a, List<String> b) {
        for (int i = 0; i < a.size(); i++) {
            int order = a.get(i).compareTo(b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** The same now. */
    public Listing ls(String imageId, Optional<String> fileSystem, GuestPath path, PageRequest page) {
        return ls(imageId, fileSystem, path, page, Optional.empty());
    }

    /**
     * A directory.
     *
     * @param fileSystem selector {@code volume:partition} of one by itself; empty for the operating system with all that it mounts
     * @param at as of when; empty for now
     * @throws QueryProblem {@code NOT_FOUND}, {@code NOT_INDEXED}, {@code NO_FILES}
     */
    public Listing ls(
            String imageId, Optional<String> fileSystem, GuestPath path, PageRequest page, Optional<AsOf> at) {
        Place place = find(imageId, fileSystem, path, true, at);
        EntryFacts entry = place.found().entry();
        return new Listing(
                path.escaped(),
                place.found().resolved().escaped(),
                place.selector(),
                place.notes(),
                entry.kind().equals("dir")
                        ? mounted(entries(entry.node(), page), place, fileSystem)
                        : new Page<>(List.of(entry), Optional.empty(), 1));
    }

    /** What is mounted in a directory shows its own root's attributes there. */
    private static Page<EntryFacts> mounted(Page<EntryFacts> page, Place place, Optional<String> fileSystem) {
        Map<GuestPath, String> mounts = place.volumes().mounts();
        if (fileSystem.isPresent() || mounts.size() < 2) {
            return page;
        }
        GuestPath directory = place.found().resolved();
        List<EntryFacts> items = page.items().stream()
                .map(entry -> Optional.ofNullable(mounts.get(directory.child(GuestName.parse(entry.name()))))
                        .flatMap(selector ->
                                Optional.ofNullable(place.volumes().roots().get(selector)))
                        .map(root -> root.named(entry.name()))
                        .orElse(entry))
                .toList();
        return new Page<>(items, page.next(), page.total());
    }

    private Page<EntryFacts> entries(String directory, PageRequest page) {
        String after = page.after().map(cursor -> cursor.require(1).getFirst()).orElse("");
        return graph.reading(transaction -> {
            List<EntryFacts> found = transaction
                    .run(ENTRIES.with(Map.of("directory", directory, "after", after, "limit", page.limit() + 1)))
                    .stream()
                    .map(EntryRows::entry)
                    .toList();
            List<EntryFacts> items = found.subList(0, Math.min(found.size(), page.limit()));
            Optional<String> next = found.size() > items.size()
                    ? Optional.of(Cursor.of(items.getLast().name()).text())
                    : Optional.empty();
            long total = transaction
                    .run(ENTRY_COUNT.with(Map.of("directory", directory)))
                    .getFirst()
                    .number("total");
            return new Page<>(items, next, total);
        });
    }

    /** The same now. */
    public PathFacts stat(String imageId, Optional<String> fileSystem, GuestPath path) {
        return stat(imageId, fileSystem, path, Optional.empty());
    }

    /**
     * One path with its digest, attributes and owning packages.
     *
     * @param fileSystem selector {@code volume:partition} of one by itself; empty for the operating system with all that it mounts
     * @param at as of when; empty for now
     * @throws QueryProblem {@code NOT_FOUND}, {@code NOT_INDEXED}, {@code NO_FILES}
     */
    public PathFacts stat(String imageId, Optional<String> fileSystem, GuestPath path, Optional<AsOf> at) {
        Place place = find(imageId, fileSystem, path, false, at);
        String resolved = place.found().resolved().escaped();
        // Packages know paths as the running system has them.
        List<PathFacts.Owner> owners = place.guestPath().stream()
                .flatMap(known -> graph
                        .read(OWNERS.with(
                                Map.of("inventoryId", place.inventoryId(), "paths", List.of(known.escaped()))))
                        .stream())
                .map(ImageRows::owner)
                .toList();
        Optional<ContentSummary> summary = place.found().entry().digest().stream()
                .flatMap(digest -> graph.read(SUMMARY.with(Map.of("digest", digest))).stream())
                .map(ImageRows::summary)
                .findFirst();
        return new PathFacts(
                path.escaped(), resolved, place.selector(), place.found().entry(), owners, summary, place.notes());
    }

    /**
     * @param selector of the file system that it lies in
     * @param guestPath where the system has it; empty for what it does not mount
     */
    private record Place(
            String inventoryId,
            String selector,
            Optional<GuestPath> guestPath,
            PathWalker.Found found,
            GuestVolumes volumes,
            List<String> notes) {}

    private Place find(
            String imageId, Optional<String> fileSystem, GuestPath path, boolean followLast, Optional<AsOf> at) {
        InventoryFacts inventory = inventory(imageId, at);
        GuestVolumes volumes = GuestVolumes.of(graph, inventory.id());
        GuestTree tree = volumes.tree(fileSystem);
        String start = volumes.require(fileSystem);
        PathWalker.Found found = walker.walk(List.of(tree), path, followLast).get(tree);
        if (found == null) {
            throw new QueryProblem(
                    QueryProblem.Code.NOT_FOUND,
                    "no " + path.escaped() + " in file system " + start + " of this image"
                            + (volumes.roots().size() > 1
                                    ? "; there are " + volumes.roots().keySet()
                                    : ""));
        }
        List<String> notes = new ArrayList<>();
        if (fileSystem.isEmpty()
                && volumes.mounts().isEmpty()
                && volumes.roots().size() > 1) {
            notes.add("file system " + start + " was chosen among "
                    + volumes.roots().keySet() + " because it looks most like a root file system");
        }
        GuestPath resolved = found.resolved();
        GuestPath point = tree.mountPoint(resolved);
        String selector = fileSystem.isPresent() ? start : volumes.mounts().getOrDefault(point, start);
        Optional<GuestPath> guestPath = fileSystem.isPresent()
                ? volumes.mountPoint(selector).map(above -> above.below(resolved))
                : Optional.of(resolved);
        // A root directory's attributes are with its file system, for no directory holds it.
        EntryFacts root = Objects.requireNonNull(volumes.roots().get(selector));
        return new Place(
                inventory.id(),
                selector,
                guestPath,
                resolved.equals(point) ? new PathWalker.Found(resolved, root) : found,
                volumes,
                notes);
    }

    /**
     * All inventories an image has had, newest first; at most 10,000.
     *
     * @throws QueryProblem {@code NOT_FOUND}
     */
    public List<InventoryFacts> inventories(String imageId) {
        return graph.reading(transaction -> {
            image(transaction, imageId, Optional.empty());
            return inventories(transaction, imageId, MAX_INVENTORIES, Optional.empty());
        });
    }

    private static ImageFacts image(Graph.Transaction transaction, String imageId, Optional<AsOf> at) {
        return transaction.run(IMAGE.with(Map.of("imageId", imageId), at)).stream()
                .findFirst()
                .map(ImageRows::image)
                .orElseThrow(() -> new QueryProblem(
                        QueryProblem.Code.NOT_FOUND,
                        at.isEmpty()
                                ? "no image has the id " + imageId + "; list them with: stemma images"
                                : "no image with the id " + imageId + " was known on " + at.get()));
    }

    private static List<InventoryFacts> inventories(
            Graph.Transaction transaction, String imageId, int limit, Optional<AsOf> at) {
        return transaction.run(INVENTORIES.with(Map.of("imageId", imageId, "limit", limit), at)).stream()
                .map(ImageRows::inventory)
                .toList();
    }

    private static Optional<InventoryFacts> current(Graph.Transaction transaction, String imageId, Optional<AsOf> at) {
        return inventories(transaction, imageId, 1, at).stream()
                .filter(inventory -> inventory.until().isEmpty())
                .findFirst();
    }

    /**
     * The inventory of an image, now or as of a moment.
     *
     * @param at empty for now
     * @throws QueryProblem {@code NOT_FOUND}, {@code NOT_INDEXED}
     */
    public InventoryFacts inventory(String imageId, Optional<AsOf> at) {
        return graph.reading(transaction -> requireCurrent(transaction, imageId, at));
    }

    private static InventoryFacts requireCurrent(Graph.Transaction transaction, String imageId, Optional<AsOf> at) {
        ImageFacts image = image(transaction, imageId, at);
        return current(transaction, imageId, at)
                .orElseThrow(() -> new QueryProblem(
                        QueryProblem.Code.NOT_INDEXED,
                        at.isEmpty()
                                ? image.name() + " was never indexed; run: stemma index " + image.id()
                                : image.name() + " had not been indexed on " + at.get()));
    }
}
