package dev.stemma.queries.similarity;

import dev.stemma.graph.model.Level;
import dev.stemma.graph.store.Graph;
import dev.stemma.queries.inventory.Reference;
import dev.stemma.queries.inventory.References;
import dev.stemma.queries.problem.QueryProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds inventories that are alike (row V8). Safe for use by several threads. */
public final class SimilarityFinder {

    private final SketchTable table;
    private final SketchReader reader;
    private final ElementSets sets;
    private final References references;
    private final PairFinder pairs;

    /** @param contents where the contents of files are listed; {@link FileContents#NONE} to ask the graph alone */
    public SimilarityFinder(Graph graph, FileContents contents) {
        this(graph, contents, new SketchTable(graph));
    }

    SimilarityFinder(Graph graph, FileContents contents, SketchTable table) {
        this.table = table;
        reader = new SketchReader(graph);
        sets = new ElementSets(graph, contents);
        references = new References(graph);
        pairs = new PairFinder(table, reader, sets);
    }

    /**
     * Inventories of current images from most to least similar. The one asked about is among them only when several images
     * have it. Every sketched inventory is looked at, but in a collection too large for memory only those that share a band.
     *
     * @throws QueryProblem {@code NOT_FOUND}; {@code NO_FILES} when files were asked for and it is of the basic level
     */
    public SimilarityAnswer similarTo(String inventoryId, SimilarityRequest request) {
        return answer(inventoryId, Optional.empty(), request);
    }

    /**
     * The same from what a reference means; its image is left out, and other images that have the very same inventory come
     * first.
     *
     * @throws QueryProblem {@code NOT_INDEXED}, {@code NO_FILES}
     */
    public SimilarityAnswer similarTo(Reference reference, SimilarityRequest request) {
        return answer(inventory(reference), Optional.of(reference.imageId()), request);
    }

    /**
     * The same from an image.
     *
     * @throws QueryProblem {@code NOT_FOUND}, {@code NOT_INDEXED}, {@code NO_FILES}
     */
    public SimilarityAnswer similarToImage(String imageId, SimilarityRequest request) {
        return similarTo(references.require(imageId), request);
    }

    /**
     * All pairs of inventories that current images have, at least half alike by estimate, as they are now. The first question after a start compares all
     * with all; later ones follow what came and went.
     *
     * @throws QueryProblem {@code TOO_MANY_PAIRS} when there are too many inventories to hold
     */
    public Pairs pairs(Trait trait) {
        return pairs.pairs(trait);
    }

    /**
     * The pairs that are most alike.
     *
     * @param threshold 0 to 1
     * @param limit 1 to 1,000
     * @throws QueryProblem {@code INVALID}, {@code TOO_MANY_PAIRS}
     */
    public PairsAnswer bestPairs(Trait trait, double threshold, int limit) {
        return pairs.best(trait, threshold, limit);
    }

    /** Current images that have no sketch of a trait. */
    public long unsketched(Trait trait) {
        return table.current().unsketched(trait);
    }

    /** How the packages of some inventories differ from those of one, which is the one asked about. */
    public Map<String, Similar.Reason> packageReasons(String inventoryId, List<String> others) {
        List<String> all = new ArrayList<>(others);
        all.add(inventoryId);
        sets.prepare(all);
        ElementSet asked = sets.of(inventoryId, Trait.PACKAGES);
        Reasons reasons = new Reasons(sets, inventoryId, Trait.PACKAGES);
        Map<String, Similar.Reason> byInventory = new HashMap<>();
        for (String other : others) {
            ElementSet set = sets.of(other, Trait.PACKAGES);
            Ranking.Candidate candidate = new Ranking.Candidate(other, 0, set.count());
            byInventory.put(other, reasons.reason(Ranking.compare(candidate, asked, set, Trait.PACKAGES)));
        }
        return byInventory;
    }

    static String inventory(Reference reference) {
        return reference
                .inventoryId()
                .orElseThrow(() -> new QueryProblem(
                        QueryProblem.Code.NOT_INDEXED,
                        reference.imageName() + " was never indexed; run: stemma index " + reference.imageId()));
    }

