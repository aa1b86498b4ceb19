package dev.stemma.queries.inventory;

import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Walks a path down the Merkle graph in one or in thousands of guests at once: a directory that many
 * images share is looked into once, and the round trips follow the depth of the path. Mount points are crossed, and links are followed
 * inside the guest, as {@code path_resolution(7)} has it, {@value #MAX_LINKS} at most; nothing leaves the guest.
 * Safe for use by several threads.
 */
public final class PathWalker {

    /** As many links as Linux follows in one path. */
    public static final int MAX_LINKS = 40;

    private static final int MAX_STEPS = 2_000;
    private static final int MAX_NAMES = 4_096;
    private static final int STEPS_AT_ONCE = 2_000;
    private static final Statement STEPS = Statement.named(PathWalker.class, "inventory/steps.cypher");
    private static final GuestName UP = GuestName.ofText("..");

    private final Graph graph;

    public PathWalker(Graph graph) {
        this.graph = graph;
    }

    /**
     * Where a path led.
     *
     * @param resolved where it really lies
     * @param entry what is there; for a root directory, also one that is mounted, an entry with no attributes of its own
     */
    public record Found(GuestPath resolved, EntryFacts entry) {}

    /** A place on the way that is the same for all of its trees. */
    private record Place(String directory, GuestPath at, List<GuestName> rest, int links) {
        Place into(String child, GuestName name) {
            return new Place(child, at.child(name), rest.subList(1, rest.size()), links);
        }
    }

    /**
     * Walks.
     *
     * @param followLast whether a link at the very end is followed too
     * @return what was found, by tree; trees in which the path does not lead anywhere are missing
     */
    public Map<GuestTree, Found> walk(Collection<GuestTree> trees, GuestPath path, boolean followLast) {
        Map<GuestTree, Found> found = new HashMap<>();
        Map<Place, Set<GuestTree>> places = new LinkedHashMap<>();
        for (GuestTree tree : trees) {
            put(places, new Place(tree.root(), GuestPath.ROOT, path.names(), 0), Set.of(tree));
        }
        // Each ".." and each link starts over from the root; the bound keeps a guest from making that last.
        for (int step = 0; step < MAX_STEPS && !places.isEmpty(); step++) {
            places = step(places, followLast, found);
        }
        return found;
    }

    private Map<Place, Set<GuestTree>> step(
            Map<Place, Set<GuestTree>> places, boolean followLast, Map<GuestTree, Found> found) {
        Map<Place, Set<GuestTree>> next = new LinkedHashMap<>();
        Map<Place, Set<GuestTree>> asking = new LinkedHashMap<>();
        places.forEach((place, trees) -> {
            if (place.rest().isEmpty()) {
                trees.forEach(tree -> found.put(tree, new Found(place.at(), directory(place))));
            } else if (place.rest().getFirst().equals(UP)) {
                restart(
                        next,
                        trees,
                        place.at().parent(),
                        place.rest().subList(1, place.rest().size()),
                        place.links());
            } else {
                asking.put(place, trees);
            }
        });
        Map<Map<String, Object>, EntryFacts> entries = fetch(asking.keySet());
        asking.forEach((place, trees) -> {
            EntryFacts entry = entries.get(question(place));
            if (entry != null) {
                go(place, trees, entry, followLast, next, found);
            }
        });
        return next;
    }

    private static void go(
            Place place,
            Set<GuestTree> trees,
            EntryFacts entry,
            boolean followLast,
            Map<Place, Set<GuestTree>> next,
            Map<GuestTree, Found> found) {
        boolean last = place.rest().size() == 1;
        GuestName name = place.rest().getFirst();
        Optional<String> target = entry.target().filter(_ -> !last || followLast);
        if (target.isPresent()) {
            if (place.links() < MAX_LINKS) {
                GuestPath from = target.get().startsWith("/") ? GuestPath.ROOT : place.at();
                List<GuestName> rest = names(target.get());
                rest.addAll(place.rest().subList(1, place.rest().size()));
                restart(next, trees, from, rest, place.links() + 1);
            }
        } else if (entry.kind().equals("dir")) {
            enter(place, trees, entry, next, found);
        } else if (last) {
            trees.forEach(tree -> found.put(tree, new Found(place.at().child(name), entry)));
        }
    }

    /** Into a directory, or into what some of the trees have mounted over it. */
    private static void enter(
            Place place,
            Set<GuestTree> trees,
            EntryFacts entry,
            Map<Place, Set<GuestTree>> next,
            Map<GuestTree, Found> found) {
        GuestName name = place.rest().getFirst();
        GuestPath at = place.at().child(name);
        for (GuestTree tree : trees) {
            String mounted = tree.mounts().get(at);
            if (mounted != null || place.rest().size() > 1) {
                put(next, place.into(mounted == null ? entry.node() : mounted, name), Set.of(tree));
            } else {
                found.put(tree, new Found(at, entry));
            }
        }
    }

    /** From the root again: by names that are known to be directories, then by what is left. */
    private static void restart(
            Map<Place, Set<GuestTree>> next, Set<GuestTree> trees, GuestPath from, List<GuestName> rest, int links) {
        if (from.depth() + rest.size() > MAX_NAMES) {
            return;
        }
        List<GuestName> names = new ArrayList<>(from.names());
        names.addAll(rest);
        for (GuestTree tree : trees) {
            put(next, new Place(tree.root(), GuestPath.ROOT, names, links), Set.of(tree));
        }
    }

    private static void put(Map<Place, Set<GuestTree>> places, Place place, Set<GuestTree> trees) {
        places.computeIfAbsent(place, _ -> new HashSet<>()).addAll(trees);
    }

    private Map<Map<String, Object>, EntryFacts> fetch(Collection<Place> places) {
        List<Map<String, Object>> questions =
                places.stream().map(PathWalker::question).distinct().toList();
        Map<Map<String, Object>, EntryFacts> entries = new HashMap<>();
        for (int from = 0; from < questions.size(); from += STEPS_AT_ONCE) {
            List<Map<String, Object>> some = questions.subList(from, Math.min(questions.size(), from + STEPS_AT_ONCE));
            for (Row row : graph.read(STEPS.with(Map.of("steps", some)))) {
                entries.put(Map.of("directory", row.text("directory"), "name", row.text("name")), EntryRows.entry(row));
            }
        }
        return entries;
    }

    private static Map<String, Object> question(Place place) {
        return Map.of(
                "directory", place.directory(), "name", place.rest().getFirst().escaped());
    }

    private static EntryFacts directory(Place place) {
        return new EntryFacts(
                place.at().depth() == 0 ? "" : place.at().name().escaped(),
                "dir",
                0,
                0,
                0,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                place.directory());
    }

    /** The names of a link's target in its escaped form, {@code ..} kept, since what it means depends on the way. */
    public static List<GuestName> names(String target) {
        List<GuestName> names = new ArrayList<>();
        // ISO 8859-1 maps each byte to one character and back, whatever the guest wrote.
        String bytes = new String(GuestName.parse(target).bytes(), StandardCharsets.ISO_8859_1);
        for (String part : bytes.split("/")) {
            if (!part.isEmpty() && !part.equals(".")) {
                names.add(GuestName.of(part.getBytes(StandardCharsets.ISO_8859_1)));
            }
        }
        return names;
    }
}
