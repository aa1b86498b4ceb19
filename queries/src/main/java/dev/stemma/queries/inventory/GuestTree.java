package dev.stemma.queries.inventory;

import dev.stemma.graph.model.GuestPath;
import java.util.Map;

/**
 * The files that a guest sees: a root directory, and other root directories where they are mounted. One file system by itself has no mounts.
 *
 * @param root id of a root directory
 * @param mounts ids of root directories by the path of their mount points, which may lie in one another; the root is not among them
 */
public record GuestTree(String root, Map<GuestPath, String> mounts) {

    public GuestTree {
        mounts = Map.copyOf(mounts);
    }

    /** A file system by itself. */
    public static GuestTree of(String root) {
        return new GuestTree(root, Map.of());
    }

    /** The mount point of the file system that a path, links followed, lies in: the deepest above it, or the root. */
    public GuestPath mountPoint(GuestPath resolved) {
        for (GuestPath at = resolved; at.depth() > 0; at = at.parent()) {
            if (mounts.containsKey(at)) {
                return at;
            }
        }
        return GuestPath.ROOT;
    }
}
