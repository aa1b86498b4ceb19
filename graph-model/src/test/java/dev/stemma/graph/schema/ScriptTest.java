package dev.stemma.graph.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScriptTest {

    @Test
    void statementsEndWithASemicolonAtTheEndOfALine() {
        Script script = Script.of("V007__Some_words.cypher", "// why\nCREATE a;\n\nCREATE\n  b ';' c;  \n");
        assertThat(script.version()).isEqualTo("007");
        assertThat(script.statements()).containsExactly("CREATE a", "CREATE\n  b ';' c");
    }

    @Test
    void anUnfinishedScriptAndAStrangeNameAreRefused() {
        assertThatThrownBy(() -> Script.of("V001__X.cypher", "CREATE a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Script.of("1.cypher", "CREATE a;")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Script.named("V999__None.cypher")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void allScriptsThatLieThereAreListedInOrder() throws IOException, URISyntaxException {
        Path directory = Path.of(Objects.requireNonNull(Script.class.getResource(
                                Migrations.SCRIPTS.getFirst().name()))
                        .toURI())
                .getParent();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(Migrations.SCRIPTS)
                    .extracting(Script::name)
                    .containsExactlyElementsOf(
                            files.map(file -> file.getFileName().toString())
                                    .filter(name -> name.endsWith(".cypher"))
                                    .sorted()
                                    .toList());
        }
    }

    @Test
    void everyStatementMayBeRepeated() {
        for (Script script : Migrations.SCRIPTS) {
            assertThat(script.statements()).allSatisfy(statement -> assertThat(statement)
                    .containsAnyOf(script.repeated() ? "LIMIT" : "IF NOT EXISTS", "IF EXISTS"));
        }
    }
}
