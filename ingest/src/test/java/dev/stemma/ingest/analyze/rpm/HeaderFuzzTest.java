package dev.stemma.ingest.analyze.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.stemma.ingest.analyze.Guest;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.Placement;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damaged headers end in a package or a problem, and take no more memory than their bytes call for; {@code -Dseed=N} begins there. */
class HeaderFuzzTest {

    private static final long FIRST = Long.getLong("seed", 1);
    private static final int COUNT = 5_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path work;

    @Test
    @Timeout(120)
    void aDamagedHeaderIsAPackageOrAProblem() throws Exception {
        byte[] whole = Rpms.header(work, 20, 4);
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
