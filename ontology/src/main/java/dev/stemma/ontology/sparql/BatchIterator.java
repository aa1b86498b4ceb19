package dev.stemma.ontology.sparql;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.jena.atlas.io.IndentedWriter;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.engine.ExecutionContext;
import org.apache.jena.sparql.engine.QueryIterator;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.engine.iterator.QueryIterPlainWrapper;
import org.apache.jena.sparql.engine.iterator.QueryIteratorBase;
import org.apache.jena.sparql.serializer.SerializationContext;
import org.jspecify.annotations.Nullable;

/** A pattern that goes on from solutions, a batch of them in one statement. */
final class BatchIterator extends QueryIteratorBase {

    private final QueryIterator input;
    private final GraphRunner runner;
    private final Op pattern;
    private final BiFunction<Op, QueryIterator, QueryIterator> otherwise;
    private final ExecutionContext context;
    private @Nullable QueryIterator current;

    BatchIterator(
            QueryIterator input,
            GraphRunner runner,
            Op pattern,
            BiFunction<Op, QueryIterator, QueryIterator> otherwise,
            ExecutionContext context) {
        this.input = input;
        this.runner = runner;
        this.pattern = pattern;
        this.otherwise = otherwise;
        this.context = context;
    }

    @Override
    protected boolean hasNextBinding() {
        while (current == null || !current.hasNext()) {
            if (current != null) {
                current.close();
                current = null;
            }
            List<Binding> batch = new ArrayList<>();
            while (batch.size() < GraphRunner.BATCH && input.hasNext()) {
                batch.add(input.next());
            }
            if (batch.isEmpty()) {
                return false;
            }
            Optional<QueryIterator> solutions = runner.run(pattern, batch);
            current = solutions.orElseGet(
                    () -> otherwise.apply(pattern, QueryIterPlainWrapper.create(batch.iterator(), context)));
        }
        return true;
    }

    @Override
    protected Binding moveToNextBinding() {
        if (current == null) {
            throw new NoSuchElementException();
        }
        return current.next();
    }

    @Override
    protected void closeIterator() {
        if (current != null) {
            current.close();
        }
        input.close();
    }

    @Override
    protected void requestCancel() {
        if (current != null) {
            current.cancel();
        }
        input.cancel();
    }

    @Override
    public void output(IndentedWriter out, SerializationContext serialization) {
        out.print("BatchIterator");
    }
}
