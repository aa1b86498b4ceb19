package dev.stemma.graph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.store.GraphException.Kind;
import dev.stemma.graph.store.ReadOnlyCypher.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(GraphExtension.class)
class ReadOnlyCypherIT {

    private final Graph graph;
    private final ReadOnlyCypher cypher;

    ReadOnlyCypherIT(BoltGraph graph) {
        this.graph = graph;
        this.cypher = new ReadOnlyCypher(graph);
    }

    @BeforeAll
    static void fill(Graph graph) {
        graph.write(Statement.of("UNWIND range(1, 50) AS i CREATE (:Image {id: 'img-' + i, name: 'web-' + i, n: i})"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE (n)",
                "CREATE (n) RETURN n",
                "MERGE (n:Image {id: 'x'}) RETURN n",
                "MATCH (n) SET n.x = 1",
                "MATCH (n) REMOVE n.name",
                "MATCH (n) DETACH DELETE n",
                "INSERT (n:Image)",
                "FOREACH (x IN [1] | CREATE (n))",
                "CALL { CREATE (x:Image) } RETURN 1",
                "MATCH (n) CALL (n) { CREATE (m:Image) } IN TRANSACTIONS RETURN 1",
                "CREATE INDEX foo FOR (n:Image) ON (n.n)",
                "DROP CONSTRAINT image_id",
                "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
                "load /* from */ csv FROM 'http://127.0.0.1/' AS line RETURN line",
                "\\u004C\\u004F\\u0041\\u0044 CSV FROM 'file:///etc/passwd' AS line RETURN line",
                "RETURN COLLECT { LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l } AS x",
                "MATCH (n) RETURN [x IN collect(n) | x {.*, y: COLLECT { LOAD CSV FROM 'file:///x' AS l RETURN l }}]",
                "SHOW USERS",
                "SHOW TRANSACTIONS",
                "SHOW SETTINGS YIELD name RETURN name",
                "MATCH (n) RETURN [x IN collect(n) | COLLECT { SHOW TRANSACTIONS YIELD transactionId RETURN transactionId }]",
                "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
                "ALTER USER neo4j SET PASSWORD 'changed-by-a-query'",
                "CREATE USER eve SET PASSWORD 'changed-by-a-query'",
                "DROP USER neo4j",
                "USE system MATCH (n) RETURN n",
                "CALL dbms.listConfig()",
                "CALL dbms.listConfig",
                "CALL dbms.listConfig YIELD name RETURN name",
                "CALL `dbms`.`listConfig`()",
                "CALL dbms . /* hidden */ listConfig()",
                "OPTIONAL CALL dbms.components() YIELD name RETURN name",
                "CALL db.clearQueryCaches()",
                "CALL db.createLabel('Other')",
                "CALL db.prepareForReplanning()",
                "CALL apoc.load.json('http://127.0.0.1/')",
                "CALL tx.setMetaData({a: 1})",
                "RETURN EXISTS { CALL dbms.listConfig() YIELD name RETURN name } AS x",
                "CYPHER 5 MATCH (n) RETURN n",
                "EXPLAIN MATCH (n) RETURN n",
            })
    void whatDoesMoreThanReadTheGraphIsRefused(String query) {
        GraphException e = refusal(query);
        assertThat(e.kind()).as(e.getMessage()).isEqualTo(Kind.READ_ONLY);
        assertThat(graph.read(Statement.of("MATCH (n:Image) RETURN count(n) AS images, sum(n.n) AS sum")))
                .containsExactly(new Row(Map.of("images", 50L, "sum", 1275L)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "// nothing but a comment",
                "MATCH (n RETURN n",
                "MATCH (n) RETURN n; CREATE (m)",
                "MATCH (n) RETURN $missing",
                "RETURN 1 + {}",
                "RETURN reduce(deep = [], i IN range(1, 500) | [deep]) AS deep",
            })
    void whatIsWrongIsSaidToBeWrong(String query) {
        GraphException e = refusal(query);
        assertThat(e.kind()).as(e.getMessage()).isEqualTo(Kind.INVALID);
    }

    @Test
    void theBracketsOfAQueryNestToABoundedDepth() {
        assertThat(refusal("RETURN " + "[".repeat(20_000) + "]".repeat(20_000)).kind())
                .isEqualTo(Kind.INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MATCH (n:Image) RETURN n.name AS x LIMIT 1",
                "MATCH (show:Image) WHERE show IS NOT NULL RETURN show AS x LIMIT 1",
                "RETURN 'LOAD CSV' AS x // CALL dbms.x()",
                "MATCH (n:Image) CALL (n) { MATCH (n) RETURN n.n AS x } RETURN x LIMIT 1",
                "CALL db.labels() YIELD label RETURN label AS x LIMIT 1",
                "RETURN COUNT { MATCH (n:Image) } AS x",
                "RETURN 1 AS x UNION RETURN 1 AS x",
            })
    void whatOnlyReadsIsAnswered(String query) {
        assertThat(cypher.run(query, Map.of(), Limits.STANDARD))
                .satisfies(answer -> assertThat(answer.columns()).containsExactly("x"))
                .satisfies(answer -> assertThat(answer.rows()).hasSize(1));
    }

    @Test
    void parametersTravelBesideTheText() {
        var answer = cypher.run(
                "MATCH (n:Image) WHERE n.name = $name RETURN n.id", Map.of("name", "web-7"), Limits.STANDARD);
        assertThat(answer.rows()).containsExactly(new Row(Map.of("n.id", "img-7")));
    }

    @Test
    void theRowAfterTheLastAllowedOneEndsTheAnswer() {
        Limits ten = Limits.STANDARD.with(10, Duration.ofMinutes(2));
        assertThat(cypher.run("UNWIND range(1, 10) AS i RETURN i", Map.of(), ten)
                        .rows())
                .hasSize(10);
        List<Row> rows = new ArrayList<>();
        assertThatThrownBy(() ->
                        cypher.stream("UNWIND range(1, 1000000) AS i RETURN i", Map.of(), ten, _ -> {}, rows::add))
                .isInstanceOfSatisfying(
                        GraphException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TOO_MANY_ROWS));
        assertThat(rows).hasSize(10);
    }

    @Test
    void anAnswerIsBoundedInBytes() {
        Limits small = new Limits(1_000_000, 100_000, Duration.ofMinutes(2));
        GraphException e = catchThrowableOfType(
                GraphException.class,
                () -> cypher.run("UNWIND range(1, 100000) AS i RETURN range(1, 1000) AS many", Map.of(), small));
        assertThat(e.kind()).isEqualTo(Kind.TOO_MANY_ROWS);
    }

    @Test
    void aQueryThatTakesTooLongIsEnded() {
        Limits short1 = Limits.STANDARD.with(10, Duration.ofMillis(500));
        GraphException e = catchThrowableOfType(
                GraphException.class,
                () -> cypher.run(
                        "UNWIND range(1, 100000000) AS a UNWIND range(1, 100000) AS b RETURN sum(a * b) AS s",
                        Map.of(),
                        short1));
        assertThat(e.kind()).as(e.getMessage()).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void theMessageNamesThePlaceInTheTextAsItWasTyped() {
        assertThat(refusal("MATCH (n)\nRETURM n")).hasMessageContaining("(line 2, column 1)");
    }

    private GraphException refusal(String query) {
        GraphException e =
                catchThrowableOfType(GraphException.class, () -> cypher.run(query, Map.of(), Limits.STANDARD));
        assertThat(e).as("nothing refused: %s", query).isNotNull();
        return e;
    }
}
