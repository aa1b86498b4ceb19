package dev.stemma.ontology.export;

import dev.stemma.ontology.mapping.Iris;
import dev.stemma.ontology.mapping.Mapping;
import dev.stemma.ontology.vocabulary.Stemma;
import java.io.OutputStream;
import java.util.Collection;
import java.util.Comparator;
import java.util.TreeSet;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.RDFFormat;
import org.apache.jena.riot.RDFWriter;
import org.apache.jena.riot.out.NodeFmtLib;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.riot.system.StreamRDFWriter;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.XSD;

/** A lineage as PROV-O (W3C Recommendation of 30 April 2013): the mapping's triples, which say PROV's words too. */
final class ProvRdf {

    private static final String PROV = "http://www.w3.org/ns/prov#";
    private static final Node HAD_ACTIVITY = NodeFactory.createURI(PROV + "hadActivity");

    private final Mapping mapping = Mapping.STEMMA;
    private final Collection<Triple> triples = new TreeSet<>(Comparator.comparing((Triple t) -> text(t.getSubject()))
            .thenComparing(t -> text(t.getPredicate()))
            .thenComparing(t -> text(t.getObject())));

    ProvRdf(Lineage lineage) {
        TripleMaker maker = new TripleMaker(mapping, triples::add);
        for (Lineage.Node node : lineage.nodes()) {
            maker.node(node.id(), node.properties());
            if (node.properties().get("name") instanceof String name) {
                triples.add(Triple.create(
                        maker.iri(node.id()), RDFS.label.asNode(), NodeFactory.createLiteralString(name)));
            }
        }
        for (Lineage.Link link : lineage.links()) {
            var term = mapping.relationship(link.type());
            maker.relationship(term, link.start(), link.end(), link.properties());
            if (link.type().equals("DERIVED_FROM")) {
                Node derivation = maker.iri(TripleMaker.individual(term, link.start(), link.end(), link.properties()));
                lineage.activities(link)
                        .forEach(activity -> triples.add(Triple.create(derivation, HAD_ACTIVITY, maker.iri(activity))));
            }
        }
    }

    private static String text(Node node) {
        return NodeFmtLib.strNT(node);
    }

    /** The triples, sorted. */
    Collection<Triple> triples() {
        return triples;
    }

    void turtle(OutputStream out) {
        StreamRDF stream = StreamRDFWriter.getWriterStream(out, RDFFormat.TURTLE_BLOCKS);
        stream.start();
        stream.prefix("prov", PROV);
        stream.prefix("stemma", Stemma.NS);
        stream.prefix("rdfs", RDFS.getURI());
        stream.prefix("xsd", XSD.getURI());
        triples.forEach(stream::triple);
        stream.finish();
    }

    void jsonLd(OutputStream out) {
        Graph graph = GraphFactory.createDefaultGraph();
        triples.forEach(graph::add);
        graph.getPrefixMapping()
                .setNsPrefix("prov", PROV)
                .setNsPrefix("stemma", Stemma.NS)
                .setNsPrefix("id", Iris.BASE)
                .setNsPrefix("rdfs", RDFS.getURI())
                .setNsPrefix("xsd", XSD.getURI());
        RDFWriter.source(graph).format(RDFFormat.JSONLD11_PRETTY).output(out);
    }
}
