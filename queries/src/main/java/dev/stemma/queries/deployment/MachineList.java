package dev.stemma.queries.deployment;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.queries.moment.AsOf;
import dev.stemma.queries.moment.DatedStatement;
import dev.stemma.queries.page.Cursor;
import dev.stemma.queries.page.Page;
import dev.stemma.queries.page.PageRequest;
import dev.stemma.queries.problem.QueryProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The machines that are recorded, now or as of a moment (rows V15, V18, K7). Safe for use by several threads; keeps nothing. */
public final class MachineList {

    private static final DatedStatement MACHINE = named("machine");
    private static final DatedStatement MACHINES = named("machines");
    private static final DatedStatement COUNT = named("machine-count");

    private final Graph graph;

    public MachineList(Graph graph) {
        this.graph = graph;
    }

    private static DatedStatement named(String name) {
        return DatedStatement.named(MachineList.class, "deployment/" + name);
    }

    /**
     * One machine.
     *
     * @throws QueryProblem {@code NOT_FOUND} also when it came later
     */
    public MachineFacts machine(String id, Optional<AsOf> at) {
        return graph.read(MACHINE.with(Map.of("id", id, "many", MachineFacts.MAX_LISTED), at)).stream()
                .findFirst()
                .map(MachineFacts::of)
                .orElseThrow(() -> new QueryProblem(
                        QueryProblem.Code.NOT_FOUND,
                        at.isEmpty()
                                ? "no machine has the id " + id
                                : "no machine with the id " + id + " was known on " + at.get()));
    }

    /**
     * Machines by name.
     *
     * @throws QueryProblem {@code INVALID} for a bad cursor
     */
    public Page<MachineFacts> machines(PageRequest page, Optional<AsOf> at) {
        List<String> after = page.after().map(cursor -> cursor.require(2)).orElse(List.of("", ""));
        return graph.reading(transaction -> {
            List<Row> rows = transaction.run(MACHINES.with(
                    Map.of(
                            "after",
                            after.getFirst(),
                            "afterId",
                            after.getLast(),
                            "limit",
                            page.limit() + 1,
                            "many",
                            MachineFacts.MAX_LISTED),
                    at));
            List<MachineFacts> items =
                    rows.stream().limit(page.limit()).map(MachineFacts::of).toList();
            Optional<String> next = rows.size() > items.size()
                    ? Optional.of(
                            Cursor.of(items.getLast().name(), items.getLast().id())
                                    .text())
                    : Optional.empty();
            long total = transaction.run(COUNT.with(Map.of(), at)).getFirst().number("total");
            return new Page<>(items, next, total);
        });
    }
}
