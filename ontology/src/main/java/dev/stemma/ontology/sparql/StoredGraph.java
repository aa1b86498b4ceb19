package dev.stemma.ontology.sparql;

import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.graph.impl.GraphBase;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.QueryIterator;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.util.iterator.ExtendedIterator;
import org.apache.jena.util.iterator.NiceIterator;
import org.jspecify.annotations.Nullable;

/** The stored graph as ARQ sees it where it asks triple by triple. Read only. */
final class StoredGraph extends GraphBase {

    private static final Var S = Var.alloc("s");
    private static final Var P = Var.alloc("p");
    private static final Var O = Var.alloc("o");

    private final GraphRunner runner;

    StoredGraph(GraphRunner runner) {
        this.runner = runner;
    }

    @Override
    protected ExtendedIterator<Triple> graphBaseFind(Triple pattern) {
        Triple open = Triple.create(
                place(pattern.getSubject(), S), place(pattern.getPredicate(), P), place(pattern.getObject(), O));
        QueryIterator solutions = runner.find(open)
                .orElseThrow(() -> new IllegalStateException("a single triple is always compiled: " + open));
        return new Triples(solutions, open);
    }

    private static Node place(@Nullable Node node, Var variable) {
        return node != null && node.isConcrete() ? node : variable;
    }

    /** Solutions as triples. */
    private final class Triples extends NiceIterator<Triple> {
        private final QueryIterator solutions;
        private final Triple open;

        Triples(QueryIterator solutions, Triple open) {
            this.solutions = solutions;
            this.open = open;
        }

        @Override
        public boolean hasNext() {
            return solutions.hasNext();
        }

        @Override
        public Triple next() {
            runner.allowance().row();
            Binding solution = solutions.next();
            return Triple.create(
                    filled(open.getSubject(), solution),
                    filled(open.getPredicate(), solution),
                    filled(open.getObject(), solution));
        }

        private static Node filled(Node place, Binding solution) {
            return place.isVariable() ? solution.get(Var.alloc(place)) : place;
        }

        @Override
        public void close() {
            solutions.close();
        }
    }
}
