package dev.stemma.ingest.emit;

import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.tree.TreeNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Writes what one run finds while it goes on reading: the nodes of Merkle trees in two lanes, packages and the paths they own in
 * another, so that the graph has something to do all the time. All of it may be repeated, and shows in no inventory yet.
 *
 * <p>For one thread. Failures of the graph arrive at a later call, at {@link #finish} the latest. Close it to drop what is not
 * written.
 */
public final class RunWriter implements Consumer<TreeNode>, AutoCloseable {

    private final Graph graph;
    private final Semaphore turns;
    private final Lane owned = new Lane("owned", 8);
    private final TreeWriter nodes;
    private final List<OwnedPaths> guests = new ArrayList<>();
    private volatile boolean myTurn;

    /** @param turns whoever writes owned paths has its one permit: two runs would write the same version twice */
    RunWriter(Graph graph, ReentrantLock writing, Semaphore turns) {
        this.graph = graph;
        this.turns = turns;
        this.nodes = new TreeWriter(graph, writing);
    }

    /** Takes the finished nodes of Merkle trees, below before above. */
    @Override
    public void accept(TreeNode node) {
        nodes.accept(node);
    }

    /** Writes package versions that the graph does not have, without the paths they own. */
    public void packages(Collection<InstalledPackage> packages) {
        owned.submit(() -> PackageWriter.versions(graph, packages));
    }

    /** Where the entries of a guest go, so that its packages get the paths they own; the packages were given before. */
    public OwnedPaths guest(Collection<InstalledPackage> packages) {
        OwnedPaths paths = new OwnedPaths(graph, this, packages);
        guests.add(paths);
        return paths;
    }

    /** Waits until everything is written. */
    public void finish() {
        nodes.flush();
        guests.forEach(OwnedPaths::finish);
        nodes.finish();
        owned.finish();
    }

    CompletableFuture<Void> nodesSoFar() {
        return nodes.settled();
    }

    Lane owned() {
        return owned;
    }

    /** Called in the lane. */
    void takeTurn() {
        if (!myTurn) {
            turns.acquireUninterruptibly();
            myTurn = true;
        }
    }

    @Override
    public void close() {
        nodes.close();
        owned.close();
        if (myTurn) {
            turns.release();
        }
    }
}
