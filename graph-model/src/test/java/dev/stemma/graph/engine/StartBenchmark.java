package dev.stemma.graph.engine;

import dev.stemma.graph.schema.Migrations;
import dev.stemma.graph.store.BoltGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Measures starts and stops of the local graph: {@code StartBenchmark DIRECTORY [RUNS]}. The first run makes the store. */
final class StartBenchmark {

    private StartBenchmark() {}

    public static void main(String[] args) throws IOException {
        Path home = Path.of(args[0]);
        int runs = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        System.out.println("run\tstart\tconnect\tschema\tstop\tresident MiB\tserver CPU at start and with schema");
        for (int run = 1; run <= runs; run++) {
            long begin = System.nanoTime();
            LocalNeo4j neo4j = LocalNeo4j.start(home);
            long started = System.nanoTime();
            long startCpu = cpuMillis(neo4j.pid());
            BoltGraph graph = BoltGraph.open(neo4j.address());
            long connected = System.nanoTime();
            Migrations.apply(graph);
            long migrated = System.nanoTime();
            long schemaCpu = cpuMillis(neo4j.pid());
            long resident = residentMebibytes(neo4j.pid());
            graph.close();
            long closing = System.nanoTime();
            neo4j.close();
            System.out.printf(
                    "%d\t%d ms\t%d ms\t%d ms\t%d ms\t%d\t%d ms\t%d ms%n",
                    run,
                    millis(begin, started),
                    millis(started, connected),
                    millis(connected, migrated),
                    millis(closing, System.nanoTime()),
                    resident,
                    startCpu,
                    schemaCpu);
        }
    }

    private static long millis(long from, long to) {
        return (to - from) / 1_000_000;
    }

    private static long cpuMillis(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElseThrow()
                .toMillis();
    }

    private static long residentMebibytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }
}
