package dev.stemma.ontology.sparql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stemma.ontology.sparql.SparqlProblem.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryGuardTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT * WHERE { ?s ?p | SYNTAX | line 1",
                "SELECT ?x WHERE { ?s unknown:p ?o } | SYNTAX | unknown",
                "INSERT DATA { <a> <b> <c> } | SYNTAX | updates are not supported",
                "LOAD <http://elsewhere/x> | SYNTAX | updates are not supported",
                "DROP ALL | SYNTAX | updates are not supported",
                "SELECT * FROM <http://elsewhere/g> WHERE { ?s ?p ?o } | UNSUPPORTED | FROM",
                "SELECT * FROM NAMED <file:///etc/passwd> WHERE { ?s ?p ?o } | UNSUPPORTED | FROM",
                "SELECT * WHERE { SERVICE <http://elsewhere/sparql> { ?s ?p ?o } } | UNSUPPORTED | SERVICE",
                "SELECT * WHERE { SERVICE SILENT ?x { ?s ?p ?o } } | UNSUPPORTED | SERVICE",
                "SELECT * WHERE { ?s ?p ?o FILTER EXISTS { SERVICE <http://e/> { ?s ?p ?o } } } | UNSUPPORTED | SERVICE",
                "SELECT * WHERE { { SELECT * WHERE { SERVICE <http://e/> { ?s ?p ?o } } } } | UNSUPPORTED | SERVICE",
                "SELECT * WHERE { GRAPH ?g { ?s ?p ?o } } | UNSUPPORTED | named graphs",
                "SELECT * WHERE { ?s ?p ?o FILTER <java:java.lang.System.exit>(1) } | UNSUPPORTED | own functions",
                "SELECT (<http://jena.apache.org/ARQ/function#now>() AS ?x) WHERE { } | UNSUPPORTED | own functions",
                "SELECT * WHERE { ?s ?p ?o } ORDER BY <java:x>(?s) | UNSUPPORTED | own functions",
                "SELECT (COUNT(<java:x>(?s)) AS ?c) WHERE { ?s ?p ?o } | UNSUPPORTED | own functions",
            })
    void what_stemma_does_not_run_is_refused_with_a_reason(String query, Code code, String reason) {
        assertThatExceptionOfType(SparqlProblem.class)
                .isThrownBy(() -> QueryGuard.parse(query))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(code))
                .withMessageContaining(reason);
    }

    @Test
    void depth_and_length_are_bounded() {
        for (String query : new String[] {
            "SELECT * WHERE { ?s ?p ?o FILTER(" + "(".repeat(45_000) + "true" + ")".repeat(45_000) + ") }",
            "SELECT * WHERE " + "{".repeat(40_000) + "?s ?p ?o" + "}".repeat(40_000),
            "SELECT * WHERE { ?s ?p ?o } #" + "x".repeat(QueryGuard.MAX_LENGTH),
            "SELECT * WHERE { {} " + "UNION {} ".repeat(11_000) + "}",
        }) {
            assertThatExceptionOfType(SparqlProblem.class)
                    .isThrownBy(() -> QueryGuard.parse(query))
                    .satisfies(problem -> assertThat(problem.code())
                            .as(problem.getMessage() + problem.getCause())
                            .isEqualTo(Code.UNSUPPORTED));
        }
    }

    @Test
    void casts_and_sparqls_own_functions_are_fine() {
        SparqlQuery query =
                QueryGuard.parse("SELECT (<http://www.w3.org/2001/XMLSchema#integer>(?o) AS ?i) (STRLEN(STR(?s)) AS ?l)"
                        + " WHERE { ?s ?p ?o FILTER(REGEX(STR(?p), 'x')) }");
        assertThat(query.form()).isEqualTo(SparqlQuery.Form.SELECT);
        assertThat(query.formats())
                .containsExactly(SparqlFormat.JSON, SparqlFormat.XML, SparqlFormat.CSV, SparqlFormat.TSV);
    }

    @Test
    void relative_iris_do_not_tell_where_the_service_runs() {
        assertThat(QueryGuard.parse("SELECT * WHERE { <x> ?p ?o }").query().toString())
                .doesNotContain("file:");
    }

    @Test
    void codes_have_stable_words() {
        assertThat(Code.TOO_MANY_ROWS.word()).isEqualTo("sparql-too-many-rows");
        assertThat(SparqlFormat.parse("text/turtle")).contains(SparqlFormat.TURTLE);
        assertThat(SparqlFormat.parse("CSV")).contains(SparqlFormat.CSV);
        assertThat(SparqlFormat.parse("application/pdf")).isEmpty();
    }
}
