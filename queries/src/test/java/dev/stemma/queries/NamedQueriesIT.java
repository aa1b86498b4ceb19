package dev.stemma.queries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every named query: its header says what is true, and the server plans it. */
@ExtendWith(GraphExtension.class)
final class NamedQueriesIT {

    private static final Path FOLDER = Path.of("src/main/resources/cypher");
    private static final Pattern HEADER = Pattern.compile(
            "\\A// Answers: .+\\R(?://  .*\\R)*// Parameters: (?<parameters>.+)\\R// Cost: .+\\R(?://  .*\\R)*CYPHER 25\\R");
    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z]+) \\(([a-z ]+)\\)");
    private static final Pattern USED = Pattern.compile("\\$([A-Za-z]+)");

    private final Graph graph;

    NamedQueriesIT(Graph graph) {
        this.graph = graph;
    }

    @TestFactory
    List<DynamicTest> everyQuerySaysWhatItNeedsAndIsPlanned() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            List<Path> queries = files.filter(Files::isRegularFile).sorted().toList();
            assertThat(queries).hasSizeGreaterThan(30);
            return queries.stream()
                    .map(file -> DynamicTest.dynamicTest(FOLDER.relativize(file).toString(), () -> check(file)))
                    .toList();
        }
    }

    private void check(Path file) throws IOException {
        String text = Files.readString(file);
        Matcher header = HEADER.matcher(text);
        assertThat(header.find()).as("the header of %s", file).isTrue();
        Map<String, Object> parameters = new HashMap<>();
        PARAMETER
                .matcher(header.group("parameters"))
                .results()
                .forEach(result -> parameters.put(result.group(1), value(result.group(2))));
        String body = text.substring(header.end());
        Set<String> used =
                USED.matcher(body).results().map(result -> result.group(1)).collect(Collectors.toSet());
        assertThat(new TreeSet<>(used)).isEqualTo(new TreeSet<>(parameters.keySet()));
        assertThat(body)
                .as(
                        "an index that is insisted on is sought in: a scan of it also counts as its use, for each row, where few were there")
                .doesNotContainPattern("USING INDEX (?!SEEK )");
        graph.read(new Statement("CYPHER 25 EXPLAIN " + body, parameters));
    }

    private static Object value(String type) {
        return switch (type) {
            case "text" -> "";
            case "number", "number or null" -> 1;
            case "fraction" -> 0.5;
            case "flag" -> true;
            case "list" -> List.of();
            case "map" -> Map.of();
            case "bytes" -> new byte[0];
            case "time", "time or null" -> Instant.EPOCH;
            default -> throw new AssertionError("no parameter is a " + type);
        };
    }
}
