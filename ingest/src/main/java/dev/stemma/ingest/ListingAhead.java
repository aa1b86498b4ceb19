package dev.stemma.ingest;

import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.Node;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists all directories while analyzers ask for some of them, so that these, and the walk after them, find most already listed. What cannot
 * be listed is left to those who ask for it. Close it before the readers.
 */
final class ListingAhead implements AutoCloseable {

    /** About as much as readers keep: what came first would be forgotten again. */
    private static final int MAX_ENTRIES = 250_000;

    private static final Logger LOG = LoggerFactory.getLogger(ListingAhead.class);

    private final Budget budget;
    private final ExecutorService lister = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("stemma-list").factory());
    private volatile boolean closed;

    ListingAhead(Budget budget) {
        this.budget = budget;
    }

    /** Begins with these readers, those of them that keep what they list. */
    void start(List<FileSystemReader> readers) {
        readers.stream()
                .filter(FileSystemReader::keepsListings)
                .forEach(reader -> lister.execute(() -> attempt(reader)));
    }

    private void attempt(FileSystemReader reader) {
        try {
            list(reader);
        } catch (ImageProblem | RuntimeException e) {
            LOG.debug("listing {} ahead ended: {}", reader.origin(), e.toString());
        }
    }

    private void list(FileSystemReader reader) throws ImageProblem {
        Deque<Node> waiting = new ArrayDeque<>(List.of(reader.root()));
        int entries = 0;
        while (!waiting.isEmpty() && entries < MAX_ENTRIES && !closed) {
            budget.check(reader.origin());
            List<Node> nodes = reader.list(waiting.removeFirst());
            entries += nodes.size();
            for (Node node : nodes) {
                if (node.payload() instanceof Payload.Directory) {
                    waiting.addLast(node);
                }
            }
        }
    }

    /** Ends what is not done; waits for the directory that is being listed. */
    @Override
    public void close() {
        closed = true;
        lister.close();
    }
}
