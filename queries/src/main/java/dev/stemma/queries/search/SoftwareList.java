package dev.stemma.queries.search;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.page.Cursor;
import dev.stemma.queries.page.Page;
import dev.stemma.queries.page.PageRequest;
import dev.stemma.queries.problem.QueryProblem;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The list of all software known, to pick from (row V9). Safe for use by several threads. */
public final class SoftwareList {

    private static final int MAX_LENGTH = 500;
    private static final Statement SOFTWARE = named("software");
    private static final Statement COUNT = named("software-count");
    private static final Statement KNOWN = named("known-packages");

    private final Graph graph;
    private final SearchIndex index;

    public SoftwareList(Graph graph, SearchIndex index) {
        this.graph = graph;
        this.index = index;
    }

    private static Statement named(String name) {
        return Statement.named(SoftwareList.class, "search/" + name + ".cypher");
    }

    /** All packages whose name starts with a text, by name and id; the empty text lists them all. */
    public Page<KnownPackage> list(String prefix, PageRequest page) {
        List<String> after = page.after().map(cursor -> cursor.require(2)).orElse(List.of("", ""));
        List<String> ids = graph
                .read(SOFTWARE.with(Map.of(
                        "prefix", bounded(prefix),
                        "afterName", after.getFirst(),
                        "afterId", after.getLast(),
                        "limit", page.limit() + 1)))
                .stream()
                .map(row -> row.text("id"))
                .toList();
        List<KnownPackage> items = known(ids.subList(0, Math.min(ids.size(), page.limit())));
        Optional<String> next = ids.size() > page.limit()
                ? Optional.of(
                        Cursor.of(items.getLast().name(), items.getLast().id()).text())
                : Optional.empty();
        long total = graph.read(COUNT.with(Map.of("prefix", prefix))).getFirst().number("total");
        return new Page<>(items, next, total);
    }

    /**
     * Packages whose name starts with what was typed, without regard to case, the shortest first, and after them those that
     * are one or two typing errors away.
     *
     * @param limit 1 to 100
     */
    public List<KnownPackage> complete(String typed, int limit) {
        return known(index.packages(bounded(typed), Math.clamp(limit, 1, 100)));
    }

    private static String bounded(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new QueryProblem(QueryProblem.Code.INVALID, "a name has at most " + MAX_LENGTH + " characters");
        }
        return text;
    }

    private List<KnownPackage> known(List<String> ids) {
        Map<String, KnownPackage> found = graph.read(KNOWN.with(Map.of("ids", ids))).stream()
                .map(SoftwareList::known)
                .collect(Collectors.toMap(KnownPackage::id, Function.identity()));
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    private static KnownPackage known(Row row) {
        return new KnownPackage(
                row.text("id"), row.text("ecosystem"), row.text("name"), row.number("images"), row.number("versions"));
    }
}
