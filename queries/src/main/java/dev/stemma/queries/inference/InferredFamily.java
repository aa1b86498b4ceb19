package dev.stemma.queries.inference;

import dev.stemma.graph.model.Basis;
import java.util.List;

/**
 * Who was probably made from whom, around one image.
 *
 * @param imageId the image asked about
 * @param members the images that were held against one another, by name
 * @param edges the most confident first
 * @param hidden ancestors that are not here
 * @param undecided images whose evidence is too thin
 * @param confirmed derivations that are recorded or observed, and inferred as well
 * @param contradictions between what is recorded or observed and what is inferred; the record stands
 * @param notes what was left out, in words
 * @param analyzer what made it
 */
public record InferredFamily(
        String imageId,
        List<Member> members,
        List<InferredForest.Edge> edges,
        List<InferredForest.HiddenAncestor> hidden,
        List<InferredForest.Undecided> undecided,
        int confirmed,
        List<Contradiction> contradictions,
        List<String> notes,
        String analyzer) {

    /** Changes whenever the same images may give another answer. */
    public static final String ANALYZER = "inference/1";

    public InferredFamily {
        members = List.copyOf(members);
        edges = List.copyOf(edges);
        hidden = List.copyOf(hidden);
        undecided = List.copyOf(undecided);
        contradictions = List.copyOf(contradictions);
        notes = List.copyOf(notes);
    }

    /**
     * An image, for all that have its inventory.
     *
     * @param imageId of those that have it the one asked about, or else the one that was registered first
     * @param copies ids of the others, at most {@value #MAX_COPIES}; who of them was first is not told
     * @param files whether its files could be compared
     */
    public record Member(String imageId, String name, String inventoryId, List<String> copies, boolean files) {

        /** More copies are not listed. */
        public static final int MAX_COPIES = 100;

        public Member {
            copies = List.copyOf(copies);
        }
    }

    /**
     * A record says one thing, and the contents another.
     *
     * @param known id of the parent that is recorded or observed
     * @param kind of that derivation: {@code copy}, {@code backing-file}, …
     * @param inferred id of the parent that the contents speak for; the child's own child, where the direction is the other way
     * @param confidence of the latter
     * @param words in a sentence
     */
    public record Contradiction(
            String childId, String known, String kind, Basis basis, String inferred, double confidence, String words) {}
}
