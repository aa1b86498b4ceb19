package dev.stemma.queries.lineage;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.queries.moment.AsOf;
import dev.stemma.queries.moment.DatedStatement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a family tree tells of images, many at once. */
final class Relatives {

    private static final int AT_ONCE = 1_000;
    private static final DatedStatement RELATIVES = DatedStatement.named(Relatives.class, "lineage/relatives");

    private Relatives() {}

    /**
     * The images with some ids; those that are not there, or were not then, are left out.
     *
     * @param distances by id
     * @param warnings by id, as {@link Warnings} finds them
     */
    static Map<String, Relative> of(
            Graph.Transaction transaction,
            Map<String, Integer> distances,
            Map<String, List<Warning>> warnings,
            Optional<AsOf> at) {
        Map<String, Relative> relatives = new LinkedHashMap<>();
        List<String> ids = new ArrayList<>(distances.keySet());
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
            for (Row row : transaction.run(RELATIVES.with(Map.of("ids", some, "machines", DeployedMachine.MAX), at))) {
                String id = row.text("id");
                relatives.put(
                        id, Relative.of(row, distances.getOrDefault(id, 0), warnings.getOrDefault(id, List.of())));
            }
        }
        return relatives;
    }

    /** One image by itself, at distance 0 and without warnings. */
    static Optional<Relative> find(Graph.Transaction transaction, String imageId, Optional<AsOf> at) {
        return transaction
                .run(RELATIVES.with(Map.of("ids", List.of(imageId), "machines", DeployedMachine.MAX), at))
                .stream()
                .findFirst()
                .map(row -> Relative.of(row, 0, List.of()));
    }
}
