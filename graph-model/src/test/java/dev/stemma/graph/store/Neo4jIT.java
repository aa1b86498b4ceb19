package dev.stemma.graph.store;

import dev.stemma.graph.schema.Migrations;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.neo4j.Neo4jContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The contract, held by another server, as {@code STEMMA_NEO4J_URI} names one: a container of the image that
 * {@code bin/neo4j-image} makes. Skipped only where there is no Docker daemon.
 */
@Testcontainers(disabledWithoutDocker = true)
final class Neo4jIT extends GraphContract {

    private static final String PASSWORD = "container-password";

    @Container
    private static final Neo4jContainer SERVER = new Neo4jContainer(
                    DockerImageName.parse("stemma/neo4j-test:2026.08.1").asCompatibleSubstituteFor("neo4j"))
            .withAdminPassword(PASSWORD);

    private static GraphAddress address;
    private static BoltGraph graph;

    @BeforeAll
    static void connect(@TempDir Path directory) throws IOException {
        Path password = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
        address = GraphAddress.fromEnvironment(Map.of(
                        "STEMMA_NEO4J_URI", SERVER.getBoltUrl(),
                        "STEMMA_NEO4J_USER", "neo4j",
                        "STEMMA_NEO4J_PASSWORD_FILE", password.toString()))
                .orElseThrow();
        graph = BoltGraph.open(address);
        Migrations.apply(graph);
    }

    @AfterAll
    static void disconnect() {
        graph.close();
    }

    @Override
    BoltGraph graph() {
        return graph;
    }

    @Override
    GraphAddress address() {
        return new GraphAddress(URI.create(SERVER.getBoltUrl()), "neo4j", () -> PASSWORD);
    }
}
