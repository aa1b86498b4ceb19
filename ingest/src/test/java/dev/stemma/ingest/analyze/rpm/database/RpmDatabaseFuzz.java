package dev.stemma.ingest.analyze.rpm.database;

import dev.stemma.ingest.analyze.rpm.Rpms;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.fuzz.ImageFuzz;
import dev.stemma.ingest.fuzz.Scratch;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Damaged databases of rpm in each form: SQLite with and without its log, Berkeley DB in both byte orders, ndb. */
public final class RpmDatabaseFuzz extends ImageFuzz {

    @Override
    public String name() {
        return "rpm-database";
    }

    @Override
    public void make(Path directory) throws Exception {
        Path work = work(directory);
        Path rpms = Rpms.build(work, 20, 3);
        Path tree = Rpms.install(rpms, work.resolve("tree"), "/var/lib/rpm");
        Tool.script(Rpms.class, "crash.sh", rpms, tree, "/var/lib/rpm");
        Path sqlite = tree.resolve("var/lib/rpm");
        Files.copy(sqlite.resolve("rpmdb.sqlite"), set(directory, "sqlite").resolve("database"));
        Path logged = set(directory, "logged");
        Files.copy(tree.resolve("crashed/rpmdb.sqlite"), logged.resolve("database"));
        Files.copy(tree.resolve("crashed/rpmdb.sqlite-wal"), logged.resolve("log"));
        for (String order : List.of("1234", "4321")) {
            Path packages = set(directory, "berkeley-" + order).resolve("database");
            Tool.script(Rpms.class, "berkeley.sh", sqlite, packages, order, "512");
        }
        try (var in = new GZIPInputStream(Files.newInputStream(Rpms.resource("ndb.db.gz")))) {
            Files.copy(in, set(directory, "ndb").resolve("database"));
        }
    }

    @Override
    protected void read(String set, List<Scratch> images) throws ImageProblem {
        PackageTable table =
                switch (set) {
                    case "sqlite" -> new SqliteTable(Optional.empty());
                    case "logged" -> new SqliteTable(Optional.of(images.get(1)));
                    case "ndb" -> new NdbTable();
                    default -> new BerkeleyTable();
                };
        Scratch database = images.getFirst();
        long[] bytes = {0};
        table.read(database, Budget.of(Duration.ofSeconds(10)), new HeaderSink() {
            @Override
            public void header(long number, byte[] header) {
                bytes[0] += header.length;
            }

            @Override
            public void broken(ImageProblem problem) {}
        });
        long most = images.stream().mapToLong(Scratch::sizeBytes).sum();
        if (bytes[0] > 2 * most) {
            throw new AssertionError(bytes[0] + " bytes of headers from " + most);
        }
    }
}
