package dev.stemma.graph.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.GraphException;
import dev.stemma.graph.store.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(GraphExtension.class)
class MigrationsIT {

    private final Graph graph;

    MigrationsIT(Graph graph) {
        this.graph = graph;
    }

    @AfterEach
    void restore() {
        graph.write(Statement.of("MATCH (m:__Migration) DELETE m"));
        graph.write(Statement.of("DROP INDEX later_thing IF EXISTS"));
        Migrations.apply(graph);
    }

    @Test
    void aNewScriptIsAppliedOnceAfterTheOthers() {
        List<Script> later = with("CREATE INDEX later_thing IF NOT EXISTS FOR (n:Image) ON (n.later);\n");
        assertThat(Migrations.apply(graph, later)).isEqualTo("008");
        assertThat(Migrations.apply(graph, later)).isEqualTo("008");
        assertThat(graph.read(Statement.of("SHOW INDEXES YIELD name WHERE name = 'later_thing' RETURN name")))
                .hasSize(1);
        assertThat(graph.read(Statement.of("MATCH (m:__Migration) RETURN m.version AS v ORDER BY v")))
                .extracting(row -> row.text("v"))
                .containsExactly("001", "002", "003", "004", "005", "006", "007", "008");
    }

    @Test
    void whatWasAppliedButNotRememberedIsAppliedAgain() {
        graph.write(Statement.of("MATCH (m:__Migration) DELETE m"));
        assertThat(Migrations.apply(graph)).isEqualTo("007");
    }

    @Test
    void aScriptThatChangedSinceItWasAppliedIsRefused() {
        graph.write(Statement.of("MATCH (m:__Migration {version: '001'}) SET m.digest = 'other'"));
        assertThatThrownBy(() -> Migrations.apply(graph))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("V001__Names_are_unique.cypher");
    }

    @Test
    void aGraphOfANewerStemmaIsRefused() {
        Migrations.apply(graph, with("CREATE INDEX later_thing IF NOT EXISTS FOR (n:Image) ON (n.later);\n"));
        assertThatThrownBy(() -> Migrations.apply(graph))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("newer Stemma")
                .hasMessageContaining("008");
    }

    @Test
    void aScriptThatFailsLeavesNothingOfItself() {
        List<Script> wrong = with("CREATE INDEX later_thing FOR (n:Image) ON (n.later);\nCREATE NONSENSE;\n");
        assertThatThrownBy(() -> Migrations.apply(graph, wrong)).isInstanceOf(GraphException.class);
        assertThat(graph.read(Statement.of("SHOW INDEXES YIELD name WHERE name = 'later_thing' RETURN name")))
                .isEmpty();
    }

    @Test
    void packagesOfAnEarlierVersionAreFoundWhereThisOneLooks() {
        graph.write(Statement.of("""
                UNWIND range(1, 45) AS n
                CREATE (i:Inventory {id: 'old-' + n})-[:INSTALLS {state: 'installed', held: n = 7, present: true}]->
                       (v:PackageVersion {purl: 'pkg:deb/debian/p' + n + '@1'}),
                       (i)-[:INSTALLS {state: 'config-files', held: false, present: false}]->(:PackageVersion {purl: 'pkg:deb/debian/q' + n + '@1'})
                CREATE (i)-[:CHECKED_AGAINST {path: '/b', verdict: 'MISSING', configuration: true, reason: 'why'}]->(v),
                       (i)-[:CHECKED_AGAINST {path: '/a', verdict: 'MODIFIED', configuration: false, expected: 'md5:1', found: '2'}]->(v)
                """));
        graph.write(Statement.of("MATCH (m:__Migration {version: '006'}) DELETE m"));
        try {
            assertThat(Migrations.apply(graph)).isEqualTo("007");
            assertThat(graph.read(Statement.of("""
                            MATCH (i:Inventory)-[:HAS_PACKAGES]->(:PackageGroup)-[r:INSTALLS]->(v)
                            RETURN i.id AS id, v.purl AS purl, r.state + ' ' + r.held + ' ' + r.present AS facts
                            """)))
                    .hasSize(90)
                    .filteredOn(row -> row.text("id").equals("old-7"))
                    .extracting(row -> row.text("purl") + " " + row.text("facts"))
                    .containsExactlyInAnyOrder(
                            "pkg:deb/debian/p7@1 installed true true", "pkg:deb/debian/q7@1 config-files false false");
            assertThat(graph.read(Statement.of("MATCH (:Inventory)-[r:INSTALLS]->() RETURN r")))
                    .isEmpty();
            assertThat(graph.read(Statement.of("""
                            MATCH (:Inventory {id: 'old-3'})-[c:CHECKED_AGAINST]->(v)
                            UNWIND range(0, size(c.paths) - 1) AS n
                            RETURN reduce(line = '', part IN [c.paths[n], c.verdicts[n], toString(c.configuration[n]), c.expected[n], c.found[n],
                                   c.reasons[n]] | line + part + '|') AS line
                            """)))
                    .extracting(row -> row.text("line"))
                    .containsExactlyInAnyOrder("/a|MODIFIED|false|md5:1|2||", "/b|MISSING|true|||why|");
        } finally {
            graph.write(Statement.of("MATCH (n:Inventory|PackageVersion|PackageGroup) DETACH DELETE n"));
        }
    }

    private static List<Script> with(String text) {
        return Stream.concat(Migrations.SCRIPTS.stream(), Stream.of(Script.of("V008__Later.cypher", text)))
                .toList();
    }
}
