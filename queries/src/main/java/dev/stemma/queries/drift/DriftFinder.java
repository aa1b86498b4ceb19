package dev.stemma.queries.drift;

import dev.stemma.graph.model.Basis;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.store.Graph;
import dev.stemma.queries.deployment.MachineFacts;
import dev.stemma.queries.deployment.MachineList;
import dev.stemma.queries.drift.DriftOptions.Part;
import dev.stemma.queries.drift.rules.DriftRules;
import dev.stemma.queries.drift.system.SystemComparison;
import dev.stemma.queries.inventory.GuestVolumes;
import dev.stemma.queries.inventory.InventoryView;
import dev.stemma.queries.inventory.Reference;
import dev.stemma.queries.inventory.References;
import dev.stemma.queries.lineage.Relative;
import dev.stemma.queries.moment.AsOf;
import dev.stemma.queries.problem.QueryProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds what differs between two inventories (rows V10, V12). Safe for use by several threads; keeps some of what
 * it read, so one is to be shared.
 */
public final class DriftFinder {

    private final Graph graph;
    private final BaselineFinder baselines;
    private final References references;
    private final InventoryView inventories;
    private final MachineList machines;
    private final KeptTexts texts;
    private final KeptNodes kept;
    private final DriftRules rules;
    private final InventoryFacts facts;
    private final TreeNodeCache cache = new TreeNodeCache();

    /** Knows no texts of configuration, and goes by the rules that come with Stemma. */
    public DriftFinder(Graph graph) {
        this(graph, KeptTexts.NONE, KeptNodes.NONE, DriftRules.SHIPPED);
    }

    /**
     * @param texts of configuration
     * @param kept where directories are looked for before the graph is asked
     * @param rules what is noise, and what weighs how much
     */
    public DriftFinder(Graph graph, KeptTexts texts, KeptNodes kept, DriftRules rules) {
        this.graph = graph;
        this.texts = texts;
        this.kept = kept;
        this.rules = rules;
        this.facts = new InventoryFacts(graph);
        this.baselines = new BaselineFinder(graph);
        this.references = new References(graph);
        this.inventories = new InventoryView(graph);
        this.machines = new MachineList(graph);
    }

    /**
     * Compares two inventories.
     *
     * @throws QueryProblem {@code NOT_FOUND}
     */
    public DriftAnswer drift(String fromInventory, String toInventory, DriftOptions options) {
        return drift(new Sides.Wanted(fromInventory, ""), new Sides.Wanted(toInventory, ""), Optional.empty(), options);
    }

    /**
     * Compares what two references mean, and shows their images as the sides.
     *
     * @throws QueryProblem {@code NOT_FOUND}, {@code NOT_INDEXED}
     */
    public DriftAnswer drift(Reference from, Reference to, DriftOptions options) {
        return drift(wanted(from), wanted(to), Optional.empty(), options);
    }

    /**
     * Compares the current inventory of an image with the one of the nearest image that it derives from: recorded
     * derivations are followed before observed ones, and these before inferred ones.
     *
     * @throws QueryProblem {@code NOT_FOUND}, {@code NOT_INDEXED}, {@code NO_BASELINE}
     */
    public DriftAnswer driftFromBaseline(String imageId, DriftOptions options) {
        return driftFromBaseline(imageId, options, Optional.empty());
    }

    /**
     * The same as of a moment: what the image held then, against what the image held that it derived from then.
     *
     * @param at empty for now
     * @throws QueryProblem {@code NOT_FOUND}, {@code NOT_INDEXED}, {@code NO_BASELINE}
     */
    public DriftAnswer driftFromBaseline(String imageId, DriftOptions options, Optional<AsOf> at) {
        Reference to = then(references.require(imageId), at);
        requireInventory(to);
        BaselineFinder.Found found = baselines.require(imageId, at);
        Relative base = found.image();
        return drift(
                new Sides.Wanted(base.inventoryId().orElseThrow(), base.imageId()),
                wanted(to),
                Optional.of(found.baseline()),
                options);
    }

    /**
     * Compares what a machine was deployed from with what was last captured of it: of what runs on it nothing else is known.
     *
     * @param at as of when; empty for now
     * @throws QueryProblem {@code NOT_FOUND}; {@code NOT_INDEXED} when nothing was captured of it, or one of both was never indexed;
     *     {@code NO_BASELINE} when it runs nothing
     */
    public DriftAnswer driftOfMachine(String machineId, DriftOptions options, Optional<AsOf> at) {
        MachineFacts machine = machines.machine(machineId, at);
        MachineFacts.Run runs = machine.running()
                .orElseThrow(() -> new QueryProblem(
                        QueryProblem.Code.NO_BASELINE,
                        machine.name() + " runs nothing that is recorded; see: stemma machines " + machine.name()));
        Reference captured = captured(machine, at);
        Reference source = then(references.require(runs.imageId()), at);
        Baseline baseline = new Baseline(List.of(new Baseline.Step(
                captured.imageId(),
                captured.imageName(),
                source.imageId(),
                runs.name(),
                "deployment",
                Basis.RECORDED,
                Optional.empty())));
        return drift(wanted(source), wanted(captured), Optional.of(baseline), options);
    }

