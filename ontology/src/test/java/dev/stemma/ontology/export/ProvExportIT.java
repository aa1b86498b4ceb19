package dev.stemma.ontology.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.GraphExtension.EmptiedBeforeEachTest;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import dev.stemma.ontology.shape.ShapeCheck;
import dev.stemma.ontology.shape.ShapeReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.jena.atlas.json.JSON;
import org.apache.jena.atlas.json.JsonObject;
import org.apache.jena.query.QueryExecution;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.graph.GraphFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(GraphExtension.class)
@EmptiedBeforeEachTest
class ProvExportIT {

    private static final String DIGEST = "0123456789abcdef".repeat(4);

    private static final String LIBRARY = """
            CREATE (base:Image {id: 'img-base', name: 'base', location: '/i/base.raw'})
            CREATE (web:Image {id: 'img-web', name: 'web "1"', location: '/i/web.qcow2', virtualBytes: 10})
            CREATE (copy:Image {id: 'img-copy', name: 'copy', location: '/i/copy.raw'})
            CREATE (other:Image {id: 'img-other', name: 'other', location: '/i/other.raw'})
            CREATE (web)-[:DERIVED_FROM {kind: 'backing-file', basis: 'OBSERVED'}]->(base)
            CREATE (copy)-[:DERIVED_FROM {kind: 'customize', basis: 'RECORDED', since: datetime('2026-02-01T00:00:00Z')}]->(web)
            CREATE (copy)-[:DERIVED_FROM {kind: 'content', basis: 'INFERRED', confidence: 0.75, evidence: 'x'}]->(base)
            CREATE (other)-[:DERIVED_FROM {kind: 'backing-file', basis: 'OBSERVED'}]->(copy)
            CREATE (derive:Activity {id: 'act-derive', kind: 'derive', startedAt: datetime('2026-02-01T00:00:00Z'),
              endedAt: datetime('2026-02-01T00:05:00Z'), parameters: '{}'})
            CREATE (copy)-[:GENERATED_BY]->(derive) CREATE (derive)-[:USED]->(web)
            CREATE (person:Agent {id: 'agent-1', name: 'Ada', kind: 'person'})
            CREATE (derive)-[:ASSOCIATED_WITH]->(person)
            CREATE (old:Inventory {id: reverse($digest), level: 'basic', sequence: 1})
            CREATE (v:Inventory {id: $digest, level: 'full', sequence: 2, manifest: $digest, packages: 3,
              analyzers: ['dpkg/1', 'ext/1']})
            CREATE (copy)-[:HAS_INVENTORY {observedAt: datetime('2026-02-02T00:00:00Z'), level: 'basic',
              until: datetime('2026-02-03T00:00:00Z')}]->(old)
            CREATE (copy)-[:HAS_INVENTORY {observedAt: datetime('2026-02-03T00:00:00Z'), level: 'full',
              activity: 'act-index'}]->(v)
            CREATE (index:Activity {id: 'act-index', kind: 'index', startedAt: datetime('2026-02-03T00:00:00Z')})
            CREATE (v)-[:GENERATED_BY]->(index) CREATE (index)-[:USED]->(copy)
            CREATE (elsewhere:Activity {id: 'act-other', kind: 'index', startedAt: datetime('2026-02-03T00:00:00Z')})
            CREATE (v)-[:GENERATED_BY]->(elsewhere) CREATE (elsewhere)-[:USED]->(other)
            """;

    private final Graph graph;
    private final ProvExport export;

    ProvExportIT(Graph graph) {
        this.graph = graph;
        this.export = new ProvExport(graph);
    }

    @BeforeEach
    void library() {
        graph.write(new Statement(LIBRARY, java.util.Map.of("digest", DIGEST)));
    }

    @Test
    void turtle_and_json_ld_say_the_same() throws IOException {
        Model turtle = read(ProvFormat.TURTLE, Lang.TURTLE);
        Model json = read(ProvFormat.JSON_LD, Lang.JSONLD);
        assertThat(turtle.size()).isGreaterThan(60);
        assertThat(turtle.isIsomorphicWith(json)).isTrue();
    }

    @Test
    void the_same_graph_gives_the_same_bytes() throws IOException {
        for (ProvFormat format : ProvFormat.values()) {
            assertThat(text("img-copy", format)).isEqualTo(text("img-copy", format));
        }
    }

    @Test
    void ancestors_activities_agents_and_the_inventory_are_there_and_descendants_are_not() throws IOException {
        Model model = read(ProvFormat.TURTLE, Lang.TURTLE);
        assertThat(ask(model, "<ID/image/img-copy> prov:wasDerivedFrom <ID/image/img-web>, <ID/image/img-base>"))
                .isTrue();
        assertThat(ask(model, "<ID/image/img-web> prov:wasDerivedFrom <ID/image/img-base>"))
                .isTrue();
        assertThat(ask(
                        model,
                        "<ID/image/img-copy> prov:wasGeneratedBy <ID/activity/act-derive> . <ID/activity/act-derive>"
                                + " prov:used <ID/image/img-web> ; prov:wasAssociatedWith <ID/agent/agent-1>"))
                .isTrue();
        assertThat(ask(
                        model,
                        "<ID/image/img-copy> stemma:currentInventory ?v . ?v a prov:Entity ; prov:wasGeneratedBy"
                                + " <ID/activity/act-index> ; stemma:packages 3"))
                .isTrue();
        assertThat(ask(model, "<ID/image/img-other> ?p ?o")).isFalse();
        assertThat(ask(model, "<ID/activity/act-other> ?p ?o")).isFalse();
        assertThat(ask(model, "?v stemma:level \"basic\"")).isFalse();
    }