    private SimilarityAnswer answer(String inventoryId, Optional<String> imageId, SimilarityRequest request) {
        Trait trait = request.trait();
        Sketches sketches = table.current();
        Sketch own = sketch(inventoryId, trait, sketches);
        List<Sketches.Entry> entries = sketches.known() ? sketches.entries() : table.read(reader.sharing(own, trait));
        List<Ranking.Candidate> candidates = candidates(inventoryId, own, entries, request);
        Ranking ranking = new Ranking(sets, trait);
        ElementSet asked = sets.of(inventoryId, trait);
        List<Ranking.Ranked> best = ranking.best(asked, candidates, Math.min(request.exact(), request.limit()));
        List<String> shown = new ArrayList<>(List.of(inventoryId));
        best.forEach(each -> shown.add(each.inventoryId()));
        Set<String> exactly = new HashSet<>(shown);
        List<Ranking.Candidate> rest = candidates.stream()
                .filter(each -> !exactly.contains(each.inventoryId()) && each.estimate() >= request.threshold())
                .limit(request.limit() - best.size())
                .toList();
        rest.forEach(each -> shown.add(each.inventoryId()));
        Map<String, List<Similar.ImageName>> images = reader.images(shown);
        List<Similar> similar = new ArrayList<>();
        Reasons reasons = new Reasons(sets, inventoryId, trait);
        twins(imageId, images.getOrDefault(inventoryId, List.of())).ifPresent(twins -> {
            Ranking.Candidate self = new Ranking.Candidate(inventoryId, own.similarity(own), own.size());
            similar.add(reasons.exact(Ranking.compare(self, asked, asked, trait), twins));
        });
        best.stream()
                .filter(each -> each.similarity() >= request.threshold() && images.containsKey(each.inventoryId()))
                .forEach(each -> similar.add(reasons.exact(each, images.getOrDefault(each.inventoryId(), List.of()))));
        rest.stream()
                .filter(each -> images.containsKey(each.inventoryId()))
                .forEach(each ->
                        similar.add(Reasons.estimated(each, images.getOrDefault(each.inventoryId(), List.of()))));
        return new SimilarityAnswer(
                inventoryId,
                trait,
                own.size(),
                similar.subList(0, Math.min(similar.size(), request.limit())),
                MinHash.ANALYZER,
                MinHash.ERROR,
                entries.size(),
                ranking.compared(),
                !sketches.known(),
                sketches.unsketched(trait),
                notes(own, sketches, entries.size(), ranking));
    }

    /** The images that have the very inventory asked about, when there are others than the one asked about. */
    private static Optional<List<Similar.ImageName>> twins(Optional<String> imageId, List<Similar.ImageName> images) {
        List<Similar.ImageName> others = images.stream()
                .filter(image -> imageId.map(self -> !self.equals(image.id())).orElse(images.size() > 1))
                .toList();
        return others.isEmpty() ? Optional.empty() : Optional.of(others);
    }

    private Sketch sketch(String inventoryId, Trait trait, Sketches sketches) {
        Sketches.Entry entry = sketches.byId().get(inventoryId);
        if (entry != null && entry.sketch(trait).isPresent()) {
            return entry.sketch(trait).get();
        }
        SketchReader.Known known = reader.require(inventoryId);
        if (trait.ofFiles() && Level.parse(known.level()) == Level.BASIC) {
            throw new QueryProblem(
                    QueryProblem.Code.NO_FILES,
                    "the files of this image are not known: it was indexed at the basic level; index it with --level full");
        }
        return sets.of(inventoryId, trait).sketch(trait);
    }

    /** All others that may be as alike as wanted, by falling estimates. */
    private static List<Ranking.Candidate> candidates(
            String inventoryId, Sketch own, List<Sketches.Entry> entries, SimilarityRequest request) {
        double threshold = request.threshold();
        double least = threshold - Ranking.DEVIATIONS * MinHash.standardError(threshold);
        List<Ranking.Candidate> candidates = new ArrayList<>();
        for (Sketches.Entry entry : entries) {
            entry.sketch(request.trait()).ifPresent(sketch -> {
                double estimate = own.similarity(sketch);
                if (estimate >= least && !entry.inventoryId().equals(inventoryId)) {
                    candidates.add(new Ranking.Candidate(entry.inventoryId(), estimate, sketch.size()));
                }
            });
        }
        candidates.sort(Comparator.comparingDouble(Ranking.Candidate::estimate)
                .reversed()
                .thenComparing(Ranking.Candidate::inventoryId));
        return candidates;
    }

    private static List<String> notes(Sketch own, Sketches sketches, int candidates, Ranking ranking) {
        List<String> notes = new ArrayList<>();
        if (own.size() == 0) {
            notes.add("there is nothing in this image to compare by; try another trait");
        }
        if (!sketches.known()) {
            notes.add(
                    "there are more inventories than fit into memory: only those that share a band were looked at;"
                            + " those less similar than about 0.4 are mostly missing; give the service more memory (STEMMA_HEAP)");
        }
        if (candidates >= SketchReader.MAX_SHARING && !sketches.known()) {
            notes.add("only " + SketchReader.MAX_SHARING + " inventories were looked at");
        }
        if (!ranking.complete()) {
            notes.add("the best " + ranking.compared()
                    + " by estimate were compared exactly; others are estimated to be nearly as alike");
        }
        return notes;
    }
}
