package dev.stemma.queries.inference;

import dev.stemma.graph.id.Digest;
import java.util.Optional;

/** Where files of images are listed with the times and inodes that the graph does not hold, and where texts of logs are. Safe for use by several threads. */
public interface GuestFileSource {

    /** Knows none. */
    GuestFileSource NONE = new GuestFileSource() {
        @Override
        public boolean each(Digest manifest, Visitor visitor) {
            return false;
        }

        @Override
        public Optional<String> text(Digest content) {
            return Optional.empty();
        }
    };

    /** Takes the files of an image. */
    @FunctionalInterface
    interface Visitor {
        /**
         * A regular file that was read.
         *
         * @param path escaped, within its file system
         * @param inode its number there
         * @param modified when its content last changed, in nanoseconds since 1970
         */
        void file(String path, Digest content, long inode, long modified);
    }

    /**
     * Gives each regular file that was read.
     *
     * @param manifest digest of an inventory's manifest
     * @return whether that were all; when not, what was given is forgotten
     */
    boolean each(Digest manifest, Visitor visitor);

    /** The text of a file's content, where it was kept. */
    Optional<String> text(Digest content);
}
