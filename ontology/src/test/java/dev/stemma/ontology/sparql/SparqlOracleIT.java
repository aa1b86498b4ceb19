package dev.stemma.ontology.sparql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.store.Graph;
import dev.stemma.ontology.RandomLibrary;
import dev.stemma.ontology.export.RdfExport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.jena.graph.GraphMemFactory;
import org.apache.jena.query.ARQ;
import org.apache.jena.query.QueryExecution;
import org.apache.jena.query.ResultSet;
import org.apache.jena.query.ResultSetFactory;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.sparql.engine.QueryEngineRegistry;
import org.apache.jena.sparql.engine.ref.QueryEngineRef;
import org.apache.jena.sparql.util.Context;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Our answers against those of ARQ over the exported triples. {@code -Dstemma.seed=N} repeats one library; each name of a
 * test says its seed and query.
 */
@ExtendWith(GraphExtension.class)
class SparqlOracleIT {

    private static final String PREFIXES = """
            PREFIX stemma: <https://stemma.dev/ns#>
            PREFIX prov: <http://www.w3.org/ns/prov#>
            PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
            PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
            """;

    /** Triple by triple, a path costs a thousand statements; how long that takes is not what is asked here. */
    private static final SparqlLimits PATIENT =
            new SparqlLimits(Duration.ofMinutes(5), SparqlLimits.DEFAULT.rows(), SparqlLimits.DEFAULT.workingRows());

    private final Graph graph;

    SparqlOracleIT(Graph graph) {
        this.graph = graph;
    }

    @TestFactory
    Stream<DynamicNode> every_query_has_the_answer_that_arq_finds_in_the_exported_triples() throws IOException {
        List<String> queries = queries();
        assertThat(queries).hasSizeGreaterThan(90);
        return seeds().mapToObj(seed -> DynamicContainer.dynamicContainer("seed " + seed, tests(seed, queries)));
    }

    private static LongStream seeds() {
        Long one = Long.getLong("stemma.seed");
        return one == null ? LongStream.of(1, 20_261) : LongStream.of(one);
    }

    private Stream<DynamicNode> tests(long seed, List<String> queries) {
        Model[] model = new Model[1];
        DynamicTest load = DynamicTest.dynamicTest("library of seed " + seed, () -> {
            GraphExtension.empty(graph);
            new RandomLibrary(graph, seed, 8).write();
            model[0] = ModelFactory.createModelForGraph(GraphMemFactory.createDefaultGraphSameTerm());
            new RdfExport(graph).each(model[0].getGraph()::add);
            assertThat(model[0].size()).isGreaterThan(300);
        });
        return Stream.concat(
                Stream.of(load),
                queries.stream()
                        .map(query -> DynamicTest.dynamicTest(
                                "seed " + seed + ": " + query, () -> compare(PREFIXES + query, model[0]))));
    }

    private void compare(String text, Model model) throws IOException {
        for (boolean whole : new boolean[] {true, false}) {
            SparqlEngine engine = new SparqlEngine(graph, whole);
            SparqlQuery query = engine.parse(text);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            SparqlFormat format =
                    query.formats().contains(SparqlFormat.N_TRIPLES) ? SparqlFormat.N_TRIPLES : SparqlFormat.JSON;
            engine.run(query, format, PATIENT, out);
            InputStream answer = new ByteArrayInputStream(out.toByteArray());
            try (QueryExecution oracle =
                    QueryExecution.model(model).query(text).context(reference()).build()) {
                switch (query.form()) {
                    case SELECT ->
                        assertThat(rows(ResultSetFactory.fromJSON(answer)))
                                .as("whole patterns: %s", whole)
                                .containsExactlyInAnyOrderElementsOf(rows(oracle.execSelect()));
                    case ASK ->
                        assertThat(out.toString(StandardCharsets.UTF_8).replaceAll("\\s", ""))
                                .contains("\"boolean\":" + oracle.execAsk());
                    case CONSTRUCT -> assertSame(answer, oracle.execConstruct());
                    case DESCRIBE -> assertSame(answer, oracle.execDescribe());
                }
            }
        }
    }

    /** ARQ's engine that follows the definition of SPARQL to the letter, without its optimizer. */
    private static Context reference() {
        Context context = ARQ.getContext().copy();
        QueryEngineRegistry registry = new QueryEngineRegistry();
        registry.add(QueryEngineRef.getFactory());
        QueryEngineRegistry.set(context, registry);
        return context;
    }

    private static void assertSame(InputStream answer, Model expected) {
        Model actual = ModelFactory.createDefaultModel();
        RDFDataMgr.read(actual, answer, Lang.NTRIPLES);
        assertThat(actual.isIsomorphicWith(expected))
                .as("%s against %s", actual, expected)
                .isTrue();
    }

    private static List<String> rows(ResultSet results) {
        List<String> rows = new ArrayList<>();
        results.forEachRemaining(solution -> {
            List<String> cells = new ArrayList<>();
            results.getResultVars().stream().sorted().forEach(name -> cells.add(name + "=" + solution.get(name)));
            rows.add(cells.toString());
        });
        return rows;
    }

    private static List<String> queries() throws IOException {
        try (InputStream in = SparqlOracleIT.class.getResourceAsStream("queries.txt")) {
            if (in == null) {
                throw new IOException("queries.txt is missing");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^#.*\\n", "");
            return Stream.concat(Arrays.stream(text.split("(?m)^----\\n")), guide())
                    .map(String::strip)
                    .toList();
        }
    }

    /** The queries of the guide; several of them in one block stand apart by an empty line. */
    private static Stream<String> guide() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "guide", "sparql.adoc"));
        List<String> queries = Pattern.compile("\\[source,sparql]\\n----\\n(.*?)\\n----", Pattern.DOTALL)
                .matcher(page)
                .results()
                .flatMap(block -> Arrays.stream(block.group(1).split("\\n\\n")))
                .toList();
        assertThat(queries).hasSizeGreaterThan(4);
        return queries.stream();
    }
}
