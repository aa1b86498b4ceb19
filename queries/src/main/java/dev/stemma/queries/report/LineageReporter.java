package dev.stemma.queries.report;

import dev.stemma.graph.model.Basis;
import dev.stemma.graph.store.Graph;
import dev.stemma.queries.drift.DriftAnswer;
import dev.stemma.queries.drift.DriftFinder;
import dev.stemma.queries.drift.DriftOptions;
import dev.stemma.queries.drift.FileDrift;
import dev.stemma.queries.inventory.ImageView;
import dev.stemma.queries.inventory.InventoryView;
import dev.stemma.queries.lineage.Derivation;
import dev.stemma.queries.lineage.FamilyLimits;
import dev.stemma.queries.lineage.FamilyTree;
import dev.stemma.queries.lineage.FamilyView;
import dev.stemma.queries.lineage.Relative;
import dev.stemma.queries.page.PageRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes lineage reports (row B4). Safe for use by several threads; keeps nothing. */
public final class LineageReporter {

    /** Beyond this, steps are listed without what changed: each comparison takes its time. */
    static final int MAX_COMPARED = 50;

    private static final DriftOptions OPTIONS = DriftOptions.all(PageRequest.MAX_LIMIT);

    private final InventoryView images;
    private final FamilyTree family;
    private final DriftFinder drift;
    private final Clock clock;

    /**
     * @param clock what the time of the report is taken from
     */
    public LineageReporter(Graph graph, Clock clock) {
        this.images = new InventoryView(graph);
        this.family = new FamilyTree(graph);
        this.drift = new DriftFinder(graph);
        this.clock = clock;
    }

    /**
     * The report on one image. Where an image has several parents, the chain follows the best known one: recorded before
     * observed before inferred, then the more confident.
     *
     * @throws dev.stemma.queries.problem.QueryProblem {@code NOT_FOUND}
     */
    public LineageReport report(String imageId) {
        ImageView image = images.show(imageId);
        FamilyView view = family.tree(imageId, FamilyLimits.DEFAULT);
        List<Derivation> chain = chain(imageId, view);
        Map<String, Relative> relatives =
                view.relatives().stream().collect(Collectors.toMap(Relative::imageId, Function.identity()));
        List<LineageReport.Step> steps = new ArrayList<>();
        for (Derivation derivation : chain) {
            Relative child = Objects.requireNonNull(relatives.get(derivation.childId()));
            Relative parent = Objects.requireNonNull(relatives.get(derivation.parentId()));
            boolean compared = steps.size() < MAX_COMPARED && child.indexed() && parent.indexed();
            steps.add(new LineageReport.Step(
                    child, parent, derivation, compared ? Optional.of(changes(parent, child)) : Optional.empty()));
        }
        Set<String> onChain = new HashSet<>(Set.of(imageId));
        chain.forEach(derivation -> onChain.add(derivation.parentId()));
        List<Derivation> others = view.derivations().stream()
                .filter(derivation -> onChain.contains(derivation.childId()) && !chain.contains(derivation))
                .toList();
        return new LineageReport(
                clock.instant(),
                image,
                steps,
                others,
                view.descendants(),
                new UnknownFacts(image, view, steps, others).sentences());
    }

    private static List<Derivation> chain(String imageId, FamilyView view) {
        Map<String, List<Derivation>> up =
                view.derivations().stream().collect(Collectors.groupingBy(Derivation::childId));
        List<Derivation> chain = new ArrayList<>();
        Set<String> met = new HashSet<>(Set.of(imageId));
        Optional<Derivation> next = best(up, imageId, met);
        while (next.isPresent()) {
            chain.add(next.get());
            met.add(next.get().parentId());
            next = best(up, next.get().parentId(), met);
        }
        return chain;
    }

    private static Optional<Derivation> best(Map<String, List<Derivation>> up, String child, Set<String> met) {
        return up.getOrDefault(child, List.of()).stream()
                .filter(derivation -> !met.contains(derivation.parentId()))
                .min(Comparator.comparing(Derivation::basis)
                        .thenComparing(derivation -> -derivation.confidence().orElse(1.0))
                        .thenComparing(Derivation::parentId));
    }

    private LineageReport.Drift changes(Relative parent, Relative child) {
        DriftAnswer answer = drift.drift(
                parent.inventoryId().orElseThrow(), child.inventoryId().orElseThrow(), OPTIONS);
        var packages = answer.packages().orElseThrow().changes();
        return new LineageReport.Drift(
                packages.subList(0, Math.min(packages.size(), LineageReport.Drift.MAX_PACKAGES)),
                packages.size(),
                answer.files().map(LineageReporter::files),
                answer.notes());
    }

    private static LineageReport.Files files(FileDrift files) {
        long unowned = files.byOwner().stream()
                .filter(count -> count.purl().isEmpty())
                .mapToLong(count -> count.added() + count.removed() + count.changed())
                .sum();
        List<String> examples = files.changes().items().stream()
                .filter(change -> change.owners().isEmpty())
                .map(change -> change.kind().name().toLowerCase(java.util.Locale.ROOT) + " " + change.path())
                .limit(LineageReport.Files.MAX_EXAMPLES)
                .toList();
        return new LineageReport.Files(files.added(), files.removed(), files.changed(), unowned, examples);
    }

    /** Writes a report as one self-contained, printable HTML page (UTF-8; nothing is loaded from elsewhere). */
    public static void html(LineageReport report, Appendable out) throws IOException {
        new LineagePage(report).write(out);
    }

    /** How a derivation is known, as a person would say it. */
    static String known(Derivation derivation) {
        String how = derivation.basis() == Basis.RECORDED
                ? "recorded"
                : derivation.basis() == Basis.OBSERVED ? "observed" : "inferred";
        return how
                + derivation
                        .confidence()
                        .filter(_ -> derivation.basis() == Basis.INFERRED)
                        .map(confidence -> ", confidence " + Math.round(confidence * 100) + " %")
                        .orElse("");
    }
}
