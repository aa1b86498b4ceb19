package dev.stemma.ingest.volume;

/**
 * On which column, and in which row of it, a chunk lies. Columns and chunks count from 0. As {@code raid5_compute_sector} in
 * Linux's {@code drivers/md/raid5.c} has it.
 */
enum Layout {
    /** Round and round: LVM stripes, RAID0, RAID10 over one of each pair. */
    STRIPED(0) {
        @Override
        int column(long row, int place, int columns) {
            return place;
        }
    },
    /** RAID4: the last column is parity. */
    PARITY_LAST(1) {
        @Override
        int column(long row, int place, int columns) {
            return place;
        }
    },
    /** RAID5, left-symmetric: parity moves down from the last column, data begin after it. */
    LEFT_SYMMETRIC(1) {
        @Override
        int column(long row, int place, int columns) {
            return (parity(row, columns) + 1 + place) % columns;
        }
    },
    /** RAID6, left-symmetric: two columns of parity, beside each other. */
    LEFT_SYMMETRIC_6(2) {
        @Override
        int column(long row, int place, int columns) {
            return (parity(row, columns) + 2 + place) % columns;
        }
    };

    private final int parityColumns;

    Layout(int parityColumns) {
        this.parityColumns = parityColumns;
    }

    abstract int column(long row, int place, int columns);

    /** How many columns of a row hold data. */
    int dataColumns(int columns) {
        return columns - parityColumns;
    }

    private static int parity(long row, int columns) {
        return columns - 1 - (int) (row % columns);
    }
}
