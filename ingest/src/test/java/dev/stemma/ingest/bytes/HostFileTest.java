package dev.stemma.ingest.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.ingest.problem.Origin;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFileTest {

    @TempDir
    Path directory;

    private static HostFile open(Path path) throws Exception {
        return HostFile.open(path, Origin.of("disk"), _ -> {});
    }

    /** ext4 finds room for 500 pieces late, and more than it said for their list. */
    @Test
    void whatTheHostPutsOffIsNoChange() throws Exception {
        Path disk = directory.resolve("disk.raw");
        try (FileChannel channel = FileChannel.open(disk, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int i = 0; i < 500; i++) {
                channel.write(ByteBuffer.allocate(4_096).put(0, (byte) 1), i * 65_536L);
            }
            try (HostFile file = open(disk)) {
                channel.force(true);
                assertThat(file.changed()).isFalse();
            }
        }
    }

    @Test
    void whatIsWrittenIsAChange() throws Exception {
        Path disk = Files.write(directory.resolve("disk.raw"), new byte[8_192]);
        try (HostFile file = open(disk)) {
            assertThat(file.changed()).isFalse();
            Files.write(disk, new byte[] {1}, StandardOpenOption.APPEND);
            assertThat(file.changed()).isTrue();
        }
        try (HostFile file = open(disk)) {
            Thread.sleep(50);
            try (FileChannel channel = FileChannel.open(disk, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.allocate(1).put(0, (byte) 7), 100);
            }
            assertThat(file.changed()).isTrue();
        }
    }
}
