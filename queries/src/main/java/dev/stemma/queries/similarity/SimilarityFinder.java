package dev.stemma.queries.similarity;

import dev.stemma.graph.store.Graph;
import dev.stemma.queries.inventory.Reference;
import dev.stemma.queries.inventory.References;
import dev.stemma.queries.problem.QueryProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds inventories that are alike (row V8). Safe for use by several threads. */
public final class SimilarityFinder {

    /** Up to so many inventories all are looked at; beyond that, those that share a band. */
    static final int SMALL = 500;

    private final SketchReader reader;
    private final ElementSets sets;
    private final References references;

    /** @param contents where the contents of files are listed; {@link FileContents#NONE} to ask the graph alone */
    public SimilarityFinder(Graph graph, FileContents contents) {
        reader = new SketchReader(graph);
        sets = new ElementSets(graph, contents);
        references = new References(graph);
    }

    /**
     * Inventories of current images from most to least similar. The one asked about is among them only when several images
     * have it. In a large collection only those that share a band with it are looked at.
     *
     * @throws QueryProblem {@code NOT_FOUND}; {@code NO_FILES} when files were asked for and it is of the basic level
     */
    public SimilarityAnswer similarTo(String inventoryId, SimilarityRequest request) {
        return answer(inventoryId, Optional.empty(), request, false);
    }

    /**
     * The same from what a reference means; its image is left out, and other images that have the very same inventory come
     * first.
     *
     * @throws QueryProblem {@code NOT_INDEXED}, {@code NO_FILES}
     */
    public SimilarityAnswer similarTo(Reference reference, SimilarityRequest request) {
        return answer(inventory(reference), Optional.of(reference.imageId()), request, false);
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
     * The same with every sketched image looked at, whether it shares a band or not.
     *
     * @throws QueryProblem {@code NOT_FOUND}, {@code NOT_INDEXED}, {@code NO_FILES}
     */
    public SimilarityAnswer ranking(String imageId, SimilarityRequest request) {
        return answer(inventory(references.require(imageId)), Optional.of(imageId), request, true);
    }

    private static String inventory(Reference reference) {
        return reference
                .inventoryId()
                .orElseThrow(() -> new QueryProblem(
                        QueryProblem.Code.NOT_INDEXED,
                        reference.imageName() + " was never indexed; run: stemma index " + reference.imageId()));
    }

    private record Candidate(String inventoryId, Sketch sketch, double estimate) {}

    private SimilarityAnswer answer(
            String inventoryId, Optional<String> imageId, SimilarityRequest request, boolean everything) {
        Trait trait = request.trait();
        SketchReader.Known known = reader.find(inventoryId, trait)
                .orElseThrow(
                        () -> new QueryProblem(QueryProblem.Code.NOT_FOUND, "no inventory has the id " + inventoryId));
        if (trait == Trait.FILES && known.level().equals("basic")) {
            throw new QueryProblem(
                    QueryProblem.Code.NO_FILES,
                    "the files of this image are not known: it was indexed at the basic level; index it with --level full");
        }
        Sketch own = known.sketch().orElseGet(() -> ElementSets.sketch(sets.of(inventoryId, trait)));
        SketchReader.Coverage coverage = reader.coverage(trait);
        boolean viaBands = !everything && coverage.inventories() > SMALL;
        Map<String, Sketch> candidates = viaBands ? reader.sharing(own, trait) : reader.all(trait);
        List<Similar> similar = best(inventoryId, imageId, own, candidates, request);
        return new SimilarityAnswer(
                inventoryId,
                trait,
                own.size(),
                similar,
                MinHash.ANALYZER,
                MinHash.ERROR,
                candidates.size(),
                viaBands,
                coverage.unsketched(),
                notes(own, viaBands, candidates.size(), coverage));
    }

    private static List<String> notes(Sketch own, boolean viaBands, int candidates, SketchReader.Coverage coverage) {
        List<String> notes = new ArrayList<>();
        if (own.size() == 0) {
            notes.add("there is nothing in this image to compare by; try the other trait");
        }
        if (viaBands) {
            notes.add(
                    "only inventories that share a band were looked at; those less similar than about 0.4 are mostly missing");
        }
        if (candidates >= SketchReader.MAX_SKETCHES) {
            notes.add("only the first " + SketchReader.MAX_SKETCHES + " inventories were looked at");
        }
        if (coverage.unsketched() > 0) {
            notes.add("images left out because nothing is known to compare them by: " + coverage.unsketched());
        }
        return notes;
    }

    private List<Similar> best(
            String inventoryId,
            Optional<String> imageId,
            Sketch own,
            Map<String, Sketch> candidates,
            SimilarityRequest request) {
        // What is estimated just below the threshold may be above it.
        double least = Math.max(0, request.threshold() - 2 * MinHash.ERROR);
        List<Candidate> ranked = candidates.entrySet().stream()
                .map(entry -> new Candidate(entry.getKey(), entry.getValue(), own.similarity(entry.getValue())))
                .filter(candidate -> candidate.estimate() >= least)
                .sorted(Comparator.comparingDouble(Candidate::estimate)
                        .reversed()
                        .thenComparing(Candidate::inventoryId))
                .limit(request.limit() + 1L)
                .toList();
        Map<String, List<Similar.ImageName>> images =
                reader.images(ranked.stream().map(Candidate::inventoryId).toList());
        List<Similar> similar = new ArrayList<>();
        for (Candidate candidate : ranked) {
            List<Similar.ImageName> names = images.getOrDefault(candidate.inventoryId(), List.of()).stream()
                    .filter(image ->
                            imageId.map(self -> !self.equals(image.id())).orElse(true))
                    .toList();
            boolean alone = candidate.inventoryId().equals(inventoryId) && imageId.isEmpty() && names.size() == 1;
            if (!names.isEmpty() && !alone) {
                boolean exactly = similar.size() < request.exact();
                similar.add(similar(inventoryId, own, candidate, names, request.trait(), exactly));
            }
        }
        return similar.stream()
                .filter(each -> each.best() >= request.threshold())
                .sorted(Comparator.comparingDouble(Similar::best).reversed().thenComparing(Similar::inventoryId))
                .limit(request.limit())
                .toList();
    }

    private Similar similar(
            String inventoryId,
            Sketch own,
            Candidate candidate,
            List<Similar.ImageName> names,
            Trait trait,
            boolean exactly) {
        Optional<Long> shared = exactly
                ? Optional.of(ElementSets.shared(sets.of(inventoryId, trait), sets.of(candidate.inventoryId(), trait)))
                : Optional.empty();
        long together = own.size() + candidate.sketch().size();
        return new Similar(
                candidate.inventoryId(),
                names.subList(0, Math.min(names.size(), Similar.MAX_IMAGES)),
                names.size(),
                candidate.estimate(),
                shared.map(both -> together == both ? 0.0 : (double) both / (together - both)),
                shared,
                candidate.sketch().size());
    }
}
