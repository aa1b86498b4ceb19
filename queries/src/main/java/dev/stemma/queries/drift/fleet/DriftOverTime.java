package dev.stemma.queries.drift.fleet;

import dev.stemma.queries.drift.DriftAnswer;
import dev.stemma.queries.drift.DriftFinder;
import dev.stemma.queries.drift.DriftOptions;
import dev.stemma.queries.inventory.InventoryFacts;
import dev.stemma.queries.inventory.InventoryView;
import dev.stemma.queries.problem.QueryProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What became of one image, look by look.
 *
 * @param steps what differs between each two looks that found something else, latest first
 * @param earlier how many steps there are before these
 */
public record DriftOverTime(List<Step> steps, long earlier) {

    /** Steps that are compared at most: each takes its time. */
    public static final int MAX_STEPS = 50;

    public DriftOverTime {
        steps = List.copyOf(steps);
    }

    /**
     * From what was found at one look to what was found at the next that found something else.
     *
     * @param fromInventory named by what it holds
     * @param from when the older was seen first
     * @param to when the newer was seen first
     */
    public record Step(
            String fromInventory,
            String toInventory,
            Optional<Instant> from,
            Optional<Instant> to,
            DriftSummary summary) {}

    /**
     * Compares the inventories of an image in the order in which it had them.
     *
     * @param limit steps at most, 1 to {@value #MAX_STEPS}
     * @throws QueryProblem {@code NOT_FOUND}; {@code INVALID} for a limit out of range
     */
    public static DriftOverTime of(InventoryView view, DriftFinder finder, String imageId, int limit) {
        if (limit < 1 || limit > MAX_STEPS) {
            throw new QueryProblem(
                    QueryProblem.Code.INVALID, "1 to " + MAX_STEPS + " steps are compared at once, not " + limit);
        }
        List<InventoryFacts> latestFirst = view.inventories(imageId);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i + 1 < latestFirst.size() && steps.size() < limit; i++) {
            InventoryFacts newer = latestFirst.get(i);
            InventoryFacts older = latestFirst.get(i + 1);
            DriftAnswer answer = finder.drift(older.id(), newer.id(), DriftOptions.all(1));
            steps.add(
                    new Step(older.id(), newer.id(), older.observedAt(), newer.observedAt(), DriftSummary.of(answer)));
        }
        return new DriftOverTime(steps, Math.max(0, latestFirst.size() - 1L - steps.size()));
    }
}
