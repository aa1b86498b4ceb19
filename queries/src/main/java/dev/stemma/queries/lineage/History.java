package dev.stemma.queries.lineage;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.moment.AsOf;
import dev.stemma.queries.page.Cursor;
import dev.stemma.queries.page.PageRequest;
import dev.stemma.queries.problem.QueryProblem;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What happened to an image (row V18): each activity that used, made or changed it, newest first. For a version also what happened
 * to its branches and their copies, wherever they went, up to where they were checked in again. Safe for use by several threads;
 * keeps nothing.
 */
public final class History {

    /** Images whose history is told together, at most. */
    public static final int MAX_IMAGES = 10_000;

    private static final String MACHINE = "mac-";
    private static final Statement USES = named("uses");
    private static final Statement ACTIVITIES = named("activities");
    private static final Statement COUNT = named("activity-count");

    private final Graph graph;

    public History(Graph graph) {
        this.graph = graph;
    }

    private static Statement named(String name) {
        return Statement.named(History.class, "lineage/" + name + ".cypher");
    }

    /**
     * A page of the history of an image or a machine.
     *
     * @param imageId id of the image; of a machine its own, and that it is there was asked before
     * @param at as of when: nothing that ended later; empty for now
     * @throws QueryProblem {@code NOT_FOUND} also when the image came later, {@code INVALID} for a bad cursor
     */
    public HistoryView of(String imageId, Optional<AsOf> at, PageRequest page) {
        return graph.reading(transaction -> {
            Set<String> images = new LinkedHashSet<>(Set.of(imageId));
            boolean version = !imageId.startsWith(MACHINE)
                    && FamilyTree.self(transaction, imageId, at)
                            .place()
                            .filter(place -> place.branch().isEmpty())
                            .isPresent();
            boolean complete = !version || follow(transaction, images, at);
            List<String> ids = List.copyOf(images);
            List<Activity> found = transaction.run(ACTIVITIES.with(parameters(ids, at, page))).stream()
                    .map(Activity::of)
                    .toList();
            List<Activity> items = found.subList(0, Math.min(found.size(), page.limit()));
            Optional<String> next = found.size() > items.size()
                    ? Optional.of(cursor(items.getLast()).text())
                    : Optional.empty();
            Map<String, Object> all = Map.of("ids", ids, "at", at.map(AsOf::instant));
            long total = transaction.run(COUNT.with(all)).getFirst().number("total");
            return new HistoryView(imageId, ids.size(), complete, items, next, total);
        });
    }

    /** Adds what was made of them; false when there is more. */
    private static boolean follow(Graph.Transaction transaction, Set<String> images, Optional<AsOf> at) {
        List<String> generation = List.copyOf(images);
        while (!generation.isEmpty()) {
            List<String> next = new ArrayList<>();
            for (Row row : transaction.run(
                    USES.with(Map.of("ids", generation, "limit", MAX_IMAGES + 1, "at", at.map(AsOf::instant))))) {
                if (images.contains(row.text("id"))) {
                    continue;
                }
                if (images.size() == MAX_IMAGES) {
                    return false;
                }
                images.add(row.text("id"));
                next.add(row.text("id"));
            }
            generation = next;
        }
        return true;
    }

    private static Map<String, Object> parameters(List<String> ids, Optional<AsOf> at, PageRequest page) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("ids", ids);
        parameters.put("at", at.map(AsOf::instant));
        parameters.put("before", page.after().map(History::time));
        parameters.put(
                "beforeId",
                page.after().map(cursor -> cursor.require(2).getLast()).orElse(""));
        parameters.put("limit", page.limit() + 1);
        parameters.put("subjects", Activity.MAX_SUBJECTS);
        return parameters;
    }

    private static Cursor cursor(Activity activity) {
        return Cursor.of(activity.endedAt().toString(), activity.id());
    }

    private static Instant time(Cursor cursor) {
        try {
            return Instant.parse(cursor.require(2).getFirst());
        } catch (DateTimeException _) {
            throw new QueryProblem(
                    QueryProblem.Code.INVALID, "not a cursor of this answer; leave it out to start at the first page");
        }
    }
}
