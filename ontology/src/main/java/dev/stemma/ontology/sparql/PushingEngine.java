package dev.stemma.ontology.sparql;

import dev.stemma.ontology.sparql.pushdown.Rewrites;
import org.apache.jena.query.ARQ;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.algebra.TransformCopy;
import org.apache.jena.sparql.algebra.Transformer;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.engine.Plan;
import org.apache.jena.sparql.engine.QueryEngineFactory;
import org.apache.jena.sparql.engine.QueryEngineRegistry;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.engine.main.QC;
import org.apache.jena.sparql.engine.main.QueryEngineMain;
import org.apache.jena.sparql.util.Context;

/** ARQ's engine with {@link PushingExecutor} in it and with functions under the query's limits. One for each query. */
final class PushingEngine extends QueryEngineMain {

    private final Allowance allowance;

    private PushingEngine(Query query, DatasetGraph dataset, Binding initial, Context context, Allowance allowance) {
        super(query, dataset, initial, context);
        this.allowance = allowance;
    }

    @Override
    protected Op modifyOp(Op op) {
        return Transformer.transform(new TransformCopy(), new Bounds(allowance), super.modifyOp(op));
    }

    /** A context in which queries run by this engine. */
    static Context context(GraphRunner runner) {
        Context context = ARQ.getContext().copy();
        QC.setFactory(context, cxt -> new PushingExecutor(cxt, runner));
        QueryEngineRegistry registry = new QueryEngineRegistry();
        registry.add(new Factory(runner.allowance()));
        QueryEngineRegistry.set(context, registry);
        Rewrites.choose(context);
        return context;
    }

    private record Factory(Allowance allowance) implements QueryEngineFactory {
        @Override
        public boolean accept(Query query, DatasetGraph dataset, Context context) {
            return true;
        }

        @Override
        public Plan create(Query query, DatasetGraph dataset, Binding initial, Context context) {
            return new PushingEngine(query, dataset, initial, context, allowance).getPlan();
        }

        @Override
        public boolean accept(Op op, DatasetGraph dataset, Context context) {
            return false;
        }

        @Override
        public Plan create(Op op, DatasetGraph dataset, Binding initial, Context context) {
            throw new UnsupportedOperationException("queries only");
        }
    }
}
