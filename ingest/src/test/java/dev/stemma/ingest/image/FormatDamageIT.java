package dev.stemma.ingest.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.ingest.filesystem.MemorySource;
import dev.stemma.ingest.image.layer.Layer;
import dev.stemma.ingest.image.layer.LayeredSource;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unsupported;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Damaged images of every format: a problem with its place, or bytes; always soon and in bounded memory. The seed of a
 * failure is in its message; {@code -Dseed=N} begins there.
 */
class FormatDamageIT {

    /** What an input costs is judged by processor time, which does not depend on what else the machine does. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final long FIRST = Long.getLong("seed", 1);
    private static final int COUNT = 1_500;
    private static final long READ_AT_MOST = 8 << 20;
    private static final int[] EXTREMES = {0, 1, 2, 3, 9, 63, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 16, 1 << 20
    };

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "QCOW, '', 48",
        "QCOW, -c, 48",
        "QCOW2, -c, 112",
        "VMDK, '', 1536",
        "VMDK, -o subformat=streamOptimized, 1536",
        "VPC, -o force_size=on, 1536",
        "VPC, '-o force_size=on,subformat=fixed', 512",
        "VHDX, -o block_size=1M, 4096",
        "VDI, '', 512",
        "PARALLELS, -o cluster_size=64k, 128",
    })
    @Timeout(900)
    void aDamagedImageGivesBytesOrAProblem(DiskFormat format, String options, int headBytes) throws Exception {
        Path raw = Qemu.raw(directory, "disk.raw", 3, 3 << 20);
        Path image = directory.resolve("disk.img");
        DiskFormatOracleIT.convert(format.word(), options, raw, image);
        byte[] original = Files.readAllBytes(image);
        int refused = 0;
        for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = damaged(original, headBytes, random);
            if (format == DiskFormat.VHDX && random.nextBoolean()) {
                resealed(bytes);
            }
            long start = THREADS.getCurrentThreadCpuTime();
            try {
                read(format, bytes);
            } catch (ImageProblem e) {
                refused++;
                assertThat(e.getMessage()).as("seed " + seed).startsWith("memory");
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed, e);
            }
            assertThat(THREADS.getCurrentThreadCpuTime() - start)
                    .as("nanoseconds of processor time for seed " + seed)
                    .isLessThan(TimeUnit.SECONDS.toNanos(5));
        }
        assertThat(refused).isBetween(COUNT / 10, COUNT - 1);
    }

    private static void read(DiskFormat format, byte[] bytes) throws ImageProblem {
        Budget budget = Budget.of(Duration.ofMinutes(30));
        MemorySource source = new MemorySource(bytes);
        Layer layer = Layers.open(
                format,
                source,
                name -> {
                    throw new Unsupported("unsupported-feature", source.origin(), "there is only one file");
                },
                budget);
        try (LayeredSource disk = new LayeredSource(layer, null, Origin.of("memory"), budget)) {
            MemorySegment target = MemorySegment.ofArray(new byte[1 << 20]);
            long end = Math.min(disk.sizeBytes(), READ_AT_MOST);
            for (long at = 0; at < end; at += target.byteSize()) {
                disk.read(at, target.asSlice(0, Math.min(target.byteSize(), end - at)));
            }
            disk.extents(0, end);
        }
    }

    private static byte[] damaged(byte[] original, int headBytes, SplittableRandom random) {
        byte[] bytes = original.clone();
        ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        switch (random.nextInt(6)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> bytes[random.nextInt(headBytes)] ^= (byte) (1 << random.nextInt(8));
            case 2 -> fields.putInt(4 * random.nextInt(headBytes / 4), EXTREMES[random.nextInt(EXTREMES.length)]);
            case 3 -> {
                int start = random.nextInt(bytes.length);
                Arrays.fill(bytes, start, Math.min(bytes.length, start + random.nextInt(1, 10_000)), (byte) 0);
            }
            case 4 -> {
                int from = random.nextInt(bytes.length);
                int to = random.nextInt(bytes.length);
                System.arraycopy(original, from, bytes, to, Math.min(4_096, bytes.length - Math.max(from, to)));
            }
            default -> {
                // Where tables lie differs; damage is spread over all of the file, and more of it over the beginning.
                for (int i = 0; i < 200; i++) {
                    int bound = i % 2 == 0 ? bytes.length : Math.min(bytes.length, 200_000);
                    bytes[random.nextInt(bound)] ^= (byte) (1 << random.nextInt(8));
                }
            }
        }
        return bytes;
    }

    /** Gives VHDX structures the checksums of what they say now, so that damage gets past them. */
    private static void resealed(byte[] bytes) {
        for (int[] structure :
                new int[][] {{64 << 10, 4_096}, {128 << 10, 4_096}, {192 << 10, 64 << 10}, {256 << 10, 64 << 10}}) {
            if (bytes.length >= structure[0] + structure[1]) {
                ByteBuffer.wrap(bytes).putInt(structure[0] + 4, 0);
                CRC32C sum = new CRC32C();
                sum.update(bytes, structure[0], structure[1]);
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(structure[0] + 4, (int) sum.getValue());
            }
        }
    }
}
