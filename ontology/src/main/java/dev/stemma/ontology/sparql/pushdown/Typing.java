package dev.stemma.ontology.sparql.pushdown;

import static java.util.stream.Collectors.toCollection;

import dev.stemma.ontology.mapping.Mapping;
import dev.stemma.ontology.mapping.Use;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Node;

/**
 * Finds every way in which a pattern can match: a search over the shapes of its triples, the most certain first, that
 * keeps what the places can hold. Each solution of the pattern belongs to exactly one of the ways.
 */
final class Typing {

    /** More ways than this are refused; the pattern is then taken apart. */
    static final int MAX_WAYS = 128;

    private static final int MAX_STEPS = 20_000;

    private final Mapping mapping;
    private final List<List<Shapes.Candidate>> triples;
    private final List<Step.Chain> chains;
    private final Set<Node> bound;
    private final List<Typed> ways = new ArrayList<>();
    private int steps;

    private Typing(Mapping mapping, Step.Match match, Set<Node> bound) {
        Shapes shapes = new Shapes(mapping);
        this.mapping = mapping;
        this.triples = match.triples().stream()
                .map(shapes::of)
                .sorted(Comparator.comparingInt(List::size))
                .toList();
        this.chains = match.chains();
        this.bound = bound;
    }

    /**
     * @param known what terms and variables from before hold; a concrete term that is missing can match nothing
     * @param bound variables that the steps before have bound
     * @throws Refused when there are too many ways, or a chain cannot be walked in Cypher
     */
    static List<Typed> ways(Mapping mapping, Step.Match match, Map<Node, Kind> known, Set<Node> bound) {
        Typing typing = new Typing(mapping, match, bound);
        typing.search(0, known, List.of());
        return List.copyOf(typing.ways);
    }

    private void search(int at, Map<Node, Kind> kinds, List<Shape> shapes) {
        if (++steps > MAX_STEPS) {
            throw new Refused("too many ways to try");
        }
        if (at == triples.size()) {
            finish(kinds, shapes);
            return;
        }
        for (Shapes.Candidate candidate : triples.get(at)) {
            Map<Node, Kind> next = new HashMap<>(kinds);
            boolean fits = narrow(next, candidate.shape().s(), candidate.subject())
                    && narrow(next, candidate.shape().o(), candidate.object())
                    && narrowPredicate(next, candidate.shape());
            if (fits) {
                List<Shape> more = new ArrayList<>(shapes);
                more.add(candidate.shape());
                search(at + 1, next, more);
            }
        }
    }

    private static boolean narrowPredicate(Map<Node, Kind> kinds, Shape shape) {
        Node p =
                switch (shape) {
                    case Shape.AnyDirect any -> any.p();
                    case Shape.AnyValue any -> any.p();
                    case Shape.Qualified qualified -> qualified.p();
                    case Shape.Target target -> target.p();
                    case Shape.OfClass of -> of.p();
                    case Shape.Direct _, Shape.Value _, Shape.Chain _ -> null;
                };
        return p == null || narrow(kinds, p, new Kind.OfTerm());
    }

    private static boolean narrow(Map<Node, Kind> kinds, Node place, Kind kind) {
        Kind before = kinds.get(place);
        if (before == null && !place.isVariable()) {
            return false;
        }
        Optional<Kind> now = before == null ? Optional.of(kind) : Kind.meet(before, kind);
        now.ifPresent(k -> kinds.put(place, k));
        return now.isPresent();
    }

    private void finish(Map<Node, Kind> kinds, List<Shape> shapes) {
        Map<Node, Kind> all = new HashMap<>(kinds);
        List<Shape> more = new ArrayList<>(shapes);
        Set<Node> present = new LinkedHashSet<>(bound);
        shapes.forEach(shape -> {
            present.add(shape.s());
            present.add(shape.o());
        });
        List<Step.Chain> left = new ArrayList<>(chains);
        left.sort(Comparator.comparingInt(chain -> -chain.shortest()));
        for (Step.Chain chain : left) {
            if (!add(chain, all, present, more)) {
                return;
            }
        }
        if (ways.size() == MAX_WAYS) {
            throw new Refused("more than " + MAX_WAYS + " ways to match");
        }
        ways.add(new Typed(all, more));
    }

    private boolean add(Step.Chain chain, Map<Node, Kind> kinds, Set<Node> present, List<Shape> shapes) {
        Set<String> types = new HashSet<>();
        for (String predicate : chain.predicates()) {
            Optional<Use> use = mapping.use(predicate);
            if (use.isPresent()) {
                if (!(use.get() instanceof Use.Direct(var relationship))) {
                    throw new Refused("a path over " + predicate);
                }
                types.add(relationship.type());
            }
        }
        if (types.isEmpty()) {
            throw new Refused("a path over unknown predicates");
        }
        Set<String> starts = labels(types, true);
        Set<String> ends = labels(types, false);
        if (chain.shortest() == 0) {
            widen(chain.s(), chain.o(), kinds, present, starts, ends);
        }
        boolean fits =
                narrow(kinds, chain.s(), new Kind.OfNode(starts)) && narrow(kinds, chain.o(), new Kind.OfNode(ends));
        present.add(chain.s());
        present.add(chain.o());
        shapes.add(new Shape.Chain(chain.s(), Set.copyOf(types), chain.shortest(), chain.longest(), chain.o()));
        return fits;
    }

    /** A chain of no link has equal ends; one of them must be known to be in the graph. */
    private static void widen(
            Node s, Node o, Map<Node, Kind> kinds, Set<Node> present, Set<String> starts, Set<String> ends) {
        if (!present.contains(s) && !present.contains(o)) {
            throw new Refused("a path of no link between terms that need not be in the graph");
        }
        for (Node place : List.of(s, o)) {
            Kind kind = kinds.get(place);
            if (present.contains(place) && !(kind instanceof Kind.OfNode)) {
                throw new Refused("a path of no link at a value");
            }
            if (kind instanceof Kind.OfNode(var labels)) {
                starts.addAll(labels);
                ends.addAll(labels);
            }
        }
    }

    private Set<String> labels(Set<String> types, boolean start) {
        return types.stream()
                .map(mapping::relationship)
                .flatMap(r -> (start ? r.starts() : r.ends()).stream())
                .collect(toCollection(HashSet::new));
    }
}
