package dev.stemma.ingest.analyze.dpkg;

import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.OverBudget;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The lists of packages one after the other, a few of them read ahead by another thread: reading them and finding where their paths
 * lie take about as long. For one thread. Close it before the guest's readers.
 */
final class ListsAhead implements AutoCloseable {

    /** Few, since a package may have a list of 64 MiB. */
    private static final int AHEAD = 8;

    private final GuestFiles files;
    private final Iterator<StatusEntry> rest;
    private final Queue<Future<PackageLists>> coming = new ArrayDeque<>();
    private final ExecutorService reader = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("stemma-dpkg").factory());

    ListsAhead(GuestFiles files, List<StatusEntry> entries) {
        this.files = files;
        this.rest = entries.iterator();
        for (int i = 0; i < AHEAD; i++) {
            readNext();
        }
    }

    private void readNext() {
        if (rest.hasNext()) {
            StatusEntry entry = rest.next();
            coming.add(reader.submit(() -> PackageLists.read(files, entry)));
        }
    }

    /**
     * Those of the next package.
     *
     * @throws ImageProblem when they cannot be read; those after can be asked for all the same
     */
    PackageLists next() throws ImageProblem {
        readNext();
        try {
            return coming.remove().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OverBudget("cancelled", files.origin(), "interrupted");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case ImageProblem problem -> throw problem;
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException("reading lists failed", e);
            }
        }
    }

    /** Waits for what is being read. */
    @Override
    public void close() {
        coming.forEach(one -> one.cancel(false));
        reader.close();
    }
}
