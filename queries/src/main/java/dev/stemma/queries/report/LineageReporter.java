package dev.stemma.queries.report;

import dev.stemma.graph.store.Graph;
import java.io.IOException;
import java.time.Clock;

/** Makes lineage reports (row B4). Safe for use by several threads; keeps nothing. */
public final class LineageReporter {

    private final Graph graph;
    private final Clock clock;

    /**
     * @param clock what the time of the report is taken from
     */
    public LineageReporter(Graph graph, Clock clock) {
        this.graph = graph;
        this.clock = clock;
    }

    /**
     * The report on one image.
     *
     * @throws dev.stemma.queries.problem.QueryProblem {@code NOT_FOUND}
     */
    public LineageReport report(String imageId) {
        throw new UnsupportedOperationException("" + graph + clock);
    }

    /** Writes a report as one self-contained, printable HTML page (UTF-8; nothing is loaded from elsewhere). */
    public static void html(LineageReport report, Appendable out) throws IOException {
        throw new UnsupportedOperationException("" + report + out);
    }
}
