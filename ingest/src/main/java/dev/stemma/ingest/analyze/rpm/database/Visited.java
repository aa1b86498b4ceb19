package dev.stemma.ingest.analyze.rpm.database;

import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.util.BitSet;

/** The pages of a database that were read: each belongs to one thing, so that whoever comes back to one goes in a circle. */
final class Visited {

    private final BitSet pages = new BitSet();
    private final long first;
    private final long last;
    private final Origin origin;
    private final Budget budget;

    Visited(long first, long last, Origin origin, Budget budget) {
        this.first = first;
        this.last = last;
        this.origin = origin;
        this.budget = budget;
    }

    /** Takes a page for reading. */
    void enter(long page) throws ImageProblem {
        if (page < first || page > last || page > Integer.MAX_VALUE) {
            throw new Corrupt("out-of-bounds", origin, "names page " + page + " of " + first + " to " + last);
        }
        if (pages.get((int) page)) {
            throw new Corrupt("loop", origin, "page " + page + " is named twice");
        }
        pages.set((int) page);
        budget.check(origin);
    }
}
