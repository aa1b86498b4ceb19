package dev.stemma.ontology.sparql;

import dev.stemma.graph.store.Row;
import dev.stemma.ontology.sparql.pushdown.Pushed;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.apache.jena.atlas.io.IndentedWriter;
import org.apache.jena.query.QueryCancelledException;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.engine.iterator.QueryIteratorBase;
import org.apache.jena.sparql.serializer.SerializationContext;
import org.jspecify.annotations.Nullable;

/**
 * The solutions of statements, run one after the other as they are wanted. Used by one thread; another one, ARQ's timer,
 * may cancel it, after which it never ends as if it had given all.
 */
final class PushedIterator extends QueryIteratorBase {

    /**
     * A statement to run.
     *
     * @param before the solutions that its rows go on from, by number; a single one where the statement takes no input
     */
    record Run(Pushed pushed, Supplier<RowStream> rows, List<Binding> before) {}

    private final Deque<Run> runs;
    private @Nullable Run run;
    private volatile @Nullable RowStream rows;
    private volatile boolean cancelled;
    private @Nullable Binding next;

    PushedIterator(List<Run> runs) {
        this.runs = new ArrayDeque<>(runs);
    }

    @Override
    protected boolean hasNextBinding() {
        while (next == null) {
            RowStream stream = rows;
            if (stream == null || run == null) {
                run = runs.poll();
                if (run == null) {
                    return end();
                }
                stream = run.rows().get();
                rows = stream;
            }
            Row row = stream.next();
            if (row == null) {
                stream.close();
                rows = null;
            } else {
                Binding before =
                        run.before().get(run.pushed().input() ? run.pushed().from(row) : 0);
                next = run.pushed().binding(row, before);
            }
        }
        return true;
    }

    private boolean end() {
        if (cancelled) {
            throw new QueryCancelledException();
        }
        return false;
    }

    @Override
    protected Binding moveToNextBinding() {
        Binding binding = next;
        if (binding == null) {
            throw new java.util.NoSuchElementException();
        }
        next = null;
        return binding;
    }

    @Override
    protected void closeIterator() {
        closeStream();
        runs.clear();
    }

    /** The statements that wait are left: who finds none would take that for the end. */
    @Override
    protected void requestCancel() {
        cancelled = true;
        closeStream();
    }

    private void closeStream() {
        RowStream stream = rows;
        if (stream != null) {
            stream.close();
        }
    }

    @Override
    public void output(IndentedWriter out, SerializationContext context) {
        out.print("PushedIterator");
    }
}
