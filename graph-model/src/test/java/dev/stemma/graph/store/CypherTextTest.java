package dev.stemma.graph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told from the text alone; that the server agrees is shown by {@link ReadOnlyCypherIT}. */
class CypherTextTest {

    @Test
    void aStatementIsCypher25UnlessItSaysOtherwise() {
        assertThat(CypherText.versioned("RETURN 1")).isEqualTo("CYPHER 25 RETURN 1");
        assertThat(CypherText.versioned("// why\n/* and\nhow */ RETURN 1")).startsWith("CYPHER 25 // why");
        assertThat(CypherText.versioned("// why\n cypher 5 RETURN 1")).startsWith("// why");
        assertThat(CypherText.versioned("CYPHERS")).startsWith("CYPHER 25 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOAD CSV FROM 'x' AS l RETURN l",
                "load\u00a0csv FROM 'x' AS l RETURN l",
                "LOAD/**/CSV FROM 'x' AS l RETURN l",
                "LOAD//\nCSV FROM 'x' AS l RETURN l",
                "RETURN 'it\\'s' LOAD CSV FROM 'x' AS l RETURN l",
                "RETURN \"\\\\\" LOAD CSV FROM 'x' AS l RETURN l",
                "RETURN `a``` LOAD CSV FROM 'x' AS l RETURN l",
                "RETURN 'a\\u0027 LOAD CSV FROM \\u0027x' AS l RETURN l",
                "RETURN 1 // \\u000a LOAD CSV FROM 'x' AS l RETURN l",
                "CALL dbms.x()",
                "CALL\tdbms . x ()",
                "CALL `dbms.x`()",
                "CALL dbms.`x` YIELD a RETURN a",
                "CALL dbms.x",
                "SHOW USERS",
                "MATCH (a) RETURN [x IN collect(a) | COLLECT { SHOW SETTINGS }]",
                "TERMINATE TRANSACTION 'x'",
                "USE system RETURN 1",
                "USE `system` RETURN 1",
                "PROFILE RETURN 1",
                "CYPHER 5 RETURN 1",
            })
    void whatReachesBeyondTheGraphIsRefused(String query) {
        assertThatThrownBy(() -> ReadOnlyRules.checkText(query))
                .isInstanceOfSatisfying(
                        GraphException.class, e -> assertThat(e.kind()).isEqualTo(GraphException.Kind.READ_ONLY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RETURN 'LOAD CSV', \"CALL dbms.x()\", `SHOW USERS`",
                "MATCH (load:CSV) RETURN load",
                "MATCH (show) RETURN show AS x",
                "MATCH (n) CALL (n) { RETURN 1 AS x } RETURN x",
                "CALL { RETURN 1 AS x } RETURN x",
                "CALL db.labels()",
                "CALL DB.Labels() YIELD label RETURN label",
                "MATCH (n {use: 1}) RETURN n.use, n.show, n.call",
                "// CALL dbms.x()\nRETURN 1",
                "/* SHOW USERS */ RETURN 1",
            })
    void whatStaysInTheGraphIsNot(String query) {
        ReadOnlyRules.checkText(query);
    }
}
