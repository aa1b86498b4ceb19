package dev.stemma.graph;

import dev.stemma.graph.engine.LocalNeo4j;
import dev.stemma.graph.schema.Migrations;
import dev.stemma.graph.store.BoltGraph;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.GraphAddress;
import dev.stemma.graph.store.Statement;
import java.io.IOException;
import java.io.UncheckedIOException;
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

    /** On a test class: the graph is emptied before each of its tests. */
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface EmptiedBeforeEachTest {}

    @Override
    public void beforeAll(ExtensionContext context) {
        empty(Running.INSTANCE.graph);
        forgetPlans(Running.INSTANCE.graph);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (context.getRequiredTestClass().isAnnotationPresent(EmptiedBeforeEachTest.class)) {
            empty(Running.INSTANCE.graph);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Graph.class || type == BoltGraph.class || type == GraphAddress.class || type == LocalNeo4j.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type == LocalNeo4j.class) {
            return Running.INSTANCE.neo4j;
        }
        return type == GraphAddress.class ? Running.INSTANCE.neo4j.address() : Running.INSTANCE.graph;
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

    /** Stemma's statements are planned once, so that those of one class would be planned for the data of another. */
    private static void forgetPlans(Graph graph) {
        graph.write(Statement.of("CALL db.clearQueryCaches() YIELD value RETURN count(value) AS cleared"));
    }

    private static void repeat(Graph graph, String removal) {
        while (graph.write(Statement.of(removal)).getFirst().number("removed") > 0) {
            continue;
        }
    }

    /**
     * The one server of this JVM. It is not kept in JUnit's root store: where one JVM runs several classes, Surefire makes
     * one such store for each of them, and a server for each class would be most of what the tests wait for.
     */
    private static final class Running {

        private static final Running INSTANCE = start();

        private final LocalNeo4j neo4j;
        private final BoltGraph graph;

        private Running(LocalNeo4j neo4j, BoltGraph graph) {
            this.neo4j = neo4j;
            this.graph = graph;
        }

        private static Running start() {
            try {
                Path home = Files.createTempDirectory("stemma-graph");
                LocalNeo4j neo4j = LocalNeo4j.start(home);
                BoltGraph graph = BoltGraph.open(neo4j.address());
                Migrations.apply(graph);
                Running running = new Running(neo4j, graph);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> running.stop(home), "stop-test-graph"));
                return running;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void stop(Path home) {
            graph.close();
            neo4j.close();
            try (Stream<Path> files = Files.walk(home)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
