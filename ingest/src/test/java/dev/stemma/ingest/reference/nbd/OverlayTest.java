package dev.stemma.ingest.reference.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.ByteSourceContract;
import dev.stemma.ingest.filesystem.MemorySource;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk half of which was written over in pieces: other bytes, zeros, and the same again. */
class OverlayTest extends ByteSourceContract {

    @TempDir
    Path directory;

    @Override
    protected ByteSource open(byte[] content) throws Exception {
        byte[] below = content.clone();
        Arrays.fill(below, content.length / 4, content.length / 2, (byte) 0x55);
        Overlay overlay = Overlay.open(new MemorySource(below), directory.resolve("overlay"), content.length, 1_000);
        for (int at = content.length / 4; at < content.length / 2; at += 50_001) {
            int length = Math.min(50_001, content.length / 2 - at);
            assertThat(overlay.write(at, ByteBuffer.wrap(new byte[length]))).isTrue();
            assertThat(overlay.zero(at, length)).isTrue();
            assertThat(overlay.write(at, ByteBuffer.wrap(content, at, length))).isTrue();
        }
        return overlay;
    }

    @Test
    void theFileIsNotSeenAndTheDiskBelowIsNotChanged() throws Exception {
        byte[] below = new byte[10_000];
        try (Overlay overlay = Overlay.open(new MemorySource(below), directory.resolve("overlay"), 10_000, 10)) {
            assertThat(overlay.write(0, ByteBuffer.wrap(new byte[] {1, 2, 3}))).isTrue();
            assertThat(directory).isEmptyDirectory();
        }
        assertThat(below).containsOnly(0);
    }

    @Test
    void whatIsFullSaysSoAndWhatWasWrittenCanBeWrittenAgain() throws Exception {
        ByteBuffer some = ByteBuffer.allocate(100);
        try (Overlay overlay =
                Overlay.open(new MemorySource(new byte[10_000]), directory.resolve("overlay"), 250, 1_000)) {
            assertThat(overlay.write(0, some.clear())).isTrue();
            assertThat(overlay.write(200, some.clear())).isTrue();
            assertThat(overlay.write(400, some.clear())).isFalse();
            assertThat(overlay.write(50, some.clear()))
                    .as("half of it is there")
                    .isTrue();
            assertThat(overlay.write(50, some.clear())).isTrue();
            assertThat(overlay.extents(0, 10_000).getFirst()).isEqualTo(new ByteSource.Extent(0, 150, false));
        }
        try (Overlay overlay = Overlay.open(new MemorySource(new byte[10_000]), directory.resolve("two"), 9_999, 2)) {
            assertThat(overlay.write(0, some.clear())).isTrue();
            assertThat(overlay.zero(200, 100)).isTrue();
            assertThat(overlay.zero(400, 100)).isFalse();
            assertThat(overlay.write(400, some.clear())).isFalse();
        }
    }
}
