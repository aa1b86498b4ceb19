package dev.stemma.graph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphAddressTest {

    @Test
    void withoutAnAddressTheLocalGraphIsMeant() {
        assertThat(GraphAddress.fromEnvironment(Map.of())).isEmpty();
        assertThat(GraphAddress.fromEnvironment(Map.of("STEMMA_NEO4J_URI", " ")))
                .isEmpty();
    }

    @Test
    void thePasswordIsReadWhenItIsWantedAndShownNowhere(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("password");
        GraphAddress address = GraphAddress.fromEnvironment(Map.of(
                        "STEMMA_NEO4J_URI", "neo4j+s://graph.example:7687",
                        "STEMMA_NEO4J_USER", "stemma",
                        "STEMMA_NEO4J_PASSWORD_FILE", file.toString()))
                .orElseThrow();
        assertThatThrownBy(() -> address.password().get())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString());
        Files.writeString(file, "secret\n");
        assertThat(address.password().get()).isEqualTo("secret");
        assertThat(address).hasToString("stemma at neo4j+s://graph.example:7687");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://host:7474", "host:7687", "bolt://", "bolt://user:password@host", "no uri at all"})
    void anAddressThatIsNoneIsRefused(String uri) {
        Map<String, String> environment = Map.of("STEMMA_NEO4J_URI", uri, "STEMMA_NEO4J_PASSWORD_FILE", "/nowhere");
        assertThatThrownBy(() -> GraphAddress.fromEnvironment(environment))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("password@");
    }

    @Test
    void anotherServerNeedsAPasswordFile() {
        assertThatThrownBy(() -> GraphAddress.fromEnvironment(Map.of("STEMMA_NEO4J_URI", "bolt://host")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("STEMMA_NEO4J_PASSWORD_FILE");
    }

    @Test
    void aPasswordFileThatIsNotThereIsNamedBeforeAnyServerIsAsked() {
        GraphAddress address = GraphAddress.fromEnvironment(
                        Map.of("STEMMA_NEO4J_URI", "bolt://127.0.0.1:1", "STEMMA_NEO4J_PASSWORD_FILE", "/nowhere"))
                .orElseThrow();
        assertThatThrownBy(() -> BoltGraph.open(address))
                .isInstanceOfSatisfying(
                        GraphException.class, e -> assertThat(e.kind()).isEqualTo(GraphException.Kind.UNAUTHENTICATED))
                .hasMessage("there is no password file /nowhere");
    }
}