    @Test
    void each_derivation_says_its_basis_and_an_inferred_one_its_confidence() throws IOException {
        Model model = read(ProvFormat.TURTLE, Lang.TURTLE);
        assertThat(ask(
                        model,
                        "<ID/image/img-copy> prov:qualifiedDerivation ?d . ?d a prov:Derivation ; prov:entity"
                                + " <ID/image/img-base> ; stemma:basis \"INFERRED\" ; stemma:confidence 0.75e0"))
                .isTrue();
        assertThat(ask(
                        model,
                        "?d stemma:basis \"RECORDED\" ; prov:hadActivity <ID/activity/act-derive> ; prov:entity"
                                + " <ID/image/img-web>"))
                .isTrue();
        assertThat(ask(model, "?d stemma:basis \"OBSERVED\" ; stemma:confidence ?c"))
                .isFalse();
    }

    @Test
    void it_satisfies_our_shapes_and_the_constraints_of_prov() throws IOException {
        Model model = read(ProvFormat.TURTLE, Lang.TURTLE);
        assertThat(new ShapeCheck().check(model.getGraph()).violations()).isEmpty();
        var constraints = GraphFactory.createDefaultGraph();
        RDFDataMgr.read(
                constraints,
                ProvExportIT.class.getResourceAsStream("/dev/stemma/ontology/prov-constraints.ttl"),
                Lang.TURTLE);
        ShapeCheck prov = new ShapeCheck(constraints);
        assertThat(prov.check(model.getGraph()).violations()).isEmpty();
        RDFParser.fromString(
                        "<https://stemma.dev/id/activity/act-derive> a <http://www.w3.org/ns/prov#Entity> .",
                        Lang.TURTLE)
                .parse(model.getGraph());
        ShapeReport broken = prov.check(model.getGraph());
        assertThat(broken.conforms()).isFalse();
    }

    @Test
    void prov_json_has_the_same_elements_and_relations() throws IOException {
        JsonObject document = JSON.parse(text("img-copy", ProvFormat.PROV_JSON));
        assertThat(document.getObj("prefix").getString("id")).isEqualTo("https://stemma.dev/id/");
        assertThat(document.getObj("entity").keys())
                .containsExactlyInAnyOrder(
                        "id:image/img-base", "id:image/img-web", "id:image/img-copy", "id:inventory/" + DIGEST);
        assertThat(document.getObj("entity").getObj("id:image/img-web").getString("prov:label"))
                .isEqualTo("web \"1\"");
        assertThat(document.getObj("activity").getObj("id:activity/act-derive").getString("prov:startTime"))
                .isEqualTo("2026-02-01T00:00:00Z");
        JsonObject derivations = document.getObj("wasDerivedFrom");
        assertThat(derivations.keys()).hasSize(3);
        JsonObject inferred = derivations.getObj("id:derivation/image/img-copy/img-base/content/INFERRED");
        assertThat(inferred.getString("prov:usedEntity")).isEqualTo("id:image/img-base");
        assertThat(inferred.getString("stemma:basis")).isEqualTo("INFERRED");
        assertThat(inferred.getObj("stemma:confidence").getString("$")).isEqualTo("0.75");
        assertThat(derivations
                        .getObj("id:derivation/image/img-copy/img-web/customize/RECORDED")
                        .getString("prov:activity"))
                .isEqualTo("id:activity/act-derive");
        assertThat(document.getObj("wasAssociatedWith").size()).isEqualTo(1);
        assertThat(document.getObj("used").size()).isEqualTo(2);
        assertThat(document.getObj("wasGeneratedBy").size()).isEqualTo(2);
        document.entrySet().stream()
                .filter(section -> !section.getKey().equals("prefix"))
                .flatMap(section -> section.getValue().getAsObject().keys().stream())
                .forEach(name -> assertThat(name).matches("(id|_):[^\\s]+"));
    }

    @Test
    void an_image_that_is_not_there_writes_nothing() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(export.write("img-nowhere", ProvFormat.TURTLE, out)).isFalse();
        assertThat(out.size()).isZero();
    }

    @Test
    void a_circle_of_derivations_ends() throws IOException {
        graph.write(Statement.of("MATCH (b:Image {id: 'img-base'}), (c:Image {id: 'img-copy'})"
                + " CREATE (b)-[:DERIVED_FROM {kind: 'x', basis: 'INFERRED', confidence: 0.1}]->(c)"));
        assertThat(text("img-copy", ProvFormat.TURTLE)).contains("img-web");
    }

    private String text(String image, ProvFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(export.write(image, format, out)).isTrue();
        return out.toString(StandardCharsets.UTF_8);
    }

    private Model read(ProvFormat format, Lang lang) throws IOException {
        Model model = ModelFactory.createDefaultModel();
        RDFParser.fromString(text("img-copy", format), lang).parse(model.getGraph());
        return model;
    }

    private static boolean ask(Model model, String pattern) {
        String query = "PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX stemma: <https://stemma.dev/ns#> ASK { "
                + pattern.replace("<ID/", "<https://stemma.dev/id/") + " }";
        try (QueryExecution execution = QueryExecution.model(model).query(query).build()) {
            return execution.execAsk();
        }
    }
}
