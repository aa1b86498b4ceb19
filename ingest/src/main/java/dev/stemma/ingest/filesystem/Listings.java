package dev.stemma.ingest.filesystem;

import dev.stemma.ingest.problem.ImageProblem;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Directories that were listed lately, {@value #MAX_WEIGHT} entries of usual size at most: who finds the owners of paths lists nearly all of them, and
 * the walk does so again. Safe for use by several threads.
 */
public final class Listings {

    private static final int MAX_WEIGHT = 300_000;

    private final Map<Long, List<Node>> kept = new LinkedHashMap<>(256, 0.75f, true);
    private long weight;

    /** Lists a directory. */
    public interface Lister {
        /** @return never changed again */
        List<Node> list() throws ImageProblem;
    }

    /**
     * The entries of a directory, listed now where they are not kept.
     *
     * @param directory what the reader knows it by
     */
    public List<Node> of(long directory, Lister lister) throws ImageProblem {
        synchronized (kept) {
            List<Node> known = kept.get(directory);
            if (known != null) {
                return known;
            }
        }
        List<Node> nodes = Collections.unmodifiableList(lister.list());
        keep(directory, nodes);
        return nodes;
    }

    private void keep(long directory, List<Node> nodes) {
        synchronized (kept) {
            if (kept.putIfAbsent(directory, nodes) != null) {
                return;
            }
            weight += weight(nodes);
            Iterator<List<Node>> eldest = kept.values().iterator();
            while (weight > MAX_WEIGHT) {
                weight -= weight(eldest.next());
                eldest.remove();
            }
        }
    }

    /** What keeping a directory takes, as so many entries of usual size. */
    public static long weight(Collection<Node> nodes) {
        long weight = 1;
        for (Node node : nodes) {
            weight += node.weight();
        }
        return weight;
    }
}
