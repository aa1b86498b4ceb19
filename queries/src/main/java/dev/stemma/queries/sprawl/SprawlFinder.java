package dev.stemma.queries.sprawl;

import dev.stemma.graph.store.Graph;
import dev.stemma.queries.problem.QueryProblem;
import dev.stemma.queries.similarity.MinHash;
import dev.stemma.queries.similarity.Similar;
import dev.stemma.queries.similarity.SimilarityAnswer;
import dev.stemma.queries.similarity.SimilarityFinder;
import dev.stemma.queries.similarity.SimilarityRequest;
import dev.stemma.queries.similarity.Sketch;
import dev.stemma.queries.similarity.SketchReader;
import dev.stemma.queries.similarity.Trait;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Orders and groups all images by likeness (rows V8, V11). Safe for use by several threads. */
public final class SprawlFinder {

    private static final int EXACT = 10;

    private final SimilarityFinder similarity;
    private final SketchReader reader;

    public SprawlFinder(Graph graph, SimilarityFinder similarity) {
        this.similarity = similarity;
        reader = new SketchReader(graph);
    }

    /**
     * All sketched images from most to least similar to one image; nothing is left out but what has no sketch.
     *
     * @param limit 1 to 1,000
     * @throws QueryProblem {@code NOT_FOUND}, {@code NOT_INDEXED}, {@code NO_FILES}
     */
    public SimilarityAnswer ranking(String imageId, Trait trait, int limit) {
        return similarity.ranking(imageId, new SimilarityRequest(trait, limit, 0, EXACT));
    }

    /**
     * Groups of images: two are in one group when a chain of pairs, each at least so alike, leads from one to the other.
     *
     * @param threshold 0.1 to 1
     * @throws QueryProblem {@code INVALID}
     */
    public Clusters clusters(Trait trait, double threshold) {
        if (!(threshold >= 0.1 && threshold <= 1)) {
            throw new QueryProblem(QueryProblem.Code.INVALID, "a threshold is 0.1 to 1, not " + threshold);
        }
        Map<String, Sketch> sketches = reader.all(trait);
        Map<String, List<Similar.ImageName>> images = reader.images(List.copyOf(sketches.keySet()));
        SketchReader.Coverage coverage = reader.coverage(trait);
        Grouping grouping = new Grouping(sketches);
        List<Clusters.Cluster> clusters = new ArrayList<>();
        for (List<String> group : grouping.groups(threshold)) {
            String representative = grouping.representative(group);
            List<Clusters.Member> members = new ArrayList<>();
            for (String inventory : group) {
                double toRepresentative = grouping.similarity(representative, inventory);
                images.getOrDefault(inventory, List.of())
                        .forEach(image -> members.add(new Clusters.Member(image, inventory, toRepresentative)));
            }
            members.sort(Comparator.comparingDouble(Clusters.Member::toRepresentative)
                    .reversed()
                    .thenComparing(member -> !member.inventoryId().equals(representative))
                    .thenComparing(member -> member.image().name())
                    .thenComparing(member -> member.image().id()));
            if (members.size() > 1) {
                clusters.add(new Clusters.Cluster(members.getFirst().image(), members));
            }
        }
        clusters.sort(Comparator.<Clusters.Cluster>comparingInt(
                        cluster -> -cluster.members().size())
                .thenComparing(cluster -> cluster.representative().name()));
        return new Clusters(
                trait,
                threshold,
                clusters,
                coverage.images(),
                coverage.unsketched(),
                MinHash.ERROR,
                grouping.viaBands());
    }
}
