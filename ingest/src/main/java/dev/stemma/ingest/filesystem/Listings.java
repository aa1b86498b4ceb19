package dev.stemma.ingest.filesystem;

import dev.stemma.ingest.problem.ImageProblem;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Directories that were listed lately, {@value #MAX_ENTRIES} entries at most: who finds the owners of paths lists nearly all of them, and
 * the walk does so again. Safe for use by several threads.
 */
public final class Listings {

    private static final int MAX_ENTRIES = 300_000;

    private final Map<Long, List<Node>> kept = new LinkedHashMap<>(256, 0.75f, true);
    private int entries;

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
            entries += nodes.size() + 1;
            Iterator<List<Node>> eldest = kept.values().iterator();
            while (entries > MAX_ENTRIES) {
                entries -= eldest.next().size() + 1;
                eldest.remove();
            }
        }
    }
}
