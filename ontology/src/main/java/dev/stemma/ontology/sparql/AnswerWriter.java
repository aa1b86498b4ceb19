package dev.stemma.ontology.sparql;

import dev.stemma.ontology.vocabulary.Stemma;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Objects;
import java.util.Set;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFFormat;
import org.apache.jena.riot.RDFWriter;
import org.apache.jena.riot.resultset.ResultSetLang;
import org.apache.jena.riot.rowset.RowSetWriter;
import org.apache.jena.riot.rowset.RowSetWriterRegistry;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.riot.system.StreamRDFWriter;
import org.apache.jena.shared.PrefixMapping;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.exec.RowSet;
import org.apache.jena.sparql.exec.RowSetStream;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sparql.util.Context;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.XSD;

/** Writes answers in the W3C's formats, each row or triple as it comes, counted. */
final class AnswerWriter {

    private final SparqlFormat format;
    private final Allowance allowance;
    private final OutputStream out;

    AnswerWriter(SparqlFormat format, Allowance allowance, OutputStream out) {
        this.format = format;
        this.allowance = allowance;
        this.out = out;
    }

    void rows(RowSet rows) {
        long[] count = {0};
        Iterator<Binding> counted = Iter.map(inTime(rows), row -> {
            allowance.answered(++count[0]);
            return row;
        });
        writer().write(out, RowSetStream.create(rows.getResultVars(), counted), context());
    }

    void truth(boolean answer) {
        allowance.check();
        writer().write(out, answer, context());
    }

    /**
     * ARQ's timer closes steps under the thread that reads them, and a closed step may look like one that has no more: what
     * ends after its time is never taken for whole.
     */
    private <T> Iterator<T> inTime(Iterator<T> answers) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                boolean more = answers.hasNext();
                if (!more) {
                    allowance.check();
                }
                return more;
            }

            @Override
            public T next() {
                return answers.next();
            }
        };
    }

    private static Context context() {
        return new Context();
    }

    private RowSetWriter writer() {
        Lang lang = language(format);
        return Objects.requireNonNull(RowSetWriterRegistry.getFactory(lang), lang.getName())
                .create(lang);
    }

    /** A graph is a set: what a template makes twice is written once. */
    void triples(Iterator<Triple> constructed, PrefixMapping prefixes) {
        Iterator<Triple> triples = inTime(constructed);
        if (format == SparqlFormat.JSON_LD) {
            Graph graph = GraphFactory.createDefaultGraph();
            graph.getPrefixMapping().setNsPrefixes(prefixes);
            triples.forEachRemaining(triple -> {
                graph.add(triple);
                allowance.answered(graph.size());
            });
            RDFWriter.source(graph).format(RDFFormat.JSONLD11).output(out);
            return;
        }
        StreamRDF stream = StreamRDFWriter.getWriterStream(
                out, format == SparqlFormat.TURTLE ? RDFFormat.TURTLE_BLOCKS : RDFFormat.NTRIPLES);
        Set<Triple> seen = new HashSet<>();
        stream.start();
        if (format == SparqlFormat.TURTLE) {
            prefixes.getNsPrefixMap().forEach(stream::prefix);
        }
        triples.forEachRemaining(triple -> {
            if (seen.add(triple)) {
                allowance.answered(seen.size());
                stream.triple(triple);
            }
        });
        stream.finish();
    }

    /** The prefixes of a query, and those that everybody wants. */
    static PrefixMapping prefixes(PrefixMapping ofQuery) {
        PrefixMapping prefixes = PrefixMapping.Factory.create();
        prefixes.setNsPrefix("stemma", Stemma.NS);
        prefixes.setNsPrefix("prov", "http://www.w3.org/ns/prov#");
        prefixes.setNsPrefix("rdf", RDF.getURI());
        prefixes.setNsPrefix("xsd", XSD.getURI());
        prefixes.setNsPrefixes(ofQuery);
        return prefixes;
    }

    private static Lang language(SparqlFormat format) {
        return switch (format) {
            case JSON -> ResultSetLang.RS_JSON;
            case XML -> ResultSetLang.RS_XML;
            case CSV -> ResultSetLang.RS_CSV;
            case TSV -> ResultSetLang.RS_TSV;
            case TURTLE, N_TRIPLES, JSON_LD -> throw new IllegalStateException("rows in " + format);
        };
    }
}
