package dev.stemma.ingest.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.GraphExtension;
import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Attributes;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Payload;
import dev.stemma.graph.model.Times;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.graph.tree.TreeBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What runs write beside their reading, in a real graph. */
@ExtendWith(GraphExtension.class)
@GraphExtension.EmptiedBeforeEachTest
class RunWriterIT {

    private static final int FILES = 6_000;
    private static final Attributes DIRECTORY = Attributes.of(0755, 0, 0, Times.modifiedAt(Instant.EPOCH), 2, 2);
    private static final Attributes FILE = Attributes.of(0644, 0, 0, Times.modifiedAt(Instant.EPOCH), 3, 1);

    private final Graph graph;
    private final InventoryEmitter emitter;

    RunWriterIT(Graph graph) {
        this.graph = graph;
        this.emitter = new InventoryEmitter(graph);
    }

    @Test
    void runsBesideEachOtherWriteEachOwnedPathOnce() throws Exception {
        try (var both = Executors.newFixedThreadPool(2)) {
            Callable<Boolean> run = () -> {
                write(emitter);
                return true;
            };
            for (Future<Boolean> one : both.invokeAll(List.of(run, run))) {
                assertThat(one.get()).isTrue();
            }
        }

        assertThat(number("MATCH (:PackageVersion)-[o:OWNS]->(:File) RETURN count(o) AS n"))
                .isEqualTo(FILES);
        assertThat(
                        number(
                                "MATCH (:PackageVersion)-[o:OWNS]->(:File)<-[e:ENTRY]-() WHERE o.path ENDS WITH e.name RETURN count(e) AS n"))
                .isEqualTo(FILES);
        assertThat(number("MATCH (v:PackageVersion) RETURN sum(v.owned) AS n")).isEqualTo(FILES);
    }

    @Test
    void whatARunLeftThatWasCutOffIsMadeAgain() {
        try (RunWriter cutOff = emitter.run()) {
            offer(cutOff);
            // Closed without being finished: some batches are written by then, others not, and no version is marked.
        }
        assertThat(number("MATCH (v:PackageVersion) WHERE v.owned IS NOT NULL RETURN count(v) AS n"))
                .isZero();

        write(emitter);

        assertThat(number("MATCH (:PackageVersion)-[o:OWNS]->(:File) RETURN count(o) AS n"))
                .isEqualTo(FILES);
    }

    @Test
    void aRehearsalLeavesNothingAndHindersNoRun() {
        long before = number("MATCH (n) RETURN count(n) AS n");

        emitter.rehearse();
        write(emitter);
        emitter.rehearse();

        assertThat(
                        number(
                                "MATCH (n) WHERE any(key IN keys(n) WHERE toString(n[key]) CONTAINS 'rehearsal') RETURN count(n) AS n"))
                .isZero();
        assertThat(number("MATCH (n) RETURN count(n) AS n")).isGreaterThan(before + FILES);
    }

    private static void write(InventoryEmitter emitter) {
        try (RunWriter writer = emitter.run()) {
            offer(writer);
            writer.finish();
        }
    }

    /** Two packages with the odd and the even files of one directory. */
    private static void offer(RunWriter writer) {
        List<InstalledPackage> packages = List.of(installed("even", 0), installed("odd", 1));
        writer.packages(packages);
        OwnedPaths owners = writer.guest(packages);
        TreeBuilder builder = new TreeBuilder(writer);
        builder.add(new Entry(GuestPath.ROOT, DIRECTORY, new Payload.Directory()));
        for (int file = 0; file < FILES; file++) {
            Digest content = Digest.sha256(("content " + file).getBytes(StandardCharsets.UTF_8));
            Entry entry = new Entry(path(file), FILE, new Payload.File(1, Optional.of(content)));
            builder.add(entry);
            owners.offer(entry.path(), entry);
        }
        builder.finish();
    }

    private static InstalledPackage installed(String name, int first) {
        List<InstalledPackage.OwnedPath> owned = new ArrayList<>();
        IntStream.iterate(first, file -> file < FILES, file -> file + 2)
                .forEach(file -> owned.add(new InstalledPackage.OwnedPath(path(file), Optional.empty(), false)));
        return new InstalledPackage(
                "pkg:deb/debian/" + name + "@1",
                "deb",
                name,
                "1",
                "all",
                "installed",
                false,
                Optional.empty(),
                Optional.empty(),
                owned);
    }

    private static GuestPath path(int file) {
        return GuestPath.parse("/file%05d".formatted(file));
    }

    private long number(String cypher) {
        Row row = graph.read(Statement.of(cypher).with(Map.of())).getFirst();
        return row.number("n");
    }
}
