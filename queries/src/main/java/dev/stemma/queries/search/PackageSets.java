package dev.stemma.queries.search;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.moment.AsOf;
import dev.stemma.queries.moment.DatedStatement;
import dev.stemma.queries.problem.QueryProblem;
import dev.stemma.queries.version.VersionOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Package terms as sets of images. Versions are compared here, on the few that are known, and not in the graph. */
final class PackageSets {

    private static final int MAX_NAMES = 2_000;
    private static final int MAX_VERSION = 512;
    private static final Statement VERSIONS = named("package-versions");
    private static final Statement ALL_VERSIONS = named("versions-of-packages");
    private static final DatedStatement ANY_OF = DatedStatement.named(PackageSets.class, "search/any-of");

    private final Graph graph;
    private final Optional<AsOf> at;
    private final List<String> notes;

    PackageSets(Graph graph, Optional<AsOf> at, List<String> notes) {
        this.graph = graph;
        this.at = at;
        this.notes = notes;
    }

    private static Statement named(String name) {
        return Statement.named(PackageSets.class, "search/" + name + ".cypher");
    }

    /** Versions of packages, by purl; whether these are all. */
    record Resolved(List<String> purls, boolean complete) {
        Resolved {
            purls = List.copyOf(purls);
        }
    }

    /** Images that have one of these versions, their files being there. */
    Set<String> having(Collection<String> purls) {
        return purls.isEmpty()
                ? Set.of()
                : graph.read(ANY_OF.with(Map.of("purls", List.copyOf(purls)), at)).stream()
                        .map(row -> row.text("imageId"))
                        .collect(Collectors.toSet());
    }

    /** All versions of the packages whose name fits. */
    Resolved named(TextTerm pattern, SearchIndex index) {
        List<String> packages = index.packagesNamed(pattern, MAX_NAMES + 1);
        boolean complete = packages.size() <= MAX_NAMES;
        if (!complete) {
            notes.add("more than " + MAX_NAMES + " packages have such a name; only the first of them were searched");
        }
        index.lag().ifPresent(notes::add);
        List<String> some = packages.subList(0, Math.min(packages.size(), MAX_NAMES));
        return new Resolved(
                graph.read(ALL_VERSIONS.with(Map.of("packages", some))).stream()
                        .map(row -> row.text("purl"))
                        .toList(),
                complete && index.lag().isEmpty());
    }

    /** The purls of each term, in the order of the terms. */
    List<Resolved> resolve(List<PackageTerm> terms) {
        if (terms.isEmpty()) {
            return List.of();
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
        List<Resolved> resolved = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            PackageTerm term = terms.get(i);
            List<Row> versions = found.getOrDefault(i, List.of());
            if (versions.isEmpty()) {
                notes.add("no image ever indexed has a package " + term.name()
                        + term.architecture().map(word -> ":" + word).orElse(""));
            }
            resolved.add(new Resolved(
                    versions.stream()
                            .filter(row -> fits(row, term))
                            .map(row -> row.text("purl"))
                            .toList(),
                    true));
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
