package dev.stemma.ontology.sparql;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.GraphException;
import dev.stemma.ontology.mapping.Mapping;
import dev.stemma.ontology.sparql.SparqlProblem.Code;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.apache.jena.atlas.RuntimeIOException;
import org.apache.jena.query.QueryCancelledException;
import org.apache.jena.shared.JenaException;
import org.apache.jena.shared.PrefixMapping;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.sparql.exec.QueryExec;

/**
 * Answers SPARQL 1.1 queries from the graph, read as {@link Mapping#STEMMA} says. Safe for use by several threads; holds
 * nothing between queries. The graph is not closed with it.
 */
public final class SparqlEngine {

    private final Graph graph;
    private final boolean wholePatterns;

    /**
     * @param graph stays the caller's
     */
    public SparqlEngine(Graph graph) {
        this(graph, true);
    }

    /** For comparison: without whole patterns each triple pattern is sent alone. */
    SparqlEngine(Graph graph, boolean wholePatterns) {
        this.graph = graph;
        this.wholePatterns = wholePatterns;
    }

    /**
     * Parses a query and checks that it is one that Stemma runs.
     *
     * @throws SparqlProblem {@link SparqlProblem.Code#SYNTAX} or {@link SparqlProblem.Code#UNSUPPORTED}
     */
    public SparqlQuery parse(String text) {
        return QueryGuard.parse(text);
    }

    /**
     * Runs a query and writes its answer as it arrives. The stream is flushed and stays open. A problem may come after
     * part of the answer was written.
     *
     * @throws SparqlProblem with any code but {@code SYNTAX}
     * @throws IOException when the stream refuses
     */
    public void run(SparqlQuery query, SparqlFormat format, SparqlLimits limits, OutputStream out) throws IOException {
        measure(query, format, limits, out);
    }

    /** The same; returns how many statements the graph was sent. */
    long measure(SparqlQuery query, SparqlFormat format, SparqlLimits limits, OutputStream out) throws IOException {
        if (!query.formats().contains(format)) {
            throw new SparqlProblem(
                    Code.NOT_ACCEPTABLE,
                    "a " + query.form() + " query is answered as one of "
                            + query.formats().stream().map(SparqlFormat::word).toList() + ", not " + format.word());
        }
        Allowance allowance = new Allowance(limits);
        GraphRunner runner = new GraphRunner(graph, Mapping.STEMMA, allowance, wholePatterns);
        AnswerWriter writer = new AnswerWriter(format, allowance, out);
        try (QueryExec execution = QueryExec.dataset(DatasetGraphFactory.wrap(new StoredGraph(runner)))
                .query(query.query())
                .context(PushingEngine.context(runner))
                .timeout(limits.time().toMillis() + 1, TimeUnit.MILLISECONDS)
                .build()) {
            write(query, execution, writer);
        } catch (QueryCancelledException e) {
            throw allowance.overtime(e);
        } catch (JenaException e) {
            throw new SparqlProblem(Code.UNSUPPORTED, "the query cannot be evaluated: " + e.getMessage(), e);
        } catch (GraphException e) {
            throw new SparqlProblem(Code.UNAVAILABLE, "the graph did not answer: " + e.getMessage(), e);
        } catch (RuntimeIOException e) {
            throw new IOException(e);
        } catch (StackOverflowError e) {
            throw new SparqlProblem(Code.UNSUPPORTED, "the query is nested too deeply");
        }
        out.flush();
        return allowance.statements();
    }

    private static void write(SparqlQuery query, QueryExec execution, AnswerWriter writer) {
        PrefixMapping prefixes = AnswerWriter.prefixes(query.query().getPrefixMapping());
        switch (query.form()) {
            case SELECT -> writer.rows(execution.select());
            case ASK -> writer.truth(execution.ask());
            case CONSTRUCT -> writer.triples(execution.constructTriples(), prefixes);
            case DESCRIBE -> writer.triples(execution.describeTriples(), prefixes);
        }
    }
}
