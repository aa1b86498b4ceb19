package dev.stemma.queries.drift.fleet;

import dev.stemma.graph.store.Graph;
import dev.stemma.queries.drift.DriftAnswer;
import dev.stemma.queries.drift.DriftFinder;
import dev.stemma.queries.drift.DriftOptions;
import dev.stemma.queries.drift.fleet.FleetDrift.CommonChange;
import dev.stemma.queries.inventory.Reference;
import dev.stemma.queries.lineage.DeployedMachine;
import dev.stemma.queries.lineage.FamilyLimits;
import dev.stemma.queries.lineage.FamilyTree;
import dev.stemma.queries.lineage.FamilyView;
import dev.stemma.queries.lineage.Place;
import dev.stemma.queries.lineage.Relative;
import dev.stemma.queries.page.Cursor;
import dev.stemma.queries.page.Page;
import dev.stemma.queries.page.PageRequest;
import dev.stemma.queries.problem.QueryProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Holds all that was made of a master against it (rows V10, K7). Safe for use by several threads. */
public final class FleetFinder {

    /** Members compared at once: each takes its time. */
    public static final int MAX_MEMBERS = 100;

    private static final Comparator<Relative> BY_NAME =
            Comparator.comparing(Relative::name).thenComparing(Relative::imageId);

    private final FamilyTree family;
    private final DriftFinder finder;

    public FleetFinder(Graph graph, DriftFinder finder) {
        this.family = new FamilyTree(graph);
        this.finder = finder;
    }

    /**
     * @param master what all are compared with
     * @param page which members, at most {@value #MAX_MEMBERS}
     * @throws QueryProblem {@code NOT_FOUND}, {@code NOT_INDEXED} when the master was never indexed, {@code INVALID} for a page that is too long
     */
    public FleetDrift fleet(Reference master, PageRequest page) {
        if (page.limit() > MAX_MEMBERS) {
            throw new QueryProblem(
                    QueryProblem.Code.INVALID,
                    "1 to " + MAX_MEMBERS + " images are compared at once, not " + page.limit());
        }
        FamilyView view = family.tree(master.imageId(), FamilyLimits.DEFAULT);
        List<Relative> made = view.descendants().stream()
                .filter(relative -> relative.place().isEmpty()
                        || relative.place().get().branch().isPresent())
                .sorted(BY_NAME)
                .toList();
        List<Relative> indexed = made.stream().filter(Relative::indexed).toList();
        Optional<List<String>> after = page.after().map(cursor -> cursor.require(2));
        List<Relative> rest = indexed.stream()
                .filter(relative -> after.map(key -> isAfter(relative, key)).orElse(true))
                .toList();
        List<FleetDrift.Member> members = new ArrayList<>();
        Map<CommonChange, Long> counts = new HashMap<>();
        for (Relative relative : rest.subList(0, Math.min(page.limit(), rest.size()))) {
            DriftAnswer answer = finder.drift(
                    master,
                    new Reference(relative.imageId(), relative.name(), relative.inventoryId()),
                    DriftOptions.all(1));
            members.add(new FleetDrift.Member(
                    relative.imageId(),
                    relative.name(),
                    relative.place().map(Place::reference),
                    relative.machines().stream().map(DeployedMachine::name).toList(),
                    DriftSummary.of(answer)));
            changes(answer).forEach(change -> counts.merge(change, 1L, Long::sum));
        }
        Optional<String> next = rest.size() > members.size()
                ? Optional.of(
                        Cursor.of(members.getLast().name(), members.getLast().imageId())
                                .text())
                : Optional.empty();
        return new FleetDrift(
                master.imageId(),
                master.imageName(),
                new Page<>(members, next, indexed.size()),
                common(counts),
                unknown(view, made),
                view.complete() ? List.of() : List.of("the family is larger than what was looked at"));
    }

    private static boolean isAfter(Relative relative, List<String> key) {
        int order = relative.name().compareTo(key.getFirst());
        return order > 0 || (order == 0 && relative.imageId().compareTo(key.getLast()) > 0);
    }

    private static List<CommonChange> changes(DriftAnswer answer) {
        List<CommonChange> changes = new ArrayList<>();
        answer.packages()
                .orElseThrow()
                .changes()
                .forEach(change -> changes.add(new CommonChange(
                        "package",
                        change.kind().name().toLowerCase(Locale.ROOT),
                        change.title(),
                        change.toVersion().orElse(""),
                        0)));
        answer.system()
                .orElseThrow()
                .changes()
                .forEach(change -> changes.add(new CommonChange(
                        "system",
                        change.kind().name().toLowerCase(Locale.ROOT),
                        change.title(),
                        String.join(
                                ", ",
                                change.properties().stream()
                                        .flatMap(property -> property.to().stream())
                                        .toList()),
                        0)));
        return changes.stream().distinct().toList();
    }

    private static List<CommonChange> common(Map<CommonChange, Long> counts) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .map(entry -> new CommonChange(
                        entry.getKey().what(),
                        entry.getKey().change(),
                        entry.getKey().name(),
                        entry.getKey().to(),
                        entry.getValue()))
                .sorted(Comparator.<CommonChange>comparingLong(change -> -change.members())
                        .thenComparing(CommonChange::what)
                        .thenComparing(CommonChange::name)
                        .thenComparing(CommonChange::to))
                .limit(FleetDrift.MAX_COMMON)
                .toList();
    }

    /** The master and what was made of it may run on machines of which only a capture tells what is on them. */
    private static List<String> unknown(FamilyView view, List<Relative> made) {
        List<String> unknown = new ArrayList<>();
        made.stream()
                .filter(relative -> !relative.indexed())
                .forEach(relative -> unknown.add(relative.title() + " was never indexed"));
        view.relatives().stream()
                .filter(relative -> relative.distance() >= 0)
                .sorted(BY_NAME)
                .flatMap(relative -> relative.machines().stream()
                        .map(machine -> "what is on the machine " + machine.name() + ", which runs " + relative.title()
                                + ", is known by captures alone"))
                .forEach(unknown::add);
        return unknown.stream().limit(FleetDrift.MAX_UNKNOWN).toList();
    }
}
