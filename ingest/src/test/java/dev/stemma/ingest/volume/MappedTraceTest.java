package dev.stemma.ingest.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.bytes.TracedDisk;
import dev.stemma.ingest.problem.Origin;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a volume says of where its bytes lie on the disk is where the disk has them. */
class MappedTraceTest {

    private static final int CHUNK = 4_096;
    private static final int MEMBER = 50 * CHUNK;

    @TempDir
    Path directory;

    @Test
    void everyStretchIsTracedToWhereItLies() throws Exception {
        Random random = new Random(5);
        byte[] content = new byte[4 * MEMBER + 777];
        random.nextBytes(content);
        Path file = Files.write(directory.resolve("disk"), content);
        Origin origin = Origin.of("volume");
        try (ByteSource disk = new TracedDisk(FileSource.open(file))) {
            List<ByteSource> members = List.of(
                    disk.slice("a", 777, MEMBER),
                    disk.slice("b", 777 + 2L * MEMBER, MEMBER),
                    disk.slice("outer", 777 + MEMBER, 3L * MEMBER).slice("c", 2L * MEMBER, MEMBER));
            ByteSource volume = Mapped.of(
                    origin,
                    List.of(
                            Segment.chunked(CHUNK, Layout.LEFT_SYMMETRIC, members, origin),
                            Segment.linear(disk.slice("d", 3, 10_000))));
            for (int i = 0; i < 300; i++) {
                long offset = random.nextLong(volume.sizeBytes());
                int length = (int) random.nextLong(Math.min(100_000, volume.sizeBytes() - offset) + 1);
                byte[] expected = new byte[length];
                volume.read(offset, MemorySegment.ofArray(expected));
                byte[] traced = new byte[length];
                int[] done = {0};
                assertThat(volume.trace(offset, length, (at, count) -> {
                            disk.read(at, MemorySegment.ofArray(traced).asSlice(done[0], count));
                            done[0] += (int) count;
                        }))
                        .isTrue();
                assertThat(done[0]).isEqualTo(length);
                assertThat(traced).isEqualTo(expected);
            }
        }
    }

    @Test
    void whatLiesOnNoKnownDiskHasNoPlace() throws Exception {
        Path file = Files.write(directory.resolve("loose"), new byte[2 * CHUNK]);
        try (ByteSource loose = FileSource.open(file)) {
            ByteSource volume = Mapped.of(Origin.of("volume"), List.of(Segment.linear(loose)));
            assertThat(volume.trace(0, CHUNK, (_, _) -> {})).isFalse();
        }
    }
}
