package dev.stemma.ontology.sparql.pushdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.ontology.mapping.Individual;
import dev.stemma.ontology.mapping.Mapping;
import dev.stemma.ontology.sparql.pushdown.Pushdown.Wish;
import java.util.List;
import java.util.Optional;
import org.apache.jena.query.ARQ;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.sparql.algebra.Algebra;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.algebra.op.OpProject;
import org.apache.jena.sparql.util.Context;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushdownTest {

    private final Pushdown pushdown = new Pushdown(Mapping.STEMMA);

    @Test
    void the_reference_question_is_one_statement() {
        assertThat(compile(
                        "?image stemma:hasInventory/stemma:hasPackages/stemma:installs/stemma:versionOf [ stemma:name 'nginx' ] ;"
                                + " stemma:derivedFrom+ [ stemma:name 'base' ]"))
                .hasValueSatisfying(statements -> assertThat(statements).hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?i a stemma:Image OPTIONAL { ?i stemma:description ?d FILTER(?d != 'x') }",
                "?i a stemma:Image FILTER NOT EXISTS { ?i stemma:derivedFrom ?p }",
                "?i a stemma:Image MINUS { ?i stemma:derivedFrom ?p }",
                "?i stemma:virtualBytes ?b FILTER(?b > 5 && ?b < 100 || ?b IN (1, 2))",
                "?i stemma:name ?n FILTER(regex(?n, '^web-[0-9]+$', 'i') && CONTAINS(?n, 'x'))",
                "?i stemma:modifiedAt ?t FILTER(?t >= '2026-01-01T00:00:00Z'^^xsd:dateTime)",
                "?i a stemma:Image ; stemma:derivedFrom* ?p . ?p stemma:name ?n",
                "?d a stemma:Derivation ; stemma:refersTo ?p ; stemma:basis 'OBSERVED'",
                "?a (stemma:entry|stemma:chunk)+ ?b",
            })
    void patterns_of_every_kind_are_one_statement(String pattern) {
        assertThat(compile(pattern))
                .hasValueSatisfying(statements -> assertThat(statements).hasSize(1));
    }

    /** An image has more properties than one statement takes ways. */
    @Test
    void all_that_is_said_of_an_image_is_two_statements() {
        assertThat(compile("<https://stemma.dev/id/image/img-1> ?p ?o"))
                .hasValueSatisfying(statements -> assertThat(statements).hasSize(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?i a stemma:Image OPTIONAL { ?i stemma:description ?d } ?j stemma:description ?d",
                "?i stemma:name ?n FILTER(LCASE(?n) = 'x')",
                "?i stemma:name ?n FILTER regex(?n, '(a+)+$')",
                "?i stemma:name ?n FILTER regex(?n, ?n)",
                "?i stemma:name ?n FILTER regex(?n, '\\\\Qa')",
                "?i stemma:modifiedAt ?t FILTER(?t >= '2026-01-01T00:00:00'^^xsd:dateTime)",
                "?i stemma:name ?n FILTER(?n < '\uFF5E')",
                "?a (stemma:derivedFrom/stemma:derivedFrom)+ ?b",
                "<https://stemma.dev/id/image/img-1> stemma:derivedFrom* ?p",
                "?a stemma:name+ ?b",
            })
    void what_cypher_would_answer_differently_is_left_to_arq(String pattern) {
        assertThat(compile(pattern)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?i stemma:nothing ?x",
                "?i a stemma:Image ; stemma:purl ?p",
                "?i stemma:virtualBytes '05'^^xsd:integer",
                "<http://elsewhere/x> stemma:name ?n",
                "?i stemma:derivedFrom 'x'",
                "?i a stemma:Image ; a stemma:File",
            })
    void what_can_match_nothing_asks_nothing(String pattern) {
        assertThat(compile(pattern)).contains(List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x' OR 1=1 //", "`]) DETACH DELETE (n", "$rows", "\\u0027", "*/ MATCH (n) /*", "CANARY}"})
    void values_are_never_in_the_text(String hostile) {
        String literal = "'''" + hostile.replace("\\", "\\\\").replace("'", "\\'") + "'''";
        String iri = Mapping.STEMMA.iris().iri(new Individual.OfNode("Image", hostile));
        List<Pushed> statements = compile(
                        "?i stemma:name %s ; stemma:derivedFrom <%s> ; ?p %s . ?i stemma:format ?f FILTER(?f = %s || STRSTARTS(?f, %s) || ?f < %s || ?i = <%s>)"
                                .formatted(literal, iri, literal, literal, literal, literal, iri))
                .orElseThrow();
        assertThat(statements).isNotEmpty();
        for (Pushed pushed : statements) {
            assertThat(pushed.cypher()).doesNotContain(hostile);
            assertThat(pushed.parameters()).containsValue(hostile);
        }
    }

    @Test
    void a_pattern_of_too_many_ways_is_taken_apart() {
        assertThat(compile("?a ?p ?b . ?b ?q ?c . ?c ?r ?d")).isEmpty();
        assertThat(compile("?a ?p ?b")).isPresent();
    }

    private Optional<List<Pushed>> compile(String pattern) {
        String query = "PREFIX stemma: <https://stemma.dev/ns#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>"
                + " SELECT * WHERE { " + pattern + " }";
        Context context = ARQ.getContext().copy();
        Rewrites.choose(context);
        Op op = Algebra.optimize(Algebra.compile(QueryFactory.create(query)), context);
        Op inner = op instanceof OpProject project ? project.getSubOp() : op;
        return pushdown.compile(inner, Input.NONE, Wish.ALL);
    }
}
