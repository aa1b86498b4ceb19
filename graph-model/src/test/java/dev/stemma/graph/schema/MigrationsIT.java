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
        assertThat(Migrations.apply(graph, later)).isEqualTo("005");
        assertThat(Migrations.apply(graph, later)).isEqualTo("005");
        assertThat(graph.read(Statement.of("SHOW INDEXES YIELD name WHERE name = 'later_thing' RETURN name")))
                .hasSize(1);
        assertThat(graph.read(Statement.of("MATCH (m:__Migration) RETURN m.version AS v ORDER BY v")))
                .extracting(row -> row.text("v"))
                .containsExactly("001", "002", "003", "004", "005");
    }

    @Test
    void whatWasAppliedButNotRememberedIsAppliedAgain() {
        graph.write(Statement.of("MATCH (m:__Migration) DELETE m"));
        assertThat(Migrations.apply(graph)).isEqualTo("004");
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
                .hasMessageContaining("005");
    }

    @Test
    void aScriptThatFailsLeavesNothingOfItself() {
        List<Script> wrong = with("CREATE INDEX later_thing FOR (n:Image) ON (n.later);\nCREATE NONSENSE;\n");
        assertThatThrownBy(() -> Migrations.apply(graph, wrong)).isInstanceOf(GraphException.class);
        assertThat(graph.read(Statement.of("SHOW INDEXES YIELD name WHERE name = 'later_thing' RETURN name")))
                .isEmpty();
    }

    private static List<Script> with(String text) {
        return Stream.concat(Migrations.SCRIPTS.stream(), Stream.of(Script.of("V005__Later.cypher", text)))
                .toList();
    }
}
