package dev.stemma.ingest.analyze.rpm.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.stemma.ingest.analyze.rpm.Damage;
import dev.stemma.ingest.analyze.rpm.Rpms;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is done to a database, reading it ends in headers, broken ones and at most one problem, and takes memory in proportion to
 * its bytes. The seed of a failure is in its message; {@code -Dseed=N} begins there.
 */
class PackageTableFuzzTest {

    private static final long FIRST = Long.getLong("seed", 1);
    private static final int COUNT = 600;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    static Path work;

    static Path sqlite = Path.of("");
    static Path crashed = Path.of("");

    @BeforeAll
    static void databasesThatRpmMade() throws Exception {
        Path rpms = Rpms.build(work, 100, 8);
        Path tree = Rpms.install(rpms, work.resolve("tree"), "/var/lib/rpm");
        Tool.script(Rpms.class, "crash.sh", rpms, tree, "/var/lib/rpm");
        sqlite = tree.resolve("var/lib/rpm");
        crashed = tree.resolve("crashed");
    }

    private static final class Counting implements HeaderSink {
        private int headers;
        private int broken;
        private long bytes;

        @Override
        public void header(long number, byte[] header) {
            headers++;
            bytes += header.length;
        }

        @Override
        public void broken(ImageProblem problem) {
            broken++;
        }
    }

    private interface Opened {
        PackageTable table(ByteSource other) throws Exception;
    }

    private static Counting read(PackageTable table, ByteSource bytes, boolean[] problem) {
        Counting counting = new Counting();
        try {
            table.read(bytes, Budget.of(Duration.ofSeconds(20)), counting);
        } catch (ImageProblem e) {
            problem[0] = true;
        }
        return counting;
    }

    /** Reads damaged copies of one file; the other is left as it is. */
    private void damage(Path file, int headers, Opened opened) throws Exception {
        byte[] whole = Files.readAllBytes(file);
        int problems = 0;
        int partly = 0;
        for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
            Path damaged = Files.write(work.resolve("damaged"), Damage.of(whole, seed));
            try (FileSource source = FileSource.open(damaged)) {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                boolean[] problem = new boolean[1];
                Counting counting = read(opened.table(source), source, problem);
                long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
                problems += problem[0] ? 1 : 0;
                partly += counting.broken > 0 ? 1 : 0;
                assertThat(counting.bytes).as("bytes of headers, seed %d", seed).isLessThanOrEqualTo(2L * whole.length);
                assertThat(counting.headers + counting.broken)
                        .as("records, seed %d", seed)
                        .isLessThanOrEqualTo(whole.length / 2);
                assertThat(allocated).as("allocated, seed %d", seed).isLessThan(20L * whole.length + (8 << 20));
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        // The damage is felt, and often costs single records.
        assertThat(problems + partly).isGreaterThan(COUNT / 10);
        try (FileSource source = FileSource.open(file)) {
            boolean[] problem = new boolean[1];
            Counting counting = read(opened.table(source), source, problem);
            assertThat(problem[0]).isFalse();
            assertThat(counting.broken).isZero();
            assertThat(counting.headers).isEqualTo(headers);
        }
    }

    @Test
    @Timeout(180)
    void sqlite() throws Exception {
        damage(sqlite.resolve("rpmdb.sqlite"), 14, _ -> new SqliteTable(Optional.empty()));
    }

    @Test
    @Timeout(180)
    void theLogOfSqlite() throws Exception {
        byte[] whole = Files.readAllBytes(crashed.resolve("rpmdb.sqlite-wal"));
        try (FileSource database = FileSource.open(crashed.resolve("rpmdb.sqlite"))) {
            for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
                Path damaged = Files.write(work.resolve("log"), Damage.of(whole, seed));
                try (FileSource log = FileSource.open(damaged)) {
                    Counting counting = read(new SqliteTable(Optional.of(log)), database, new boolean[1]);
                    assertThat(counting.headers + counting.broken)
                            .as("seed %d", seed)
                            .isLessThanOrEqualTo(15);
                } catch (RuntimeException | Error e) {
                    throw new AssertionError("seed " + seed, e);
                }
            }
        }
    }

    @Test
    @Timeout(180)
    void berkeleyDb() throws Exception {
        for (String order : new String[] {"1234", "4321"}) {
            Path file = work.resolve("Packages-" + order);
            Tool.script(Rpms.class, "berkeley.sh", sqlite, file, order, "512");
            damage(file, 14, _ -> new BerkeleyTable());
        }
    }

    @Test
    @Timeout(180)
    void ndb() throws Exception {
        Path file = work.resolve("Packages.db");
        try (var in = new GZIPInputStream(Files.newInputStream(Rpms.resource("ndb.db.gz")))) {
            Files.copy(in, file);
        }
        damage(file, 304, _ -> new NdbTable());
    }
}
