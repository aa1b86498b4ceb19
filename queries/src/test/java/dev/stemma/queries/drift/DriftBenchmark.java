package dev.stemma.queries.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.store.Graph;
import dev.stemma.queries.Guest;
import dev.stemma.queries.Library;
import dev.stemma.queries.RandomGuests;
import dev.stemma.queries.TimedGraph;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two inventories of 30,000 and more entries with fewer than 200 changes: 100 ms in the service. Run with {@code -Dit.test=DriftBenchmark};
 * not part of a plain build, since a loaded machine says nothing.
 */
@ExtendWith(GraphExtension.class)
final class DriftBenchmark {

    private static final int ROUNDS = 40;

    private final Graph graph;

    DriftBenchmark(Graph graph) {
        this.graph = graph;
    }

    @Test
    void driftBetweenTwoLargeInventoriesTakesAtMostATenthOfASecond() {
        RandomGuests guests = new RandomGuests(new Random(7));
        Library library = new Library(graph);
        Guest base = guests.guest(40_000, 600);
        Guest other = guests.mutated(base, 140);
        String from = library.index("base", base);
        String to = library.index("other", other);
        DriftFinder finder = new DriftFinder(graph);
        FileDrift files = finder.drift(from, to, DriftOptions.all(100)).files().orElseThrow();
        double[] millis = new double[ROUNDS];
        Duration before = cpu();
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            finder.drift(from, to, DriftOptions.all(100));
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        double cpuMillis = cpu().minus(before).toNanos() / 1e6 / ROUNDS;
        double first = millis[0];
        TimedGraph timed = new TimedGraph(graph);
        new DriftFinder(timed).drift(from, to, DriftOptions.all(100));
        timed.notes().forEach(System.out::println);
        Arrays.sort(millis);
        System.out.printf(
                "drift of %d entries, %d changes: second %.0f ms, median of %d %.0f ms, worst %.0f ms;"
                        + " CPU of service and graph together %.0f ms each%n",
                base.entries().size(),
                files.changes().total(),
                first,
                ROUNDS,
                millis[ROUNDS / 2],
                millis[ROUNDS - 1],
                cpuMillis);
        assertThat(millis[ROUNDS / 2]).isLessThanOrEqualTo(100);
    }

    /** CPU time of this process and of the Neo4j that it started: says more than the clock on a loaded machine. */
    private static Duration cpu() {
        return Stream.concat(
                        Stream.of(ProcessHandle.current()),
                        ProcessHandle.current().descendants())
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }
}
