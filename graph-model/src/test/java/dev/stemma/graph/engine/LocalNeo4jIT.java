package dev.stemma.graph.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stemma.graph.store.BoltGraph;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.GraphException;
import dev.stemma.graph.store.Statement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalNeo4jIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path home;

    @Test
    void aRunningServerKeepsItsSecretsAndItsSilence() throws Exception {
        try (ParentProcess parent = ParentProcess.start(home)) {
            long child = parent.childPid(PATIENCE);
            Path directory = home.resolve("neo4j");

            String password = Files.readString(directory.resolve("password")).strip();
            assertThat(password).matches("[0-9a-f]{48}");
            assertThat(mode(directory)).isEqualTo("rwx------");
            assertThat(mode(directory.resolve("password"))).isEqualTo("rw-------");
            assertThat(Files.readString(Path.of("/proc/" + child + "/cmdline"))).doesNotContain(password);
            assertThat(Files.readString(Path.of("/proc/" + child + "/environ"))).doesNotContain(password);
            assertThat(ListeningSockets.of(child)).isNotEmpty().allSatisfy(address -> assertThat(
                            address.isLoopbackAddress())
                    .isTrue());

            DataDirectoryInUse refused = catchThrowableOfType(DataDirectoryInUse.class, () -> LocalNeo4j.start(home));
            assertThat(refused.pid()).isEqualTo(OptionalLong.of(parent.pid()));
            assertThat(refused).hasMessageContaining("process " + parent.pid()).hasMessageContaining("stemma down");

            parent.finish(PATIENCE);
            assertThat(ProcessHandle.of(child)).isEmpty();
            assertThat(parent.printed()).isEqualTo("child " + child + "\n");
            assertThat(Files.readString(directory.resolve("logs/neo4j.log"))).contains("Started.", "Stopped.");
        }
    }

    @Test
    void theServerEndsWithAParentThatIsKilledAndStartsAgain() throws Exception {
        long child;
        try (ParentProcess parent = ParentProcess.start(home)) {
            child = parent.childPid(PATIENCE);
            parent.kill();
        }
        // No waiting here: the new child waits for the old one to leave the directory.
        try (LocalNeo4j again = LocalNeo4j.start(home);
                Graph graph = BoltGraph.open(again.address())) {
            await(() -> ProcessHandle.of(child).isEmpty());
            assertThat(graph.read(Statement.of("RETURN 1 AS n"))).hasSize(1);
        }
    }

    @Test
    void aServerThatIsKilledWhileWritingComesBackAndHasLostNothingAcknowledged() throws Exception {
        AtomicLong acknowledged = new AtomicLong();
        try (LocalNeo4j neo4j = LocalNeo4j.start(home);
                BoltGraph graph = BoltGraph.open(neo4j.address())) {
            graph.write(Statement.of("CREATE CONSTRAINT n IF NOT EXISTS FOR (w:Written) REQUIRE w.n IS UNIQUE"));
            AtomicBoolean enough = new AtomicBoolean();
            CountDownLatch underWay = new CountDownLatch(50);
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                // MERGE, because a commit whose acknowledgement was lost is repeated.
                Statement write = Statement.of("MERGE (w:Written {n: $n}) SET w.payload = $payload");
                for (long n = 1; !enough.get(); n++) {
                    untilReached(graph, write.with(Map.of("n", n, "payload", "x".repeat(2_000))));
                    acknowledged.set(n);
                    underWay.countDown();
                }
            });
            assertThat(underWay.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

            long before = neo4j.pid();
            assertThat(ProcessHandle.of(before).orElseThrow().destroyForcibly()).isTrue();
            await(() -> neo4j.running() && neo4j.pid() != before);
            long atRestart = acknowledged.get();
            await(() -> acknowledged.get() > atRestart + 10 || writing.isCompletedExceptionally());
            enough.set(true);
            writing.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertAllWritten(graph, acknowledged.get());
        }
        try (LocalNeo4j neo4j = LocalNeo4j.start(home);
                BoltGraph graph = BoltGraph.open(neo4j.address())) {
            assertAllWritten(graph, acknowledged.get());
        }
    }

    /** A restart may take longer than one write waits for the server. */
    private static void untilReached(Graph graph, Statement statement) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                graph.write(statement);
                return;
            } catch (GraphException e) {
                if (e.kind() != GraphException.Kind.UNREACHABLE || System.nanoTime() > end) {
                    throw e;
                }
            }
        }
    }

    private static void assertAllWritten(Graph graph, long last) {
        var row = graph.read(new Statement(
                        "MATCH (w:Written) WHERE w.n <= $last RETURN count(w) AS count, max(w.n) AS max",
                        Map.of("last", last)))
                .getFirst();
        assertThat(row.number("count")).isEqualTo(last);
        assertThat(row.number("max")).isEqualTo(last);
    }

    @Test
    void aPortThatIsTakenIsSaidToBe() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            LocalNeo4j.Settings settings = LocalNeo4j.Settings.of(home).withPort(taken.getLocalPort());
            assertThatThrownBy(() -> LocalNeo4j.start(settings))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("Neo4j did not start")
                    .hasMessageContaining("on port " + taken.getLocalPort())
                    .hasMessageContaining("Address already in use")
                    .hasMessageContaining(home.resolve("neo4j/logs").toString());
        }
        try (DataDirectoryLock free = DataDirectoryLock.take(home.resolve("neo4j"))) {
            assertThat(free).isNotNull();
        }
    }

    @Test
    void dataWithoutItsPasswordIsNotTouched() throws IOException {
        Files.createDirectories(home.resolve("neo4j/data/databases/system"));
        assertThatThrownBy(() -> LocalNeo4j.start(home))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("password file")
                .hasMessageContaining("is missing");
        assertThat(home.resolve("neo4j/password")).doesNotExist();
    }

    @Test
    void aServerThatIsGoneForGoodIsUnreachable() {
        BoltGraph graph;
        try (LocalNeo4j neo4j = LocalNeo4j.start(home)) {
            graph = BoltGraph.open(neo4j.address());
        }
        try (graph) {
            GraphException e =
                    catchThrowableOfType(GraphException.class, () -> graph.read(Statement.of("RETURN 1 AS n")));
            assertThat(e.kind()).isEqualTo(GraphException.Kind.UNREACHABLE);
        }
    }

    private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it took longer than " + PATIENCE).isLessThan(end);
            Thread.sleep(20);
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