    private Reference captured(MachineFacts machine, Optional<AsOf> at) {
        return then(
                references.require(machine.captures().stream()
                        .findFirst()
                        .orElseThrow(() -> new QueryProblem(
                                QueryProblem.Code.NOT_INDEXED,
                                "nothing was captured of " + machine.name()
                                        + ", so what is on it is not known; take an image of its disk and run: stemma capture "
                                        + machine.name() + " IMAGE"))
                        .imageId()),
                at);
    }

    /**
     * Compares what an image held at one moment with what it held at another; of a machine what was captured of it by then.
     *
     * @param since the earlier moment
     * @param at the later one; empty for now
     * @throws QueryProblem {@code NOT_FOUND}, {@code NOT_INDEXED} when nothing was known of it by then
     */
    public DriftAnswer driftSince(Reference reference, AsOf since, Optional<AsOf> at, DriftOptions options) {
        boolean machine = reference.machine();
        Reference from = machine
                ? captured(machines.machine(reference.imageId(), Optional.of(since)), Optional.of(since))
                : then(reference, Optional.of(since));
        Reference to = machine ? captured(machines.machine(reference.imageId(), at), at) : then(reference, at);
        return drift(from, to, options);
    }

    /**
     * A reference with the inventory that its image had as of a moment.
     *
     * @param at empty leaves it as it is
     * @throws QueryProblem {@code NOT_FOUND}, {@code NOT_INDEXED}
     */
    public Reference then(Reference reference, Optional<AsOf> at) {
        return at.isEmpty()
                ? reference
                : new Reference(
                        reference.imageId(),
                        reference.imageName(),
                        Optional.of(
                                inventories.inventory(reference.imageId(), at).id()));
    }

    private static String requireInventory(Reference reference) {
        return reference
                .inventoryId()
                .orElseThrow(() -> new QueryProblem(
                        QueryProblem.Code.NOT_INDEXED,
                        reference.imageName() + " was never indexed; run: stemma index " + reference.imageId()));
    }

    private static Sides.Wanted wanted(Reference reference) {
        return new Sides.Wanted(requireInventory(reference), reference.imageId());
    }

    private DriftAnswer drift(Sides.Wanted from, Sides.Wanted to, Optional<Baseline> baseline, DriftOptions options) {
        return graph.reading(transaction -> drift(transaction, Sides.of(transaction, from, to), baseline, options));
    }

    /** In one transaction, for to begin and end one costs as much as a small answer; but for what never changes, which may be read beside it. */
    private DriftAnswer drift(
            Graph.Transaction transaction, Sides sides, Optional<Baseline> baseline, DriftOptions options) {
        Side from = sides.from();
        Side to = sides.to();
        List<String> notes = new ArrayList<>();
        boolean same = from.inventoryId().equals(to.inventoryId());
        boolean files = options.walks() && filesKnown(from, to, notes);
        Optional<Aside<SystemComparison>> systemBeside =
                options.has(Part.SYSTEM) ? Optional.of(facts.system(transaction, sides)) : Optional.empty();
        // The owners of files need the installed packages too.
        Optional<Aside<PackageComparison>> packagesBeside = options.has(Part.PACKAGES) || files
                ? Optional.of(facts.packages(transaction, sides))
                : Optional.empty();
        Optional<FileDrift> fileDrift = Optional.empty();
        List<JudgedFiles.Judged> significant = List.of();
        if (files) {
            FileComparison comparison = new FileComparison(
                    new GraphTreeSource(graph, transaction, cache, kept), options.has(Part.CONFIGURATION));
            List<GuestVolumes> volumes = facts.volumes(transaction, sides);
            List<FileComparison.Found> found = comparison.compare(volumes.getFirst(), volumes.getLast());
            FileOwners owners = new FileOwners(transaction, packagesBeside.orElseThrow(), found);
            JudgedFiles judged = new JudgedFiles(found, owners, rules);
            fileDrift = Optional.of(judged.drift(options, comparison.complete()));
            significant = judged.significant();
            notes.addAll(comparison.notes());
        }
        Optional<SystemComparison> system = systemBeside.map(Aside::join);
        Optional<PackageComparison> packages = packagesBeside.map(Aside::join);
        Optional<Ranking> ranking = options.ranks()
                ? Optional.of(SuspectRanking.of(
                        rules, packages.orElseThrow(), system.orElseThrow(), expired(system, from, to), significant))
                : Optional.empty();
        return new DriftAnswer(
                from,
                to,
                baseline,
                same,
                packages.filter(_ -> options.has(Part.PACKAGES)).map(PackageComparison::drift),
                fileDrift,
                fileDrift.filter(_ -> options.has(Part.CONFIGURATION)).map(drift -> new ConfigurationDiff(texts)
                        .of(drift.changes())),
                system.map(SystemComparison::drift),
                ranking,
                notes);
    }

    private static List<String> expired(Optional<SystemComparison> system, Side from, Side to) {
        return system.isPresent()
                        && from.observedAt().isPresent()
                        && to.observedAt().isPresent()
                ? system.get().expired(from.observedAt().get(), to.observedAt().get())
                : List.of();
    }

    private static boolean filesKnown(Side from, Side to, List<String> notes) {
        for (Side side : List.of(from, to)) {
            if (side.level() == Level.BASIC) {
                notes.add("files were not compared: " + side.imageName().orElse(side.inventoryId())
                        + " was indexed at the basic level; run: stemma index "
                        + side.imageId().orElse(side.imageName().orElse("IMAGE")) + " --level full");
            }
        }
        return from.level() == Level.FULL && to.level() == Level.FULL;
    }
}
