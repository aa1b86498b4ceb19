package dev.stemma.graph.model;

import java.time.Instant;
import java.util.Optional;

/**
 * The times of an entry, as far as its file system keeps them.
 *
 * @param modified content last changed (mtime)
 * @param changed inode last changed (ctime)
 * @param accessed last read (atime)
 * @param born created (crtime)
 */
public record Times(Instant modified, Optional<Instant> changed, Optional<Instant> accessed, Optional<Instant> born) {

    /** Only the modification time is known. */
    public static Times modifiedAt(Instant modified) {
        return new Times(modified, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
