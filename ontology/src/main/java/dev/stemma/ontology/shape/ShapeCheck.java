package dev.stemma.ontology.shape;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import org.apache.jena.graph.Graph;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.shacl.ShaclValidator;
import org.apache.jena.shacl.Shapes;
import org.apache.jena.shacl.ValidationReport;
import org.apache.jena.shacl.validation.ReportEntry;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sparql.path.PathWriter;

/** Checks exported triples against {@code stemma-shapes.ttl}. Safe for use by several threads. */
public final class ShapeCheck {

    private static final String RESOURCE = "/dev/stemma/ontology/stemma-shapes.ttl";

    private final Shapes shapes;

    /** A check by Stemma's own shapes. */
    public ShapeCheck() {
        try (InputStream in = ShapeCheck.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("missing from the class path: " + RESOURCE);
            }
            Graph graph = GraphFactory.createDefaultGraph();
            RDFDataMgr.read(graph, in, Lang.TURTLE);
            this.shapes = Shapes.parse(graph);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A check by other shapes. */
    public ShapeCheck(Graph shapes) {
        this.shapes = Shapes.parse(shapes);
    }

    /** Checks triples that are all in memory; individuals that they speak of must be among them with their classes. */
    public ShapeReport check(Graph triples) {
        ValidationReport report = ShaclValidator.get().validate(shapes, triples);
        List<ShapeReport.Violation> violations = report.getEntries().stream()
                .map(ShapeCheck::violation)
                .sorted(Comparator.comparing(ShapeReport.Violation::focus)
                        .thenComparing(ShapeReport.Violation::path)
                        .thenComparing(ShapeReport.Violation::constraint))
                .toList();
        return new ShapeReport(violations);
    }

    private static ShapeReport.Violation violation(ReportEntry entry) {
        return new ShapeReport.Violation(
                entry.focusNode().toString(),
                entry.resultPath() == null ? "" : PathWriter.asString(entry.resultPath()),
                entry.sourceConstraintComponent().getLocalName(),
                String.valueOf(entry.message()));
    }
}
