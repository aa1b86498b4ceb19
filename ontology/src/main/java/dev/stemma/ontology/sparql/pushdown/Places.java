package dev.stemma.ontology.sparql.pushdown;

import dev.stemma.ontology.mapping.Mapping;
import dev.stemma.ontology.mapping.RelationshipTerm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.jena.graph.Node;
import org.jspecify.annotations.Nullable;

/**
 * The nodes and relationships that one way of a pattern talks of. Places that must be the same node are made one before
 * anything is written, so that the planner sees one pattern and not two with a comparison.
 */
final class Places {

    /** A node of the statement. */
    static final class NodeRef {
        private final String name;
        private Set<String> labels;
        private final boolean bound;
        private final List<String> keys = new ArrayList<>();
        private @Nullable NodeRef same;

        NodeRef(String name, Set<String> labels, boolean bound) {
            this.name = name;
            this.labels = labels;
            this.bound = bound;
        }

        private NodeRef root() {
            return same == null ? this : same.root();
        }

        String name() {
            return root().name;
        }

        Set<String> labels() {
            return root().labels;
        }

        boolean bound() {
            return root().bound;
        }

        /** Expressions that its key must equal. */
        List<String> keys() {
            return root().keys;
        }

        Slot.OfNode slot() {
            return new Slot.OfNode(name(), labels(), false);
        }
    }

    /** A relationship of the statement that has an individual. */
    record StatementRef(
            String name,
            RelationshipTerm relationship,
            NodeRef start,
            NodeRef end,
            boolean bound,
            @Nullable String source) {

        Slot.OfStatement slot() {
            return new Slot.OfStatement(name, relationship, start.slot(), end.slot(), false);
        }
    }

    private final Mapping mapping;
    private final Draft draft;
    private final Map<Node, String> anchors;
    private final Map<Node, NodeRef> nodes = new LinkedHashMap<>();
    private final Map<Node, StatementRef> statements = new LinkedHashMap<>();
    private final List<String> conditions = new ArrayList<>();

    /**
     * @param anchors terms that are known before, as expressions
     */
    Places(Mapping mapping, Draft draft, Typed typed, Map<Node, String> anchors) {
        this.mapping = mapping;
        this.draft = draft;
        this.anchors = new HashMap<>(anchors);
        typed.shapes().stream()
                .flatMap(shape -> Stream.of(shape.s(), shape.o()))
                .forEach(place -> {
                    switch (typed.kinds().get(place)) {
                        case Kind.OfNode(var labels) -> nodes.computeIfAbsent(place, p -> node(p, labels));
                        case Kind.OfStatement(var type) -> statements.computeIfAbsent(place, p -> statement(p, type));
                        case Kind.OfValue _, Kind.OfTerm _ -> {}
                        case null -> throw new IllegalStateException("untyped: " + place);
                    }
                });
    }

    private NodeRef node(Node place, Set<String> labels) {
        if (draft.slots().get(place) instanceof Slot.OfNode slot) {
            Set<String> both = new HashSet<>(slot.labels());
            both.retainAll(labels);
            if (both.size() < slot.labels().size()) {
                conditions.add(slot.name() + ":"
                        + String.join("|", both.stream().sorted().toList()));
            }
            return new NodeRef(slot.name(), both, true);
        }
        NodeRef ref = new NodeRef(draft.name("n"), labels, false);
        String anchor = anchors.get(place);
        if (anchor != null) {
            ref.keys.add(anchor);
        }
        return ref;
    }

    private StatementRef statement(Node place, String type) {
        RelationshipTerm relationship = mapping.relationship(type);
        if (draft.slots().get(place) instanceof Slot.OfStatement slot) {
            return new StatementRef(slot.name(), relationship, bound(slot.start()), bound(slot.end()), true, null);
        }
        NodeRef start = new NodeRef(draft.name("n"), relationship.starts(), false);
        NodeRef end = new NodeRef(draft.name("n"), relationship.ends(), false);
        return new StatementRef(draft.name("r"), relationship, start, end, false, anchors.get(place));
    }

    private static NodeRef bound(Slot.OfNode slot) {
        return new NodeRef(slot.name(), slot.labels(), true);
    }

    /** Makes two nodes one. */
    void unify(NodeRef some, NodeRef other) {
        NodeRef a = some.root();
        NodeRef b = other.root();
        if (a == b) {
            return;
        }
        NodeRef keep = a.bound ? a : b;
        NodeRef give = a.bound ? b : a;
        if (give.bound && !give.name.equals(keep.name)) {
            conditions.add(keep.name + " = " + give.name);
        }
        Set<String> both = new HashSet<>(keep.labels);
        both.retainAll(give.labels);
        if (keep.bound && both.size() < keep.labels.size() && !both.isEmpty()) {
            conditions.add(
                    keep.name + ":" + String.join("|", both.stream().sorted().toList()));
        }
        keep.labels = both;
        keep.keys.addAll(give.keys);
        give.same = keep;
    }

    /** Whether each node still has a label that it can have. */
    boolean possible() {
        return Stream.concat(
                        nodes.values().stream(), statements.values().stream().flatMap(s -> Stream.of(s.start, s.end)))
                .noneMatch(ref -> ref.labels().isEmpty());
    }

    NodeRef node(Node place) {
        NodeRef ref = nodes.get(place);
        if (ref == null) {
            throw new IllegalStateException("not a node: " + place);
        }
        return ref;
    }

    StatementRef statement(Node place) {
        StatementRef ref = statements.get(place);
        if (ref == null) {
            throw new IllegalStateException("not a relationship: " + place);
        }
        return ref;
    }

    Map<Node, NodeRef> nodes() {
        return nodes;
    }

    Map<Node, StatementRef> statements() {
        return statements;
    }

    /** Names that were bound before. */
    List<String> bound() {
        return Stream.concat(
                        nodes.values().stream(), statements.values().stream().flatMap(s -> Stream.of(s.start, s.end)))
                .filter(NodeRef::bound)
                .map(NodeRef::name)
                .toList();
    }

    /** What must hold of nodes that were bound before. */
    Collection<String> conditions() {
        return conditions;
    }
}
