package dev.stemma.ingest.analyze.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.stemma.ingest.analyze.Guest;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.Placement;
import dev.stemma.ingest.filesystem.Tool;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damaged headers end in a package or a problem, and take no more memory than their bytes call for; {@code -Dseed=N} begins there. */
class HeaderFuzzTest {

    private static final long FIRST = Long.getLong("seed", 1);
    private static final int COUNT = 5_000;
    private static final int MAGIC_BYTES = 8;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path work;

    /** The header of a package as rpm exports it. */
    private byte[] header() throws Exception {
        Path rpms = Rpms.build(work, 20, 4);
        Path tree = Files.createDirectories(work.resolve("tree"));
        Rpms.install(rpms, tree, "/var/lib/rpm");
        Path exported = work.resolve("exported");
        Tool.run(List.of(
                "sh",
                "-c",
                "rpmdb --dbpath \"$0\" --exportdb > \"$1\" 2>/dev/null",
                tree.resolve("var/lib/rpm").toString(),
                exported.toString()));
        byte[] all = Files.readAllBytes(exported);
        ByteBuffer counts = ByteBuffer.wrap(all, MAGIC_BYTES, 8);
        int length = 8 + 16 * counts.getInt() + counts.getInt();
        return Arrays.copyOfRange(all, MAGIC_BYTES, MAGIC_BYTES + length);
    }

    @Test
    @Timeout(120)
    void aDamagedHeaderIsAPackageOrAProblem() throws Exception {
        byte[] whole = header();
        Origin origin = Origin.of("package");
        int packages = 0;
        try (Guest guest = Guest.of(Files.createDirectories(work.resolve("empty")))) {
            GuestFiles files = guest.files();
            for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
                byte[] damaged = Damage.of(whole, seed);
                long before = THREADS.getCurrentThreadAllocatedBytes();
                try {
                    Header header = Header.parse(damaged, origin);
                    RpmPackage.of(header, origin);
                    new RpmFiles(new Placement(files)).of(header, origin);
                    packages++;
                } catch (ImageProblem e) {
                    assertThat(e.code()).isNotBlank();
                } catch (RuntimeException | Error e) {
                    throw new AssertionError("seed " + seed, e);
                }
                assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                        .as("allocated, seed %d", seed)
                        .isLessThan(400L * whole.length + (4 << 20));
            }
        }
        assertThat(packages).isBetween(COUNT / 20, COUNT);
    }
}
