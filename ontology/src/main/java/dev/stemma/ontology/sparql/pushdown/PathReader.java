package dev.stemma.ontology.sparql.pushdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.core.TriplePath;
import org.apache.jena.sparql.path.P_Alt;
import org.apache.jena.sparql.path.P_Inverse;
import org.apache.jena.sparql.path.P_Link;
import org.apache.jena.sparql.path.P_OneOrMore1;
import org.apache.jena.sparql.path.P_ReverseLink;
import org.apache.jena.sparql.path.P_ZeroOrMore1;
import org.apache.jena.sparql.path.P_ZeroOrOne;
import org.apache.jena.sparql.path.Path;

/**
 * Reads the property paths that mean the same in Cypher: {@code p+}, {@code p*}, {@code p?} over one predicate or
 * several of them, in one direction. Each pair of ends counts once, as in SPARQL 1.1, section 9.3.
 */
final class PathReader {

    private PathReader() {}

    static Optional<Step> read(TriplePath pattern) {
        if (pattern.isTriple()) {
            return Optional.of(new Step.Match(List.of(pattern.asTriple()), List.of(), List.of()));
        }
        return path(pattern.getSubject(), pattern.getPath(), pattern.getObject());
    }

    private static Optional<Step> path(Node s, Path path, Node o) {
        return switch (path) {
            case P_Link link -> Optional.of(triple(s, link.getNode(), o));
            case P_ReverseLink link -> Optional.of(triple(o, link.getNode(), s));
            case P_Inverse inverse -> path(o, inverse.getSubPath(), s);
            case P_OneOrMore1 more -> chain(s, more.getSubPath(), 1, Optional.empty(), o);
            case P_ZeroOrMore1 more -> chain(s, more.getSubPath(), 0, Optional.empty(), o);
            case P_ZeroOrOne one -> chain(s, one.getSubPath(), 0, Optional.of(1), o);
            default -> Optional.empty();
        };
    }

    private static Step triple(Node s, Node p, Node o) {
        return new Step.Match(List.of(Triple.create(s, p, o)), List.of(), List.of());
    }

    private static Optional<Step> chain(Node s, Path inner, int shortest, Optional<Integer> longest, Node o) {
        List<String> forwards = new ArrayList<>();
        List<String> backwards = new ArrayList<>();
        if (!gather(inner, true, forwards, backwards) || forwards.isEmpty() == backwards.isEmpty()) {
            return Optional.empty();
        }
        Step.Chain chain = backwards.isEmpty()
                ? new Step.Chain(s, List.copyOf(forwards), shortest, longest, o)
                : new Step.Chain(o, List.copyOf(backwards), shortest, longest, s);
        return Optional.of(new Step.Match(List.of(), List.of(chain), List.of()));
    }

    private static boolean gather(Path path, boolean forward, List<String> forwards, List<String> backwards) {
        return switch (path) {
            case P_Link link ->
                (forward ? forwards : backwards).add(link.getNode().getURI());
            case P_ReverseLink link ->
                (forward ? backwards : forwards).add(link.getNode().getURI());
            case P_Inverse inverse -> gather(inverse.getSubPath(), !forward, forwards, backwards);
            case P_Alt alt ->
                gather(alt.getLeft(), forward, forwards, backwards)
                        && gather(alt.getRight(), forward, forwards, backwards);
            default -> false;
        };
    }
}
