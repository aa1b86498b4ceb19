package dev.stemma.graph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.schema.Migrations;
import dev.stemma.graph.store.GraphException.Kind;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every graph does, wherever its server runs. Implementations say where. */
abstract class GraphContract {

    /** A migrated graph. */
    abstract BoltGraph graph();

    /** Where it is. */
    abstract GraphAddress address();

    @BeforeEach
    void empty() {
        GraphExtension.empty(graph());
    }

    @Test
    void aWriteIsReadBack() {
        graph().write(new Statement("CREATE (:File {id: $id, sizeBytes: 3})", Map.of("id", "abc")));
        assertThat(graph().read(Statement.of("MATCH (f:File) RETURN f")))
                .containsExactly(new Row(Map.of("f", Map.of("id", "abc", "sizeBytes", 3L))));
    }

    @Test
    void valuesComeBackAsTheyWent() {
        Instant instant = Instant.parse("2026-11-20T10:00:00.123456789Z");
        Map<String, Object> values = new HashMap<>();
        values.put("text", "ä\uD83D\uDE00\u0000'\"`$x");
        values.put("number", Long.MIN_VALUE);
        values.put("fraction", 0.1);
        values.put("flag", true);
        values.put("bytes", new byte[] {0, -1, 127});
        values.put("instant", instant);
        values.put("date", LocalDate.of(2026, 2, 28));
        values.put("list", List.of(1L, "two", List.of(3L)));
        values.put("map", Map.of("inner", Optional.of("value")));
        values.put("nothing", Optional.empty());
        Row row = graph().read(new Statement("RETURN $v AS v", Map.of("v", values)))
                .getFirst();
        Map<?, ?> back = (Map<?, ?>) row.require("v");
        assertThat(back.get("text")).isEqualTo(values.get("text"));
        assertThat(back.get("number")).isEqualTo(Long.MIN_VALUE);
        assertThat(back.get("fraction")).isEqualTo(0.1);
        assertThat(back.get("flag")).isEqualTo(true);
        assertThat((byte[]) back.get("bytes")).containsExactly(0, -1, 127);
        assertThat(back.get("instant")).isEqualTo(instant.atZone(ZoneOffset.UTC));
        assertThat(back.get("date")).isEqualTo(LocalDate.of(2026, 2, 28));
        assertThat(back.get("list")).isEqualTo(List.of(1L, "two", List.of(3L)));
        assertThat(back.get("map")).isEqualTo(Map.of("inner", "value"));
        assertThat(back.containsKey("nothing")).isTrue();
        assertThat(back.get("nothing")).isNull();
    }

    @Test
    void nodesRelationshipsAndPathsComeAsMaps() {
        Row row = graph().write(Statement.of(
                        "CREATE p = (a:Directory {id: 'a'})-[e:ENTRY {name: 'n'}]->(b:File {id: 'b'}) RETURN a, e, p"))
                .getFirst();
        assertThat(row.require("a")).isEqualTo(Map.of("id", "a"));
        assertThat(row.require("e")).isEqualTo(Map.of("name", "n"));
        assertThat(row.require("p"))
                .isEqualTo(Map.of(
                        "nodes", List.of(Map.of("id", "a"), Map.of("id", "b")),
                        "relationships", List.of(Map.of("name", "n"))));
    }

