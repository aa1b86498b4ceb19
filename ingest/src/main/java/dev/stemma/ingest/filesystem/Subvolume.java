package dev.stemma.ingest.filesystem;

/**
 * Which tree of a btrfs a reader reads; see {@code btrfs-subvolume(8)}.
 *
 * @param id as {@code subvolid=} takes it; 5 for the top level
 * @param path from the top level, in escaped form and without a slash before it; empty for the top level
 * @param byDefault whether it is mounted where nobody names one
 */
public record Subvolume(long id, String path, boolean byDefault) {

    /** The id of the tree that every btrfs has. */
    public static final long TOP_LEVEL = 5;
}
