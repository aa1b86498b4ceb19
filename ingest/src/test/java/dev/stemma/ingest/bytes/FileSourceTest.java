package dev.stemma.ingest.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stemma.ingest.bytes.ByteSource.Extent;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {

    @TempDir
    Path directory;

    private Path sparse() throws Exception {
        Path file = directory.resolve("sparse");
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(16 << 20);
            out.seek(4 << 20);
            out.write(new byte[1 << 20]);
        }
        return file;
    }

    @Test
    void readsIntoTheHeapAndOutsideOfIt() throws Exception {
        byte[] content = new byte[300_000];
        IntStream.range(0, content.length).forEach(i -> content[i] = (byte) (i * 31));
        Path file = Files.write(directory.resolve("file"), content);
        try (FileSource source = FileSource.open(file);
                Arena arena = Arena.ofConfined()) {
            MemorySegment outside = arena.allocate(1_000);
            source.read(200_000, outside);
            byte[] inside = new byte[1_000];
            source.read(200_000, MemorySegment.ofArray(inside));
            assertThat(inside).isEqualTo(java.util.Arrays.copyOfRange(content, 200_000, 201_000));
            assertThat(outside.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(inside);
        }
    }

    @Test
    void saysWhereTheHolesAre() throws Exception {
        try (FileSource source = FileSource.open(sparse())) {
            assertThat(source.extents(0, 16 << 20))
                    .containsExactly(
                            new Extent(0, 4 << 20, true),
                            new Extent(4 << 20, 1 << 20, false),
                            new Extent(5 << 20, 11 << 20, true));
            assertThat(source.extents((4 << 20) + 5, 10)).containsExactly(new Extent((4 << 20) + 5, 10, false));
            assertThat(source.extents(7, 0)).isEmpty();
            ByteSource slice = source.slice("part", 3 << 20, 2 << 20);
            assertThat(slice.extents(0, 2 << 20))
                    .containsExactly(new Extent(0, 1 << 20, true), new Extent(1 << 20, 1 << 20, false));
        }
    }

    @Test
    void outsideOfItIsCorruptWithThePlace() throws Exception {
        try (FileSource source = FileSource.open(sparse())) {
            long size = source.sizeBytes();
            for (long[] stretch : new long[][] {{-1, 1}, {size, 1}, {size - 1, 2}, {Long.MAX_VALUE, 1}}) {
                MemorySegment target = MemorySegment.ofArray(new byte[(int) stretch[1]]);
                assertThatThrownBy(() -> source.read(stretch[0], target))
                        .isInstanceOf(Corrupt.class)
                        .hasMessageStartingWith("sparse: ");
                assertThatThrownBy(() -> source.extents(stretch[0], stretch[1])).isInstanceOf(Corrupt.class);
                assertThatThrownBy(() -> source.slice("part", stretch[0], stretch[1]))
                        .isInstanceOf(Corrupt.class)
                        .hasMessageStartingWith("sparse › part: ");
            }
        }
    }

    @Test
    void aFileThatShrinksWhileItIsReadIsTruncatedAndNotFatal() throws Exception {
        Path file = sparse();
        try (FileSource source = FileSource.open(file)) {
            try (RandomAccessFile other = new RandomAccessFile(file.toFile(), "rw")) {
                other.setLength(1 << 20);
            }
            ImageProblem problem = catchThrowableOfType(
                    ImageProblem.class, () -> source.read(2 << 20, MemorySegment.ofArray(new byte[10])));
            assertThat(problem.code()).isEqualTo("truncated");
        }
    }

    @Test
    void aFileThatIsReplacedStaysTheOneThatWasOpened() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "first");
        try (FileSource source = FileSource.open(file)) {
            Files.delete(file);
            Files.writeString(file, "other");
            byte[] read = new byte[5];
            source.read(0, MemorySegment.ofArray(read));
            assertThat(new String(read, java.nio.charset.StandardCharsets.US_ASCII))
                    .isEqualTo("first");
        }
    }

    @Test
    void theFactsAreTheHosts() throws Exception {
        Path file = sparse();
        try (HostFile host = HostFile.open(file, Origin.of("sparse"), real -> {})) {
            assertThat(host.sizeBytes()).isEqualTo(16 << 20);
            assertThat(host.allocatedBytes()).isBetween(1L << 20, (1L << 20) + 65_536);
            assertThat(host.modifiedAt())
                    .isEqualTo(Files.getLastModifiedTime(file).toInstant());
            assertThat(host.realPath()).isEqualTo(file.toRealPath());
            assertThat(host.changed()).isFalse();
            Files.write(file, new byte[1], java.nio.file.StandardOpenOption.APPEND);
            assertThat(host.changed()).isTrue();
        }
    }

    @Test
    void closingTwiceIsClosingOnce() throws Exception {
        FileSource source = FileSource.open(sparse());
        source.close();
        source.close();
        List<Path> open;
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            open = descriptors
                    .filter(fd -> {
                        try {
                            return Files.readSymbolicLink(fd).startsWith(directory.toRealPath());
                        } catch (java.io.IOException e) {
                            return false;
                        }
                    })
                    .toList();
        }
        assertThat(open).isEmpty();
    }
}
