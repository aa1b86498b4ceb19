package dev.stemma.queries.similarity;

import dev.stemma.graph.id.Digest;
import java.util.function.ObjLongConsumer;

/**
 * Gives the contents of an inventory's files from where they lie side by side. In the graph they hang below the directories, one step each.
 * Safe for use by several threads.
 */
@FunctionalInterface
public interface FileContents {

    /** Knows none. */
    FileContents NONE = (_, _) -> false;

    /**
     * Gives the content of each regular file that is not empty and was read, with its bytes, in any order, and the same one as often as it likes.
     *
     * @param manifest digest of the inventory's manifest
     * @return whether that were all; when not, what was given is forgotten, and the graph is asked
     */
    boolean each(Digest manifest, ObjLongConsumer<Digest> contents);
}
