package dev.stemma.queries.similarity;

import dev.stemma.queries.problem.QueryProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/** All pairs that are alike, by trait, as the graph is now. Made at the first question, then kept up to date. Safe for use by several threads. */
final class PairFinder {

    private static final long MOST = Math.min(8_000_000, Runtime.getRuntime().maxMemory() / 200);

    private final SketchTable table;
    private final SketchReader reader;
    private final ElementSets sets;
    private final Map<Trait, PairTable> tables = new EnumMap<>(Trait.class);

    PairFinder(SketchTable table, SketchReader reader, ElementSets sets) {
        this.table = table;
        this.reader = reader;
        this.sets = sets;
    }

    private record Found(int one, int position, double similarity) {}

    /** @throws QueryProblem {@code TOO_MANY_PAIRS} when there are too many inventories to hold */
    Pairs pairs(Trait trait) {
        return pairs(trait, table.current());
    }

    private Pairs pairs(Trait trait, Sketches sketches) {
        if (!sketches.known()) {
            throw new QueryProblem(
                    QueryProblem.Code.TOO_MANY_PAIRS,
                    "there are too many inventories to hold all pairs in memory; give the service more (STEMMA_HEAP)");
        }
        synchronized (tables) {
            return tables.computeIfAbsent(trait, _ -> new PairTable(trait, MOST))
                    .follow(sketches);
        }
    }

    /** @throws QueryProblem {@code INVALID}, {@code TOO_MANY_PAIRS} */
    PairsAnswer best(Trait trait, double threshold, int limit) {
        if (!(threshold >= 0 && threshold <= 1) || limit < 1 || limit > 1_000) {
            throw new QueryProblem(
                    QueryProblem.Code.INVALID, "limit is 1 to 1000, threshold 0 to 1; not " + limit + ", " + threshold);
        }
        Sketches sketches = table.current();
        Pairs pairs = pairs(trait, sketches);
        Comparator<Found> best = Comparator.comparingDouble(Found::similarity)
                .reversed()
                .thenComparing(found -> pairs.inventories().get(found.one()))
                .thenComparing(found -> pairs.inventories().get(pairs.others()[found.position()]));
        PriorityQueue<Found> found = new PriorityQueue<>(best.reversed());
        long total = 0;
        for (int one = 0; one < pairs.inventories().size(); one++) {
            for (int at = pairs.first()[one]; at < pairs.first()[one + 1]; at++) {
                double similarity = pairs.similarity(at);
                if (pairs.others()[at] > one && similarity >= threshold) {
                    total++;
                    if (found.size() < limit || similarity >= found.element().similarity()) {
                        found.add(new Found(one, at, similarity));
                    }
                    if (found.size() > limit) {
                        found.remove();
                    }
                }
            }
        }
        return new PairsAnswer(
                trait,
                threshold,
                pairs.floor(),
                total,
                shown(pairs, found.stream().sorted(best).toList()),
                MinHash.ANALYZER,
                MinHash.ERROR,
                sketches.unsketched(trait));
    }

    private List<PairsAnswer.Pair> shown(Pairs pairs, List<Found> found) {
        List<String> inventories = found.stream()
                .flatMap(each -> Stream.of(each.one(), pairs.others()[each.position()]))
                .distinct()
                .map(pairs.inventories()::get)
                .toList();
        Map<String, List<Similar.ImageName>> images = reader.images(inventories);
        if (!pairs.trait().ofFiles()) {
            sets.prepare(inventories);
        }
        List<PairsAnswer.Pair> shown = new ArrayList<>();
        for (Found each : found) {
            String one = pairs.inventories().get(each.one());
            String other = pairs.inventories().get(pairs.others()[each.position()]);
            shown.add(new PairsAnswer.Pair(
                    side(one, images),
                    side(other, images),
                    each.similarity(),
                    pairs.trait().ofFiles() ? Optional.empty() : Optional.of(packages(one, other))));
        }
        return shown;
    }

    private double packages(String one, String other) {
        return sets.of(one, Trait.PACKAGES)
                .overlap(sets.of(other, Trait.PACKAGES))
                .similarity(Trait.PACKAGES);
    }

    private static PairsAnswer.Side side(String inventory, Map<String, List<Similar.ImageName>> images) {
        List<Similar.ImageName> names = images.getOrDefault(inventory, List.of());
        return new PairsAnswer.Side(
                inventory, names.subList(0, Math.min(names.size(), Similar.MAX_IMAGES)), names.size());
    }
}
