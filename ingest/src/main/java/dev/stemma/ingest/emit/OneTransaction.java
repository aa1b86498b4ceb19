package dev.stemma.ingest.emit;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/** A graph whose every read and write is part of one transaction, which ends with whoever began it. One caller at a time is served. */
record OneTransaction(Transaction transaction, ReentrantLock serving) implements Graph {

    @Override
    public List<Row> read(Statement statement) {
        return writing(within -> within.run(statement));
    }

    @Override
    public void stream(Statement statement, Consumer<Row> each) {
        read(statement).forEach(each);
    }

    @Override
    public void stream(Statement statement, Duration limit, Consumer<Row> each) {
        read(statement).forEach(each);
    }

    @Override
    public <T> T reading(Function<Transaction, T> work) {
        return writing(work);
    }

    @Override
    public List<Row> write(Statement statement) {
        return writing(within -> within.run(statement));
    }

    @Override
    public <T> T writing(Function<Transaction, T> work) {
        serving.lock();
        try {
            return work.apply(transaction);
        } finally {
            serving.unlock();
        }
    }

    @Override
    public void close() {}
}
