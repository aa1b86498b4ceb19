package dev.stemma.queries.sprawl;

import dev.stemma.graph.store.Graph;
import dev.stemma.queries.inventory.Reference;
import dev.stemma.queries.problem.QueryProblem;
import dev.stemma.queries.similarity.MinHash;
import dev.stemma.queries.similarity.Pairs;
import dev.stemma.queries.similarity.SimilarityAnswer;
import dev.stemma.queries.similarity.SimilarityFinder;
import dev.stemma.queries.similarity.SimilarityRequest;
import dev.stemma.queries.similarity.Trait;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Orders and groups all images by likeness (rows V8, V11, B8). Safe for use by several threads. */
public final class SprawlFinder {

    /** Clusterings that are gone on from when images come or go. */
    private static final int KEPT = 6;

    private final SimilarityFinder similarity;
    private final Plans plans;
    private final Map<Key, LeidenClustering> clusterings = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, LeidenClustering> eldest) {
            return size() > KEPT;
        }
    };

    private record Key(Trait trait, double threshold) {}

    /** What clusters were made of. */
    private record Found(Pairs pairs, List<Group> groups) {}

    public SprawlFinder(Graph graph, SimilarityFinder similarity) {
        this.similarity = similarity;
        plans = new Plans(new Holdings(graph), similarity);
    }

    /**
     * All sketched images from most to least similar to one image; nothing is left out but what has no sketch.
     *
     * @param limit 1 to 1,000
     * @throws QueryProblem {@code NOT_FOUND}, {@code NOT_INDEXED}, {@code NO_FILES}
     */
    public SimilarityAnswer ranking(String imageId, Trait trait, int limit) {
        return similarity.similarToImage(imageId, SimilarityRequest.best(trait, limit));
    }

    /**
     * Groups of images that are alike.
     *
     * @param threshold the least mean similarity within a group, 0.5 to 1; not below the floor of pairs that are held
     * @param limit groups at most, 1 to 1,000
     * @throws QueryProblem {@code INVALID}, {@code TOO_MANY_PAIRS}
     */
    public Clusters clusters(Trait trait, double threshold, int limit) {
        if (limit < 1 || limit > 1_000) {
            throw new QueryProblem(QueryProblem.Code.INVALID, "limit is 1 to 1000, not " + limit);
        }
        Found found = find(trait, threshold);
        return new Clusters(
                trait,
                threshold,
                plans.shorts(found.pairs(), found.groups().stream().limit(limit).toList()),
                found.groups().size(),
                Arrays.stream(found.pairs().imageCounts()).sum(),
                found.groups().stream().mapToLong(Group::images).sum(),
                similarity.unsketched(trait),
                MinHash.ERROR,
                found.pairs().floor());
    }

    /**
     * What it would take to merge the group that an image is in; empty when it is like no other.
     *
     * @param threshold as above
     * @throws QueryProblem {@code INVALID}, {@code TOO_MANY_PAIRS}, {@code NOT_INDEXED}
     */
    public Optional<ClusterPlan> plan(Reference reference, Trait trait, double threshold) {
        String inventory = reference
                .inventoryId()
                .orElseThrow(() -> new QueryProblem(
                        QueryProblem.Code.NOT_INDEXED,
                        reference.imageName() + " was never indexed; run: stemma index " + reference.imageId()));
        Found found = find(trait, threshold);
        int place = found.pairs().inventories().indexOf(inventory);
        return found.groups().stream()
                .filter(group -> group.members().contains(place))
                .findFirst()
                .flatMap(group -> plans.plan(found.pairs(), group));
    }

    private Found find(Trait trait, double threshold) {
        if (!(threshold >= 0.5 && threshold <= 1)) {
            throw new QueryProblem(QueryProblem.Code.INVALID, "a threshold is 0.5 to 1, not " + threshold);
        }
        Pairs pairs = similarity.pairs(trait);
        if (threshold < pairs.floor()) {
            throw new QueryProblem(
                    QueryProblem.Code.TOO_MANY_PAIRS,
                    "there are so many pairs that only those of " + pairs.floor()
                            + " and more are held; ask for a threshold from there on, or give the service more memory (STEMMA_HEAP)");
        }
        LeidenClustering clustering;
        synchronized (clusterings) {
            clustering = clusterings.computeIfAbsent(
                    new Key(trait, threshold), key -> new LeidenClustering(key.threshold()));
        }
        return new Found(pairs, Group.of(pairs, clustering.clusters(pairs)));
    }
}
