package dev.stemma.ingest.filesystem.xfs;

import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;

/**
 * One of the two parts of an inode that hold or lead to what belongs to it.
 *
 * @param area its bytes in the inode
 * @param extents how many the inode counts; only with {@link Format#EXTENTS} and {@link Format#BTREE}
 */
record Fork(String name, Format format, Fields area, long extents) {

    /** In which way it holds something. */
    enum Format {
        /** A device number. */
        DEVICE,
        /** The thing itself. */
        LOCAL,
        /** A list of extents. */
        EXTENTS,
        /** The root of a tree of extents. */
        BTREE
    }

    static Fork of(String name, int format, Fields area, long extents) throws Corrupt {
        return switch (format) {
            case 0 -> new Fork(name, Format.DEVICE, area, 0);
            case 1 -> new Fork(name, Format.LOCAL, area, 0);
            case 2 -> new Fork(name, Format.EXTENTS, area, extents);
            case 3 -> new Fork(name, Format.BTREE, area, extents);
            default -> throw new Corrupt("bad-value", area.origin(), "is of no known format: " + format);
        };
    }
}
