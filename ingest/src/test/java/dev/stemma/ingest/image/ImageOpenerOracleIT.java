package dev.stemma.ingest.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.ByteSource.Extent;
import dev.stemma.ingest.problem.Budget;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we read of an image against what qemu-img makes of it. */
class ImageOpenerOracleIT {

    private static final long SIZE = 50_000_000 - 50_000_000 % 512;

    @TempDir
    Path directory;

    private OpenImage open(Path image) throws Exception {
        return ImageOpener.open(image, ImageRules.within(directory), Budget.of(Duration.ofMinutes(2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-o compat=0.10",
                "-o compat=1.1",
                "-c -o compression_type=zlib",
                "-c -o compression_type=zstd",
                "-o cluster_size=512",
                "-o cluster_size=2M",
                "-o extended_l2=on",
                "-o preallocation=metadata",
                "-c -o cluster_size=4k,compression_type=zstd"
            })
    void aQcow2ReadsAsTheRawDiskItWasMadeFrom(String options) throws Exception {
        Path raw = Qemu.raw(directory, "disk.raw", 7, SIZE);
        Path image = directory.resolve("disk.qcow2");
        List<String> command = new ArrayList<>(List.of("qemu-img", "convert", "-f", "raw", "-O", "qcow2"));
        command.addAll(List.of(options.split(" ", -1)));
        command.addAll(List.of(raw.toString(), image.toString()));
        Qemu.run(command.toArray(String[]::new));

        try (OpenImage open = open(image)) {
            assertThat(open.facts().format()).isEqualTo("qcow2");
            assertThat(open.facts().virtualBytes()).isEqualTo(SIZE);
            assertThat(open.facts().backing()).isEmpty();
            assertThat(open.bytes().sizeBytes()).isEqualTo(SIZE);
            assertThat(Qemu.digest(open.bytes())).isEqualTo(Qemu.digest(raw));
            assertThat(open.bytes().extents(0, SIZE)).anyMatch(Extent::hole);
            open.requireUnchanged();
        }
    }

    @Test
    void aRawDiskReadsAsItIsAndItsHolesAreKnown() throws Exception {
        Path raw = Qemu.raw(directory, "disk.raw", 8, SIZE);
        try (OpenImage open = open(raw)) {
            assertThat(open.facts().format()).isEqualTo("raw");
            assertThat(open.facts().allocatedBytes()).isBetween(1L, SIZE - 1);
            assertThat(Qemu.digest(open.bytes())).isEqualTo(Qemu.digest(raw));
            assertThat(open.bytes().extents(0, SIZE)).anyMatch(Extent::hole);
        }
    }

    @Test
    void aChainOfOverlaysReadsAsItsTopAndNamesEachFileBelow() throws Exception {
        Path base = Qemu.raw(directory, "base.raw", 9, SIZE);
        Path middle = directory.resolve("middle.qcow2");
        Path top = directory.resolve("top.qcow2");
        Qemu.run("qemu-img", "create", "-q", "-f", "qcow2", "-b", "base.raw", "-F", "raw", middle.toString());
        Qemu.run("qemu-io", "-f", "qcow2", "-c", "write -P 17 1M 3M", middle.toString());
        Qemu.run("qemu-img", "snapshot", "-c", "before", middle.toString());
        Qemu.run("qemu-img", "create", "-q", "-f", "qcow2", "-b", middle.toString(), "-F", "qcow2", top.toString());
        Qemu.run("qemu-io", "-f", "qcow2", "-c", "write -P 18 2M 1M", "-c", "write -z 9M 4M", top.toString());
        Path flat = directory.resolve("flat.raw");
        Qemu.run("qemu-img", "convert", "-f", "qcow2", "-O", "raw", top.toString(), flat.toString());

        try (OpenImage open = open(top)) {
            assertThat(open.facts().backing())
                    .extracting(ImageFacts.BackingFile::location, ImageFacts.BackingFile::format)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(middle.toRealPath(), "qcow2"),
                            org.assertj.core.groups.Tuple.tuple(base.toRealPath(), "raw"));
            assertThat(Qemu.digest(open.bytes())).isEqualTo(Qemu.digest(flat));
        }
        try (OpenImage open = open(middle)) {
            assertThat(open.facts().snapshots()).isOne();
        }
    }

    @Test
    void threadsThatReadAtOnceGetTheRightBytes() throws Exception {
        Path raw = Qemu.raw(directory, "disk.raw", 10, SIZE);
        Path image = directory.resolve("disk.qcow2");
        Qemu.run("qemu-img", "convert", "-c", "-f", "raw", "-O", "qcow2", raw.toString(), image.toString());
        try (OpenImage open = open(image);
                FileChannel expected = FileChannel.open(raw);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Random random = new Random(i);
                readers.add(threads.submit(() -> readSomeWhere(open.bytes(), expected, random)));
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
    }

    private static Digest readSomeWhere(ByteSource source, FileChannel expected, Random random) throws Exception {
        byte[] bytes = new byte[0];
        for (int i = 0; i < 40; i++) {
            bytes = new byte[random.nextInt(1, 700_000)];
            long at = random.nextLong(SIZE - bytes.length);
            source.read(at, MemorySegment.ofArray(bytes));
            ByteBuffer wanted = ByteBuffer.allocate(bytes.length);
            readFully(expected, wanted, at);
            assertThat(bytes).isEqualTo(wanted.array());
        }
        return Digest.sha256(bytes);
    }

    private static void readFully(FileChannel channel, ByteBuffer target, long at) throws IOException {
        while (target.hasRemaining()) {
            channel.read(target, at + target.position());
        }
    }
}
