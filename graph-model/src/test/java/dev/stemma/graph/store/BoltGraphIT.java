package dev.stemma.graph.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(GraphExtension.class)
class BoltGraphIT {

    @Test
    void aWriteIsReadBack(Graph graph) {
        graph.write(new Statement("CREATE (:File {id: $id, sizeBytes: 3})", Map.of("id", "abc")));
        assertThat(graph.read(Statement.of("MATCH (f:File) RETURN f")))
                .containsExactly(new Row(Map.of("f", Map.of("id", "abc", "sizeBytes", 3L))));
    }
}
