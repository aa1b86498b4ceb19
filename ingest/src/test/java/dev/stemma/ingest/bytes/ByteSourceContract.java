package dev.stemma.ingest.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.ingest.bytes.ByteSource.Extent;
import dev.stemma.ingest.problem.Corrupt;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every source of bytes keeps to. The seed of a failure is in its message; {@code -Dseed=N} begins there. */
public abstract class ByteSourceContract {

    private static final long SEED = Long.getLong("seed", 1);
    private static final int SIZE = 5 * 512 * 1_024 + 512;

    /** A source that holds exactly these bytes. */
    protected abstract ByteSource open(byte[] content) throws Exception;

    /** Noise with long runs of zeros in it. */
    private static byte[] content() {
        byte[] content = new byte[SIZE];
        SplittableRandom random = new SplittableRandom(SEED);
        for (int at = 0; at < SIZE; ) {
            int length = Math.min(SIZE - at, random.nextInt(1, 400_000));
            if (random.nextBoolean()) {
                byte[] noise = new byte[length];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, content, at, length);
            }
            at += length;
        }
        return content;
    }

    @Test
    protected void everyStretchHasItsBytes() throws Exception {
        byte[] content = content();
        SplittableRandom random = new SplittableRandom(SEED);
        try (ByteSource source = open(content);
                Arena arena = Arena.ofConfined()) {
            assertThat(source.sizeBytes()).isEqualTo(SIZE);
            for (int i = 0; i < 200; i++) {
                int at = random.nextInt(SIZE);
                int length = random.nextInt(Math.min(SIZE - at, i % 10 == 0 ? SIZE : 70_000) + 1);
                MemorySegment target = i % 2 == 0 ? arena.allocate(length) : MemorySegment.ofArray(new byte[length]);
                source.read(at, target);
                assertThat(target.toArray(ValueLayout.JAVA_BYTE))
                        .as("seed " + SEED + ": " + length + " bytes at " + at)
                        .isEqualTo(Arrays.copyOfRange(content, at, at + length));
            }
            byte[] whole = new byte[SIZE];
            source.read(0, MemorySegment.ofArray(whole));
            assertThat(whole).isEqualTo(content);
        }
    }

    @Test
    protected void extentsCoverTheStretchInOrderAndHolesAreZeros() throws Exception {
        byte[] content = content();
        SplittableRandom random = new SplittableRandom(SEED);
        try (ByteSource source = open(content)) {
            for (int i = 0; i < 50; i++) {
                int start = i == 0 ? 0 : random.nextInt(SIZE);
                int length = i == 0 ? SIZE : random.nextInt(SIZE - start + 1);
                long at = start;
                for (Extent extent : source.extents(start, length)) {
                    assertThat(extent.offsetBytes()).isEqualTo(at);
                    assertThat(extent.lengthBytes()).isPositive();
                    at += extent.lengthBytes();
                    for (long k = extent.offsetBytes(); extent.hole() && k < at; k++) {
                        if (content[(int) k] != 0) {
                            throw new AssertionError("seed " + SEED + ": byte " + k + " is called a hole");
                        }
                    }
                }
                assertThat(at).isEqualTo(start + length);
            }
        }
    }

    @Test
    protected void whatLiesOutsideIsCorruptWithThePlace() throws Exception {
        try (ByteSource source = open(content())) {
            for (long[] stretch :
                    new long[][] {{-1, 1}, {SIZE, 1}, {SIZE - 1, 2}, {Long.MAX_VALUE, 1}, {0, SIZE + 1}}) {
                assertThatThrownBy(() -> source.read(stretch[0], MemorySegment.ofArray(new byte[(int) stretch[1]])))
                        .isInstanceOf(Corrupt.class)
                        .hasMessageStartingWith(source.origin() + ": ");
                assertThatThrownBy(() -> source.slice("inner", stretch[0], stretch[1]))
                        .isInstanceOf(Corrupt.class)
                        .hasMessageStartingWith(source.origin() + " › inner: ");
            }
        }
    }

    @Test
    protected void aSliceOfASliceIsBoundedAndNamed() throws Exception {
        byte[] content = content();
        try (ByteSource source = open(content)) {
            ByteSource inner = source.slice("outer", 1_000, 100_000).slice("inner", 500, 10);
            byte[] read = new byte[10];
            inner.read(0, MemorySegment.ofArray(read));
            assertThat(read).isEqualTo(Arrays.copyOfRange(content, 1_500, 1_510));
            assertThatThrownBy(() -> inner.read(1, MemorySegment.ofArray(new byte[10])))
                    .isInstanceOf(Corrupt.class)
                    .hasMessageStartingWith(source.origin() + " › outer › inner: ");
        }
    }

    @Test
    protected void threadsDoNotDisturbEachOther() throws Exception {
        byte[] content = content();
        try (ByteSource source = open(content);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                SplittableRandom random = new SplittableRandom(SEED + i);
                readers.add(threads.submit(() -> {
                    for (int k = 0; k < 30; k++) {
                        byte[] read = new byte[random.nextInt(1, 300_000)];
                        int at = random.nextInt(SIZE - read.length);
                        source.read(at, MemorySegment.ofArray(read));
                        assertThat(read).isEqualTo(Arrays.copyOfRange(content, at, at + read.length));
                        source.extents(at, read.length);
                    }
                    return null;
                }));
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
    }
}
