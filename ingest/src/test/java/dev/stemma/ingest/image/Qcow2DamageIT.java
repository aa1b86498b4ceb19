package dev.stemma.ingest.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.filesystem.MemorySource;
import dev.stemma.ingest.image.qcow2.Qcow2Header;
import dev.stemma.ingest.image.qcow2.Qcow2Tables;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged qcow2 files: a problem with its place, or what qemu-img too reads of them; always soon. The seed of a failure is
 * in its message; {@code -Dseed=N} begins there.
 */
class Qcow2DamageIT {

    /** What an input costs is judged by processor time, which does not depend on what else the machine does. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final long FIRST = Long.getLong("seed", 1);
    private static final int[] EXTREMES = {0, 1, 2, 3, 9, 21, 63, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 16};

    @TempDir
    Path directory;

    private byte[] image() throws Exception {
        Path raw = Qemu.raw(directory, "disk.img", 3, 3 << 20);
        Path image = directory.resolve("disk.qcow2");
        Qemu.run(
                "qemu-img",
                "convert",
                "-f",
                "raw",
                "-O",
                "qcow2",
                "-o",
                "cluster_size=4k",
                raw.toString(),
                image.toString());
        return Files.readAllBytes(image);
    }

    private static byte[] damaged(byte[] original, SplittableRandom random) {
        byte[] bytes = original.clone();
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        switch (random.nextInt(5)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> bytes[random.nextInt(112)] ^= (byte) (1 << random.nextInt(8));
            case 2 -> fields.putInt(4 * random.nextInt(28), EXTREMES[random.nextInt(EXTREMES.length)]);
            case 3 -> {
                int start = random.nextInt(bytes.length);
                Arrays.fill(bytes, start, Math.min(bytes.length, start + random.nextInt(1, 10_000)), (byte) 0);
            }
            default -> {
                // The first-level table and the second-level tables that it names.
                int l1 = (int) fields.getLong(40);
                int l2 = (int) (fields.getLong(l1) & 0xffffffffL);
                int table = random.nextBoolean() ? l1 : l2;
                for (int i = random.nextInt(1, 5); i > 0; i--) {
                    bytes[table + random.nextInt(256)] ^= (byte) (1 << random.nextInt(8));
                }
            }
        }
        return bytes;
    }

    @Test
    @Timeout(900)
    void vettingEndsInAnAnswerOrAProblem() throws Exception {
        byte[] original = image();
        int refused = 0;
        int count = 5_000;
        for (long seed = FIRST; seed < FIRST + count; seed++) {
            MemorySource source = new MemorySource(damaged(original, new SplittableRandom(seed)));
            long start = THREADS.getCurrentThreadCpuTime();
            try {
                Qcow2Header header = Qcow2Header.read(source);
                Qcow2Tables.requireSound(source, header, Budget.of(Duration.ofMinutes(30)));
            } catch (ImageProblem e) {
                refused++;
                assertThat(e.getMessage()).as("seed " + seed).contains("memory › ");
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed, e);
            }
            assertThat(THREADS.getCurrentThreadCpuTime() - start)
                    .as("nanoseconds of processor time for seed " + seed)
                    .isLessThan(TimeUnit.SECONDS.toNanos(5));
        }
        assertThat(refused).isBetween(count / 4, count - 1);
    }

    @Test
    @Timeout(900)
    void whatPassesReadsAsQemuImgReadsIt() throws Exception {
        byte[] original = image();
        int compared = 0;
        for (long seed = FIRST; seed < FIRST + 60; seed++) {
            byte[] bytes = damaged(original, new SplittableRandom(seed));
            Path image = Files.write(directory.resolve(seed + ".qcow2"), bytes);
            Digest digest;
            try (OpenImage open =
                    ImageOpener.open(image, ImageRules.within(directory), Budget.of(Duration.ofMinutes(30)))) {
                if (open.facts().virtualBytes() > 1 << 30) {
                    continue; // The damage made the disk huge, which is a right answer and long to compare.
                }
                digest = Qemu.digest(open.bytes());
            } catch (ImageProblem e) {
                assertThat(e.getMessage()).as("seed " + seed).contains(seed + ".qcow2");
                continue;
            }
            Path raw = directory.resolve(seed + ".img");
            if (open(image)) {
                Qemu.run("qemu-img", "convert", "-f", "qcow2", "-O", "raw", image.toString(), raw.toString());
                assertThat(digest).as("seed " + seed).isEqualTo(Qemu.digest(raw));
                compared++;
            }
        }
        assertThat(compared).as("images that could be compared").isPositive();
    }

    private static boolean open(Path image) throws Exception {
        return new ProcessBuilder("qemu-img", "info", "-f", "qcow2", image.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    @Test
    void countsThatWouldFillTheMemoryAreRefused() throws Exception {
        Path images = Files.createDirectory(directory.resolve("huge"));
        ImageRules rules = ImageRules.within(images);
        Problems.of("bad-value", new CraftedQcow2().u32(36, -1).write(images.resolve("l1.qcow2")), rules);
        Problems.of("bad-value", new CraftedQcow2().u32(56, -1).write(images.resolve("refcounts.qcow2")), rules);
        Problems.of("bad-value", new CraftedQcow2().u32(60, -1).write(images.resolve("snapshots.qcow2")), rules);
        Problems.of("bad-value", new CraftedQcow2().u32(20, 63).write(images.resolve("clusters.qcow2")), rules);
        Problems.of("bad-value", new CraftedQcow2().u64(24, Long.MAX_VALUE).write(images.resolve("size.qcow2")), rules);
        Problems.of("bad-value", new CraftedQcow2().u32(100, -1).write(images.resolve("header.qcow2")), rules);
        Problems.of(
                "bad-value",
                new CraftedQcow2().extension(0x6803f857, "").u32(108, -1).write(images.resolve("extension.qcow2")),
                rules);
    }

    @Test
    void aTableThatIsNamedTwiceIsALoop() throws Exception {
        Path images = Files.createDirectory(directory.resolve("loop"));
        Path image = new CraftedQcow2()
                .u32(36, 2)
                .u64(2 * CraftedQcow2.CLUSTER, 3L * CraftedQcow2.CLUSTER)
                .u64(2 * CraftedQcow2.CLUSTER + 8, 3L * CraftedQcow2.CLUSTER)
                .write(images.resolve("loop.qcow2"));
        Problems.of("loop", image, ImageRules.within(images));
    }
}
