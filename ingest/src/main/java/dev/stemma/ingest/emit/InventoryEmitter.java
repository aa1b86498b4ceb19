package dev.stemma.ingest.emit;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.ContentSummary;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Verification;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes index runs into a graph. Everything before {@link #commit} may be repeated and shows
 * in no inventory; commit makes one visible, whole, or not at all. Safe for use by several threads; one emitter a graph.
 */
public final class InventoryEmitter {

    private final Graph graph;
    private final ReentrantLock writing = new ReentrantLock(true);
    private final Semaphore turns = new Semaphore(1, true);

    public InventoryEmitter(Graph graph) {
        this.graph = graph;
    }

    /** What writes the findings of one run while they are made; to be closed. */
    public RunWriter run() {
        return new RunWriter(graph, writing, turns);
    }

    /** Makes an inventory visible as the image's current one. */
    public Committed commit(Emission emission) {
        writing.lock();
        try {
            return new InventoryCommit(emission).run(graph);
        } finally {
            writing.unlock();
        }
    }

    /** With which contents package versions were found whole by earlier runs, by purl. */
    public Map<String, Digest> whole(Collection<String> purls) {
        return VerificationWriter.whole(graph, purls);
    }

    /** The contents of files that lay where versions own something, by purl and path, in the first image that had each. */
    public Map<String, Map<String, Digest>> ownedContents(Collection<String> purls) {
        return VerificationWriter.ownedContents(graph, purls);
    }

    /** Remembers with which contents package versions were found whole, which were written before. */
    public void remember(Map<String, Digest> whole) {
        writing.lock();
        try {
            VerificationWriter.remember(graph, whole);
        } finally {
            writing.unlock();
        }
    }

    /** Says what came of verifying the owned files of an inventory; what an earlier run said gives way. */
    public void record(Digest inventory, Verification verification) {
        writing.lock();
        try {
            graph.writing(transaction -> {
                VerificationWriter.write(transaction, inventory.hex(), verification);
                return true;
            });
        } finally {
            writing.unlock();
        }
    }

    /** Whether the owned files of an inventory were verified already, by this version. */
    public boolean verified(Digest inventory, String by) {
        return VerificationWriter.checked(graph, inventory.hex(), by);
    }

    /** Those of some contents that were not summarized by this version yet. */
    public Set<Digest> unsummarized(Set<Digest> contents, String by) {
        return SummaryWriter.without(graph, contents, by);
    }

    /** Writes what contents say of themselves, whose files must have been written; empty for what says nothing. */
    public void summarize(Map<Digest, Optional<ContentSummary>> summaries, String by) {
        writing.lock();
        try {
            SummaryWriter.write(graph, summaries, by);
        } finally {
            writing.unlock();
        }
    }

    /**
     * Writes a made-up inventory and takes it back, so that the server has planned and compiled what a run needs; takes some seconds
     * of a server that has just started. Nothing of it is ever visible; a commit beside it waits for its end.
     */
    public void rehearse() {
        Rehearsal.run(graph);
    }

    /** How many nodes and relationships the graph holds. */
    public Size size() {
        Row row = graph.read(Statement.named(InventoryEmitter.class, "emit/size.cypher"))
                .getFirst();
        return new Size(row.number("nodes"), row.number("relationships"));
    }

    /** How much a graph holds. */
    public record Size(long nodes, long relationships) {}

    /**
     * What a commit did.
     *
     * @param imageId id of the image
     * @param imageName its name
     * @param known whether the graph had the inventory before
     * @param current whether it was the image's current one before
     */
    public record Committed(String imageId, String imageName, boolean known, boolean current) {}

    /** What the graph says of the image at a location, for a run that may have nothing to do. */
    public List<Row> current(String location) {
        return graph.read(Statement.named(InventoryEmitter.class, "emit/current-inventory.cypher")
                .with(Map.of("location", location)));
    }

    /** Index keys hold 8,167 bytes; a longer path cannot be owned. */
    static boolean indexable(GuestPath path) {
        return path.escaped().length() <= 2_000;
    }
}
