package dev.stemma.queries.inference;

import java.util.List;
import java.util.Optional;

/**
 * The most likely history of some images.
 *
 * @param edges child to parent, the most confident first; only those that are more likely than not
 * @param hidden ancestors that are not among the images, but must have been
 * @param undecided images whose parent may be among the others, but the evidence is too thin to say which
 */
public record InferredForest(List<Edge> edges, List<HiddenAncestor> hidden, List<Undecided> undecided) {

    public InferredForest {
        edges = List.copyOf(edges);
        hidden = List.copyOf(hidden);
        undecided = List.copyOf(undecided);
    }

    /**
     * One image was probably made from another.
     *
     * @param confidence 0.5 to 1: of edges told with this confidence, that share is right in generated families
     * @param evidence what speaks for it and against it, in words, the weightiest first
     */
    public record Edge(String childId, String parentId, double confidence, List<Evidence> evidence) {

        public Edge {
            evidence = List.copyOf(evidence);
        }
    }

    /**
     * What speaks for an edge, or against it.
     *
     * @param feature name for programs: {@code SAME_FILE_SYSTEM}
     * @param words a sentence for people
     * @param logOdds how much it raises or lowers the logarithm of the odds
     */
    public record Evidence(String feature, String words, double logOdds) {}

    /**
     * An image that is not here, or no longer.
     *
     * @param children what was probably made from it, at least two
     * @param parentId what it was itself probably made from; empty where that is not here either
     * @param evidence what its children share that nothing else here has, in words
     */
    public record HiddenAncestor(List<String> children, Optional<String> parentId, List<String> evidence) {

        public HiddenAncestor {
            children = List.copyOf(children);
            evidence = List.copyOf(evidence);
        }
    }

    /**
     * An image of which no parent is told.
     *
     * @param candidateId the likeliest of those that it may come from
     * @param confidence of that one, below 0.5
     */
    public record Undecided(String imageId, String candidateId, double confidence) {}
}
