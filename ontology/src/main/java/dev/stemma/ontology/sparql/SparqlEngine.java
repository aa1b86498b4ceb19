package dev.stemma.ontology.sparql;

import dev.stemma.graph.store.Graph;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Answers SPARQL 1.1 queries from the graph. Safe for use by several threads; holds nothing between queries. The graph is
 * not closed with it.
 */
public final class SparqlEngine {

    private final Graph graph;

    /**
     * @param graph stays the caller's
     */
    public SparqlEngine(Graph graph) {
        this.graph = graph;
    }

    /**
     * Parses a query and checks that it is one that Stemma runs.
     *
     * @throws SparqlProblem {@link SparqlProblem.Code#SYNTAX} or {@link SparqlProblem.Code#UNSUPPORTED}
     */
    public SparqlQuery parse(String text) {
        throw new SparqlProblem(SparqlProblem.Code.UNSUPPORTED, "not yet: " + text.length());
    }

    /**
     * Runs a query and writes its answer as it arrives. The stream is flushed and stays open. A problem may come after
     * part of the answer was written.
     *
     * @throws SparqlProblem with any code but {@code SYNTAX}
     * @throws IOException when the stream refuses
     */
    public void run(SparqlQuery query, SparqlFormat format, SparqlLimits limits, OutputStream out) throws IOException {
        throw new SparqlProblem(SparqlProblem.Code.UNSUPPORTED, "not yet: " + query + format + limits + out + graph);
    }
}