    @Test
    void aTransactionThatFailsLeavesNothing() {
        assertThatThrownBy(() -> graph().writing(transaction -> {
                    transaction.run(Statement.of("CREATE (:File {id: 'half'})"));
                    throw new IllegalArgumentException("half way");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(count("File")).isZero();
    }

    @Test
    void readsOfOneTransactionSeeOneState() {
        long sum = graph().reading(transaction -> transaction
                        .run(Statement.of("RETURN 1 AS n"))
                        .getFirst()
                        .number("n")
                + transaction.run(Statement.of("RETURN 2 AS n")).getFirst().number("n"));
        assertThat(sum).isEqualTo(3);
    }

    @Test
    void failuresSayWhatTheyAre() {
        assertThat(kind(() -> graph().read(Statement.of("MATCH (n RETURN n")))).isEqualTo(Kind.INVALID);
        assertThat(kind(() -> graph().read(Statement.of("RETURN $missing")))).isEqualTo(Kind.INVALID);
        assertThat(kind(() -> graph().read(Statement.of("CREATE (n)")))).isEqualTo(Kind.READ_ONLY);
        graph().write(Statement.of("CREATE (:File {id: 'same'})"));
        assertThat(kind(() -> graph().write(Statement.of("CREATE (:File {id: 'same'})"))))
                .isEqualTo(Kind.CONFLICT);
    }

    @Test
    void aWrongPasswordAndAWrongAddressAreToldApart() {
        GraphAddress wrong = new GraphAddress(address().uri(), address().user(), () -> "wrong");
        assertThat(kind(() -> BoltGraph.open(wrong).close())).isEqualTo(Kind.UNAUTHENTICATED);
        GraphAddress nowhere = new GraphAddress(URI.create("bolt://127.0.0.1:1"), "neo4j", () -> "any");
        assertThat(kind(() -> BoltGraph.open(nowhere).close())).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void aLongAnswerStreamsInOrder() {
        AtomicInteger next = new AtomicInteger();
        graph().stream(Statement.of("UNWIND range(0, 49999) AS i RETURN i"), row -> {
            assertThat(row.number("i")).isEqualTo(next.getAndIncrement());
        });
        assertThat(next).hasValue(50_000);
    }

    @Test
    void rowsThatWereHandedOverAreNotHandedOverAgain() {
        List<Long> seen = new ArrayList<>();
        assertThat(kind(() -> graph().stream(
                        Statement.of("UNWIND range(0, 5000) AS i RETURN 1 / (4000 - i) AS i"),
                        row -> seen.add(row.number("i")))))
                .isNotNull();
        assertThat(seen.size()).isBetween(1, 4_000);
    }

    @Test
    void aStreamEndsWhenItsReaderThrows() {
        assertThatThrownBy(() -> graph().stream(Statement.of("UNWIND range(0, 100000) AS i RETURN i"), _ -> {
                    throw new IllegalArgumentException("enough");
                }))
                .hasMessage("enough");
        assertThat(graph().read(Statement.of("RETURN 1 AS n"))).hasSize(1);
    }

    @Test
    void batchesGoInWhole() {
        long rows = Batch.STANDARD.run(
                graph(),
                "UNWIND $rows AS row CREATE (:File {id: row.id, sizeBytes: row.size})",
                IntStream.range(0, 9_001)
                        .mapToObj(i -> Map.<String, Object>of("id", "f" + i, "size", i))
                        .iterator());
        assertThat(rows).isEqualTo(9_001);
        assertThat(count("File")).isEqualTo(9_001);
    }

    @Test
    void transactionsThatBlockEachOtherBothSucceed() throws Exception {
        graph().write(Statement.of("CREATE (:File {id: 'a', sizeBytes: 0}), (:File {id: 'b', sizeBytes: 0})"));
        CountDownLatch both = new CountDownLatch(2);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> one = threads.submit(() -> addTo("a", "b", both));
            Future<?> two = threads.submit(() -> addTo("b", "a", both));
            one.get(5, TimeUnit.MINUTES);
            two.get(5, TimeUnit.MINUTES);
        }
        assertThat(graph().read(Statement.of("MATCH (f:File) RETURN f.sizeBytes AS n ORDER BY f.id")))
                .extracting(row -> row.number("n"))
                .containsExactly(2L, 2L);
    }

    private boolean addTo(String first, String second, CountDownLatch both) {
        Statement add = Statement.of("MATCH (f:File {id: $id}) SET f.sizeBytes = f.sizeBytes + 1");
        return graph().writing(transaction -> {
            transaction.run(add.with(Map.of("id", first)));
            both.countDown();
            try {
                // The second attempt of the one that the server ended does not wait.
                boolean _ = both.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            transaction.run(add.with(Map.of("id", second)));
            return true;
        });
    }

    @Test
    void theSchemaIsThereAndApplyingItAgainDoesNothing() {
        assertThat(Migrations.apply(graph())).isEqualTo("007");
        assertThat(graph().read(Statement.of("SHOW CONSTRAINTS YIELD name RETURN name")))
                .extracting(row -> row.text("name"))
                .contains("image_id", "image_location", "directory_id", "package_version_purl");
        assertThat(graph().read(Statement.of("SHOW INDEXES YIELD name, state WHERE state = 'ONLINE' RETURN name")))
                .extracting(row -> row.text("name"))
                .contains("entry_name", "owns_path");
    }

    @Test
    void cypherOfOutsidersCannotWrite() {
        ReadOnlyCypher cypher = new ReadOnlyCypher(graph());
        assertThat(kind(() -> cypher.run("CREATE (n:File)", Map.of(), ReadOnlyCypher.Limits.STANDARD)))
                .isEqualTo(Kind.READ_ONLY);
        assertThat(cypher.run("MATCH (n:File) RETURN count(n) AS n", Map.of(), ReadOnlyCypher.Limits.STANDARD)
                        .rows())
                .containsExactly(new Row(Map.of("n", 0L)));
    }

    private long count(String label) {
        return graph().read(Statement.of("MATCH (n:" + label + ") RETURN count(n) AS n"))
                .getFirst()
                .number("n");
    }

    private static Kind kind(Runnable work) {
        GraphException e = catchThrowableOfType(GraphException.class, work::run);
        assertThat(e).as("nothing failed").isNotNull();
        return e.kind();
    }
}
