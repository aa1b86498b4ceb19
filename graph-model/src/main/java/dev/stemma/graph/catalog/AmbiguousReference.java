package dev.stemma.graph.catalog;

import java.util.List;
import java.util.stream.Collectors;

/** A reference that fits several images. The message lists them. */
public final class AmbiguousReference extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** How many candidates are looked up at most. */
    static final int MAX_CANDIDATES = 20;

    private final transient List<Image> candidates;

    AmbiguousReference(String reference, List<Image> candidates) {
        super("'" + reference + "' fits " + (candidates.size() < MAX_CANDIDATES ? "" : "at least ") + candidates.size()
                + " images; use an id: "
                + candidates.stream()
                        .map(image -> image.id() + " (" + image.name() + ", " + image.location() + ")")
                        .collect(Collectors.joining("; ")));
        this.candidates = List.copyOf(candidates);
    }

    /** The images that it fits, at most 20, by name. */
    public List<Image> candidates() {
        return candidates;
    }
}
