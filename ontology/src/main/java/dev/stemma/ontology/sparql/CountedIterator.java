package dev.stemma.ontology.sparql;

import org.apache.jena.atlas.io.IndentedWriter;
import org.apache.jena.sparql.engine.QueryIterator;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.engine.iterator.QueryIteratorBase;
import org.apache.jena.sparql.serializer.SerializationContext;

/** Solutions, each counted against the query's limits as it passes. */
final class CountedIterator extends QueryIteratorBase {

    private final QueryIterator inner;
    private final Allowance allowance;

    CountedIterator(QueryIterator inner, Allowance allowance) {
        this.inner = inner;
        this.allowance = allowance;
    }

    @Override
    protected boolean hasNextBinding() {
        return inner.hasNext();
    }

    @Override
    protected Binding moveToNextBinding() {
        allowance.row();
        return inner.next();
    }

    @Override
    protected void closeIterator() {
        inner.close();
    }

    @Override
    protected void requestCancel() {
        inner.cancel();
    }

    @Override
    public void output(IndentedWriter out, SerializationContext context) {
        inner.output(out, context);
    }
}
