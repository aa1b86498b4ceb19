package dev.stemma.queries.inference;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.inference.InferredFamily.Contradiction;
import dev.stemma.queries.inference.InferredFamily.Member;
import dev.stemma.queries.inventory.Reference;
import dev.stemma.queries.problem.QueryProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Infers who was made from whom around an image (row B3). Reads only: what is recorded or observed stays as it is. Safe for use by several threads.
 */
public final class InferenceFinder {

    /** More inventories are not held against one another. */
    public static final int MAX_MEMBERS = 100;

    /** How often kin of kin are looked for. */
    private static final int ROUNDS = 4;

    /** Steps of each kind from one inventory to others. */
    private static final int EACH = 5_000;

    private static final Statement CANDIDATES = Statement.named(InferenceFinder.class, "inference/candidates.cypher");
    private static final Statement KNOWN = Statement.named(InferenceFinder.class, "inference/known.cypher");

    private final Graph graph;
    private final TraitReader reader;
    private final ForestFinder finder = new ForestFinder(Weights.FITTED);

    public InferenceFinder(Graph graph, GuestFileSource files) {
        this.graph = graph;
        reader = new TraitReader(graph, files);
    }

    /**
     * The family of what a reference means.
     *
     * @param members inventories at most, 2 to {@value #MAX_MEMBERS}
     * @throws QueryProblem {@code NOT_INDEXED}; {@code INVALID} when the number is out of range
     */
    public InferredFamily around(Reference reference, int members) {
        if (members < 2 || members > MAX_MEMBERS) {
            throw new QueryProblem(
                    QueryProblem.Code.INVALID,
                    "2 to " + MAX_MEMBERS + " images are held against one another, not " + members);
        }
        String start = reference
                .inventoryId()
                .orElseThrow(() -> new QueryProblem(
                        QueryProblem.Code.NOT_INDEXED,
                        reference.imageName() + " was never indexed; run: stemma index " + reference.imageId()));
        List<String> notes = new ArrayList<>();
        Map<String, TraitReader.Known> known = new LinkedHashMap<>();
        for (String inventory : kin(start, members, notes)) {
            reader.find(inventory, reference)
                    .ifPresent(each -> known.put(each.member().imageId(), each));
        }
        InferredForest forest = finder.find(
                known.values().stream().map(TraitReader.Known::traits).toList(), ForestFinder.Candidates.ALL);
        long without =
                known.values().stream().filter(each -> !each.member().files()).count();
        if (without > 0) {
            notes.add("files could not be compared, and the evidence is thinner, for images without the full level: "
                    + without);
        }
        Comparisons comparisons = compare(known, forest);
        return new InferredFamily(
                reference.imageId(),
                known.values().stream()
                        .map(TraitReader.Known::member)
                        .sorted(Comparator.comparing(Member::name).thenComparing(Member::imageId))
                        .toList(),
                forest.edges(),
                forest.hidden(),
                forest.undecided(),
                comparisons.confirmed,
                comparisons.contradictions,
                notes,
                InferredFamily.ANALYZER);
    }

    /** Inventories that share file systems, identities or bands with one, and those that do so with them. */
    private Set<String> kin(String start, int members, List<String> notes) {
        Set<String> kin = new LinkedHashSet<>(List.of(start));
        List<String> border = List.of(start);
        for (int round = 0; round < ROUNDS && !border.isEmpty() && kin.size() < members; round++) {
            int left = members - kin.size();
            List<String> found = graph
                    .read(CANDIDATES.with(
                            Map.of("inventories", border, "seen", List.copyOf(kin), "each", EACH, "limit", left + 1)))
                    .stream()
                    .map(row -> row.text("id"))
                    .toList();
            if (found.size() > left) {
                notes.add("only the " + members
                        + " images that have most in common with this one or its kin were compared");
            }
            border = found.subList(0, Math.min(found.size(), left));
            kin.addAll(border);
        }
        return kin;
    }

    private record Comparisons(int confirmed, List<Contradiction> contradictions) {}

    private Comparisons compare(Map<String, TraitReader.Known> known, InferredForest forest) {
        Map<String, String> memberOf = new LinkedHashMap<>();
        known.values().forEach(each -> {
            memberOf.put(each.member().imageId(), each.member().imageId());
            each.member()
                    .copies()
                    .forEach(copy -> memberOf.put(copy, each.member().imageId()));
        });
        Map<String, InferredForest.Edge> inferred = new LinkedHashMap<>();
        forest.edges().forEach(edge -> inferred.put(edge.childId(), edge));
        int confirmed = 0;
        List<Contradiction> contradictions = new ArrayList<>();
        for (Row row : graph.read(KNOWN.with(Map.of("images", List.copyOf(memberOf.keySet()))))) {
            String child = memberOf.getOrDefault(row.text("childId"), "");
            String parent = memberOf.getOrDefault(row.text("parentId"), "");
            InferredForest.Edge up = inferred.get(child);
            InferredForest.Edge down = inferred.get(parent);
            if (parent.isEmpty() || parent.equals(child)) {
                continue;
            }
            if (up != null && up.parentId().equals(parent)) {
                confirmed++;
            } else if (down != null && down.parentId().equals(child)) {
                contradictions.add(Contradictions.of(row, down, "the other way round", known));
            } else if (up != null) {
                contradictions.add(Contradictions.of(row, up, "from another image", known));
            }
        }
        return new Comparisons(confirmed, contradictions);
    }
}
