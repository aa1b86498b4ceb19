package dev.stemma.queries.lineage;

import dev.stemma.graph.model.Basis;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.queries.moment.AsOf;
import dev.stemma.queries.moment.DatedStatement;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The ancestors or the descendants of an image, and how they derive from one another. Not thread-safe; used once for each direction. */
final class FamilyWalk {

    /** Derivations among the images of one walk; most images have one. */
    private static final int MAX_DERIVATIONS = 100_000;

    private static final DatedStatement PARENTS = DatedStatement.named(FamilyWalk.class, "lineage/parents");

    private final Graph.Transaction transaction;
    private final FamilyLimits limits;
    private final Optional<AsOf> at;
    private final Map<String, Integer> distances = new LinkedHashMap<>();
    private final Set<Derivation> derivations = new LinkedHashSet<>();
    private boolean complete = true;

    FamilyWalk(Graph.Transaction transaction, FamilyLimits limits, Optional<AsOf> at) {
        this.transaction = transaction;
        this.limits = limits;
        this.at = at;
    }

    FamilyWalk up(String imageId) {
        return read(imageId, KinWalk.up(transaction, imageId, limits, at));
    }

    FamilyWalk down(String imageId) {
        return read(imageId, KinWalk.down(transaction, imageId, limits, at));
    }

    private FamilyWalk read(String imageId, KinWalk.Kin kin) {
        distances.putAll(kin.distances());
        Set<String> all = new LinkedHashSet<>(List.of(imageId));
        all.addAll(distances.keySet());
        List<Row> rows =
                transaction.run(PARENTS.with(Map.of("ids", List.copyOf(all), "limit", MAX_DERIVATIONS + 1), at));
        complete = kin.complete() && rows.size() <= MAX_DERIVATIONS;
        rows.stream()
                .limit(MAX_DERIVATIONS)
                .filter(row -> all.contains(row.text("childId")) && all.contains(row.text("parentId")))
                .forEach(row -> derivations.add(derivation(row)));
        return this;
    }

    private static Derivation derivation(Row row) {
        return new Derivation(
                row.text("childId"),
                row.text("parentId"),
                row.findText("kind").orElse("copy"),
                Basis.valueOf(row.text("basis")),
                row.find("confidence").map(value -> ((Number) value).doubleValue()),
                row.findText("evidence"),
                row.findInstant("since").or(() -> row.findInstant("endedAt")),
                row.findText("activity"),
                row.findText("person").or(() -> row.findText("agent")));
    }

    /** Steps to all that were met, nearest first, without the one that the walk started from; up they are negative. */
    Map<String, Integer> distances() {
        return distances;
    }

    Set<Derivation> derivations() {
        return derivations;
    }

    boolean complete() {
        return complete;
    }
}
