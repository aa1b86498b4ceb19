package dev.stemma.ontology.sparql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import dev.stemma.ontology.RandomLibrary;
import dev.stemma.ontology.mapping.Mapping;
import dev.stemma.ontology.sparql.SparqlProblem.Code;
import dev.stemma.ontology.sparql.pushdown.Input;
import dev.stemma.ontology.sparql.pushdown.Pushdown;
import dev.stemma.ontology.sparql.pushdown.Pushdown.Wish;
import dev.stemma.ontology.sparql.pushdown.Pushed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.jena.graph.Triple;
import org.apache.jena.query.QueryCancelledException;
import org.apache.jena.query.ResultSet;
import org.apache.jena.query.ResultSetFactory;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.rdf.model.RDFNode;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.ResultSetMgr;
import org.apache.jena.riot.resultset.ResultSetLang;
import org.apache.jena.sparql.algebra.op.OpBGP;
import org.apache.jena.sparql.core.BasicPattern;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.BindingFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(GraphExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SparqlEngineIT {

    private static final String PREFIX = "PREFIX stemma: <https://stemma.dev/ns#>\n";

    private static final String REFERENCE = """
            SELECT DISTINCT ?id WHERE {
              ?image stemma:currentInventory/stemma:hasPackages/stemma:installs/stemma:versionOf [ stemma:name "nginx" ] ;
                     stemma:derivedFrom+ [ stemma:name "base" ] ;
                     stemma:id ?id .
            }""";

    private static final Triple ANY = Triple.create(Var.alloc("s"), Var.alloc("p"), Var.alloc("o"));

    private final Graph graph;
    private final SparqlEngine engine;

    SparqlEngineIT(Graph graph) {
        this.graph = graph;
        this.engine = new SparqlEngine(graph);
    }

    @BeforeAll
    void library() {
        new RandomLibrary(graph, 42, 60).write();
        // Twenty-five diamonds in a row: more than thirty million ways from the top to the bottom.
        graph.write(Statement.of(
                "UNWIND range(0, 75) AS i CREATE (:Image {id: 'step-' + i, name: 'step', location: 's' + i})"));
        graph.write(Statement.of("""
                UNWIND range(0, 24) AS d
                MATCH (top:Image {id: 'step-' + (3 * d)}), (left:Image {id: 'step-' + (3 * d + 1)}),
                  (right:Image {id: 'step-' + (3 * d + 2)}), (bottom:Image {id: 'step-' + (3 * d + 3)})
                UNWIND [[top, left], [top, right], [left, bottom], [right, bottom]] AS pair
                WITH pair[0] AS child, pair[1] AS parent
                CREATE (child)-[:DERIVED_FROM {kind: 'copy', basis: 'RECORDED'}]->(parent)
                """));
        graph.write(Statement.of("CREATE (:Image {id: 'long', location: 'l', name: '" + "a".repeat(60) + "b'})"));
    }

    @Test
    void images_that_have_a_package_and_derive_from_another_are_those_that_cypher_finds() throws IOException {
        Set<String> expected = new TreeSet<>();
        graph.read(Statement.of("""
                        MATCH (image:Image)-[h:HAS_INVENTORY]->(:Inventory)-[:HAS_PACKAGES]->(:PackageGroup)-[:INSTALLS]->(:PackageVersion)
                              -[:VERSION_OF]->(:Package {name: 'nginx'})
                        WHERE h.until IS NULL AND EXISTS { (image)-[:DERIVED_FROM*1..]->(:Image {name: 'base'}) }
                        RETURN DISTINCT image.id AS id
                        """)).forEach(row -> expected.add(row.text("id")));
        assertThat(expected).hasSizeGreaterThan(3);
        assertThat(column(REFERENCE, "id")).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void a_whole_pattern_is_one_statement_where_triple_by_triple_takes_hundreds() throws IOException {
        SparqlQuery query = engine.parse(PREFIX + REFERENCE);
        long one = engine.measure(query, SparqlFormat.JSON, SparqlLimits.DEFAULT, OutputStream.nullOutputStream());
        // Ten seconds on a machine that rests; how long it takes is not what is asked here.
        SparqlLimits patient = new SparqlLimits(
                Duration.ofMinutes(5), SparqlLimits.DEFAULT.rows(), SparqlLimits.DEFAULT.workingRows());
        long many = new SparqlEngine(graph, false)
                .measure(query, SparqlFormat.JSON, patient, OutputStream.nullOutputStream());
        assertThat(one).isEqualTo(1);
        assertThat(many).isGreaterThan(100);
    }

    @Test
    void a_path_costs_what_it_reaches_and_not_the_ways_to_reach_it() throws IOException {
        String query =
                "SELECT ?id WHERE { <https://stemma.dev/id/image/step-0> stemma:derivedFrom+ ?i . ?i stemma:id ?id }";
        assertThat(column(query, "id")).hasSize(75);
        String both = "SELECT ?id WHERE { ?c stemma:derivedFrom+ ?i . ?i stemma:id ?id ; stemma:location 's75' . ?c"
                + " stemma:location 's0' }";
        assertThat(column(both, "id")).containsExactly("step-75");
        String names = "SELECT DISTINCT ?id WHERE { ?i stemma:derivedFrom+ [ stemma:location 's75' ] ; stemma:id ?id }";
        assertThat(column(names, "id")).hasSize(75);
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON", "XML", "CSV", "TSV"})
    void rows_are_written_in_every_format(SparqlFormat format) throws IOException {
        String query = PREFIX
                + "SELECT ?id ?b WHERE { ?i a stemma:Image ; stemma:id ?id OPTIONAL { ?i stemma:virtualBytes ?b } }";
        ResultSet rows = ResultSetMgr.read(new ByteArrayInputStream(answer(query, format)), language(format));
        List<String> ids = new ArrayList<>();
        rows.forEachRemaining(row -> ids.add(row.getLiteral("id").getLexicalForm()));
        assertThat(ids).hasSize(60 + 76 + 1).doesNotHaveDuplicates();
        assertThat(rows.getResultVars()).containsExactly("id", "b");
    }

    @ParameterizedTest
    @CsvSource({"TURTLE,TTL", "N_TRIPLES,NT", "JSON_LD,JSONLD"})
    void triples_are_written_in_every_format(SparqlFormat format, String name) throws IOException {
        String query = PREFIX
                + "CONSTRUCT { ?i stemma:name ?n . ?i stemma:derivedFrom ?p } WHERE { ?i stemma:derivedFrom ?p ; stemma:name ?n }";
        Lang lang = name.equals("TTL") ? Lang.TURTLE : name.equals("NT") ? Lang.NTRIPLES : Lang.JSONLD;
        Model model = ModelFactory.createDefaultModel();
        RDFDataMgr.read(model, new ByteArrayInputStream(answer(query, format)), lang);
        Model expected = ModelFactory.createDefaultModel();
        RDFDataMgr.read(expected, new ByteArrayInputStream(answer(query, SparqlFormat.N_TRIPLES)), Lang.NTRIPLES);
        assertThat(model.size()).isGreaterThan(100);
        assertThat(model.isIsomorphicWith(expected)).isTrue();
    }

    @Test
    void a_graph_cannot_be_a_table_nor_a_table_a_graph() {
        assertCode(
                Code.NOT_ACCEPTABLE,
                "DESCRIBE <https://stemma.dev/id/image/img-1>",
                SparqlFormat.CSV,
                SparqlLimits.DEFAULT);
        assertCode(Code.NOT_ACCEPTABLE, "ASK { ?s ?p ?o }", SparqlFormat.TURTLE, SparqlLimits.DEFAULT);
    }

    @Test
    void a_query_that_takes_too_long_is_ended_wherever_it_is() {
        for (String query : List.of(
                // In the database: the filter needs all five, so that none can be left out early.
                "SELECT (COUNT(*) AS ?count) WHERE { ?a stemma:name ?m . ?b stemma:name ?n . ?c stemma:name ?o . ?d"
                        + " stemma:name ?p . ?e stemma:name ?q FILTER(CONTAINS(?m, ?n) || CONTAINS(?o, ?p) || ?q != ?m) }",
                // In ARQ, between rows.
                "SELECT (COUNT(*) AS ?count) WHERE { { SELECT ?a { ?a ?p ?q } } { SELECT ?b { ?b ?r ?s } } { SELECT ?c { ?c ?t ?u } } }",
                // In the middle of a regular expression.
                "SELECT * WHERE { ?i stemma:name ?n FILTER regex(?n, '^(a+)+\\\\1c$') }",
                "SELECT * WHERE { ?i stemma:name ?n FILTER(REPLACE(?n, '^((a|aa)+)\\\\2c$', 'x') = 'y') }")) {
            long start = System.nanoTime();
            assertCode(
                    Code.TIMEOUT,
                    query,
                    SparqlFormat.JSON,
                    new SparqlLimits(Duration.ofMillis(700), 1_000_000, 1_000_000_000));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(1));
        }
    }

    @Test
    void a_step_that_is_cancelled_never_looks_like_one_that_gave_all() {
        Allowance allowance = new Allowance(SparqlLimits.DEFAULT);
        Pushed pushed = new Pushdown(Mapping.STEMMA)
                .compile(new OpBGP(BasicPattern.wrap(List.of(ANY))), Input.NONE, Wish.ALL)
                .orElseThrow()
                .getFirst();
        AtomicReference<PushedIterator> step = new AtomicReference<>();
        step.set(new PushedIterator(List.of(new PushedIterator.Run(
                pushed,
                () -> {
                    // As the timer may: after the step has looked whether it goes on, and before its statement ends.
                    RowStream none = new RowStream(graph, Statement.of("UNWIND [] AS none RETURN none"), allowance);
                    assertThat(none.next()).isNull();
                    step.get().cancel();
                    return none;
                },
                List.of(BindingFactory.binding())))));
        assertThatExceptionOfType(QueryCancelledException.class).isThrownBy(step.get()::hasNext);
    }

    @Test
    void rows_are_bounded_in_the_answer_and_on_the_way() {
        String all = "SELECT * WHERE { ?i a stemma:Image }";
        assertCode(Code.TOO_MANY_ROWS, all, SparqlFormat.JSON, new SparqlLimits(Duration.ofMinutes(2), 50, 1_000_000));
        assertCode(
                Code.TOO_MANY_ROWS,
                "SELECT (COUNT(*) AS ?c) WHERE { ?a a stemma:Image . ?b a stemma:Image }",
                SparqlFormat.JSON,
                new SparqlLimits(Duration.ofMinutes(2), 10, 5_000));
        assertCode(
                Code.TOO_MANY_ROWS,
                "CONSTRUCT WHERE { ?i a stemma:Image }",
                SparqlFormat.TURTLE,
                new SparqlLimits(Duration.ofMinutes(2), 50, 1_000_000));
    }

    @Test
    void text_that_grows_without_end_is_refused() {
        StringBuilder query = new StringBuilder("SELECT (STRLEN(?t40) AS ?l) WHERE { BIND('0123456789' AS ?t0)");
        for (int i = 0; i < 40; i++) {
            query.append(" BIND(CONCAT(?t")
                    .append(i)
                    .append(", ?t")
                    .append(i)
                    .append(") AS ?t")
                    .append(i + 1)
                    .append(")");
        }
        assertCode(Code.TOO_LARGE, query.append(" }").toString(), SparqlFormat.JSON, SparqlLimits.DEFAULT);
    }

    @Test
    void a_limit_ends_the_statement_early() throws IOException {
        assertThat(column("SELECT ?p WHERE { ?s ?p ?o } LIMIT 3", "p")).hasSize(3);
        assertThat(column("SELECT DISTINCT ?p WHERE { ?s ?p ?o } LIMIT 3 OFFSET 1", "p"))
                .hasSize(3)
                .doesNotHaveDuplicates();
    }

    @Test
    void queries_at_the_same_time_do_not_disturb_each_other() throws Exception {
        Set<List<String>> answers = java.util.Collections.synchronizedSet(new HashSet<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    answers.add(column(REFERENCE + " ORDER BY ?id", "id"));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(answers).hasSize(1);
    }

    private void assertCode(Code code, String query, SparqlFormat format, SparqlLimits limits) {
        assertThatExceptionOfType(SparqlProblem.class)
                .as(query)
                .isThrownBy(
                        () -> engine.run(engine.parse(PREFIX + query), format, limits, OutputStream.nullOutputStream()))
                .satisfies(problem -> assertThat(problem.code()).as(query).isEqualTo(code));
    }

    private byte[] answer(String query, SparqlFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        engine.run(engine.parse(query), format, SparqlLimits.DEFAULT, out);
        return out.toByteArray();
    }

    private List<String> column(String query, String name) throws IOException {
        List<String> values = new ArrayList<>();
        ResultSetFactory.fromJSON(new ByteArrayInputStream(answer(PREFIX + query, SparqlFormat.JSON)))
                .forEachRemaining(row -> {
                    RDFNode value = row.get(name);
                    values.add(value.isLiteral() ? value.asLiteral().getLexicalForm() : value.toString());
                });
        return values;
    }

    private static Lang language(SparqlFormat format) {
        return switch (format) {
            case JSON -> ResultSetLang.RS_JSON;
            case XML -> ResultSetLang.RS_XML;
            case CSV -> ResultSetLang.RS_CSV;
            case TSV -> ResultSetLang.RS_TSV;
            case TURTLE, N_TRIPLES, JSON_LD -> throw new IllegalArgumentException(format.toString());
        };
    }
}
