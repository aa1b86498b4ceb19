package dev.stemma.graph;

import dev.stemma.graph.engine.LocalNeo4j;
import dev.stemma.graph.schema.Migrations;
import dev.stemma.graph.store.BoltGraph;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.GraphAddress;
import dev.stemma.graph.store.Statement;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a real graph: one local Neo4j for all tests of the JVM, started when the first test wants it, migrated, and
 * stopped at the end. It is emptied before each test class, or before each test with {@link EmptiedBeforeEachTest}.
 *
 * <p>Parameters of type {@link Graph}, {@link BoltGraph}, {@link GraphAddress} and {@link LocalNeo4j} are injected into
 * constructors, tests and lifecycle methods. Do not close them.
 *
 * <pre>{@code
 * @ExtendWith(GraphExtension.class)
 * class DriftFinderTest {
 *     DriftFinderTest(Graph graph) { … }
 * }
 * }</pre>
 */
public final class GraphExtension implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(GraphExtension.class);

    /** On a test class: the graph is emptied before each of its tests. */
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface EmptiedBeforeEachTest {}

    @Override
    public void beforeAll(ExtensionContext context) {
        empty(running(context).graph);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (context.getRequiredTestClass().isAnnotationPresent(EmptiedBeforeEachTest.class)) {
            empty(running(context).graph);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Graph.class || type == BoltGraph.class || type == GraphAddress.class || type == LocalNeo4j.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Running running = running(context);
        Class<?> type = parameter.getParameter().getType();
        if (type == LocalNeo4j.class) {
            return running.neo4j;
        }
        return type == GraphAddress.class ? running.neo4j.address() : running.graph;
    }

    /** Removes all data and leaves the schema. Relationships first: one node may have more than a transaction can hold. */
    public static void empty(Graph graph) {
        repeat(
                graph,
                "MATCH (n)-[r]->() WHERE none(label IN labels(n) WHERE label STARTS WITH '__')"
                        + " WITH r LIMIT 20000 DELETE r RETURN count(*) AS removed");
        repeat(
                graph,
                "MATCH (n) WHERE none(label IN labels(n) WHERE label STARTS WITH '__')"
                        + " WITH n LIMIT 20000 DETACH DELETE n RETURN count(*) AS removed");
    }

    private static void repeat(Graph graph, String removal) {
        while (graph.write(Statement.of(removal)).getFirst().number("removed") > 0) {
            continue;
        }
    }

    private static Running running(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Running.class, _ -> Running.start(), Running.class);
    }

    /** The one server of this JVM; JUnit closes it after the last test. */
    private record Running(Path home, LocalNeo4j neo4j, BoltGraph graph) implements AutoCloseable {

        static Running start() {
            try {
                Path home = Files.createTempDirectory("stemma-graph");
                LocalNeo4j neo4j = LocalNeo4j.start(home);
                BoltGraph graph = BoltGraph.open(neo4j.address());
                Migrations.apply(graph);
                return new Running(home, neo4j, graph);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            graph.close();
            neo4j.close();
            try (Stream<Path> files = Files.walk(home)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
