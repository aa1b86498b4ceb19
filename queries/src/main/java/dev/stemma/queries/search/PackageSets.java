package dev.stemma.queries.search;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.moment.AsOf;
import dev.stemma.queries.moment.DatedStatement;
import dev.stemma.queries.problem.QueryProblem;
import dev.stemma.queries.version.VersionOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Package terms as sets of images. Versions are compared here, on the few that are known, and not in the graph. */
final class PackageSets {

    private static final int MAX_TERMS = 200;
    private static final int MAX_VERSION = 512;
    private static final Statement VERSIONS = named("package-versions");
    private static final DatedStatement ALL_OF = DatedStatement.named(PackageSets.class, "search/all-of");
    private static final DatedStatement ANY_OF = DatedStatement.named(PackageSets.class, "search/any-of");

    private final Graph graph;
    private final Optional<AsOf> at;
    private final List<String> notes;
    private final Set<String> purls = new HashSet<>();

    PackageSets(Graph graph, Optional<AsOf> at, List<String> notes) {
        this.graph = graph;
        this.at = at;
        this.notes = notes;
    }

    private static Statement named(String name) {
        return Statement.named(PackageSets.class, "search/" + name + ".cypher");
    }

    /** The package versions that met terms of {@link #allOf} and {@link #anyOf}. */
    Set<String> purls() {
        return purls;
    }

    /** Images that have a version of each term. */
    Set<String> allOf(List<PackageTerm> terms) {
        List<List<String>> resolved = resolve(terms);
        if (resolved.stream().anyMatch(List::isEmpty)) {
            return Set.of();
        }
        resolved.forEach(purls::addAll);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < resolved.size(); i++) {
            rows.add(Map.of("index", i, "purls", resolved.get(i)));
        }
        return images(graph.read(ALL_OF.with(Map.of("terms", rows, "count", rows.size()), at)));
    }

    /** Images that have a version of one term at least. */
    Set<String> anyOf(List<PackageTerm> terms) {
        List<String> any =
                resolve(terms).stream().flatMap(List::stream).distinct().toList();
        purls.addAll(any);
        return having(any);
    }

    /** Images that have a version of one term at least, and so must be left out. */
    Set<String> ruledOut(List<PackageTerm> terms) {
        return having(resolve(terms).stream().flatMap(List::stream).distinct().toList());
    }

    private Set<String> having(List<String> any) {
        return any.isEmpty() ? Set.of() : images(graph.read(ANY_OF.with(Map.of("purls", any), at)));
    }

    private static Set<String> images(List<Row> rows) {
        return rows.stream().map(row -> row.text("imageId")).collect(Collectors.toSet());
    }

    /** The purls of each term, in the order of the terms. */
    private List<List<String>> resolve(List<PackageTerm> terms) {
        if (terms.size() > MAX_TERMS) {
            throw new QueryProblem(
                    QueryProblem.Code.INVALID, "a search names at most " + MAX_TERMS + " packages in one list");
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            PackageTerm term = terms.get(i);
            rows.add(Map.of(
                    "index", i,
                    "name", term.name(),
                    "ecosystem", term.ecosystem().orElse(""),
                    "architecture", term.architecture().orElse("")));
        }
        Map<Integer, List<Row>> found = new HashMap<>();
        for (Row row : graph.read(VERSIONS.with(Map.of("terms", rows)))) {
            found.computeIfAbsent((int) row.number("term"), _ -> new ArrayList<>())
                    .add(row);
        }
        List<List<String>> resolved = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            PackageTerm term = terms.get(i);
            List<Row> versions = found.getOrDefault(i, List.of());
            if (versions.isEmpty()) {
                notes.add("no image ever indexed has a package " + term.name()
                        + term.architecture().map(word -> ":" + word).orElse(""));
            }
            resolved.add(versions.stream()
                    .filter(row -> fits(row, term))
                    .map(row -> row.text("purl"))
                    .toList());
        }
        return resolved;
    }

    private static boolean fits(Row version, PackageTerm term) {
        return term.version()
                .map(range -> fits(version.text("ecosystem"), version.text("version"), range))
                .orElse(true);
    }

    private static boolean fits(String ecosystem, String version, VersionRange range) {
        if (range.version().length() > MAX_VERSION) {
            throw new QueryProblem(QueryProblem.Code.INVALID, "a version has at most " + MAX_VERSION + " characters");
        }
        int order = VersionOrder.of(ecosystem).compare(version, range.version());
        return switch (range.relation()) {
            case BEFORE -> order < 0;
            case UP_TO -> order <= 0;
            case EXACTLY -> order == 0;
            case FROM -> order >= 0;
            case AFTER -> order > 0;
        };
    }
}
