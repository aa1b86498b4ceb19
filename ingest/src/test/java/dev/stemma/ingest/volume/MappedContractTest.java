package dev.stemma.ingest.volume;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.ByteSourceContract;
import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.problem.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A source of a striped stretch over three files, then a linear one. The bytes are dealt out here as the layout says. */
class MappedContractTest extends ByteSourceContract {

    private static final int CHUNK = 4_096;
    private static final int COLUMNS = 3;
    private static final int STRIPED = 100 * COLUMNS * CHUNK;

    @TempDir
    Path directory;

    private final List<FileSource> opened = new ArrayList<>();

    @Override
    protected ByteSource open(byte[] content) throws Exception {
        List<byte[]> columns = new ArrayList<>();
        for (int i = 0; i < COLUMNS; i++) {
            columns.add(new byte[STRIPED / COLUMNS]);
        }
        for (int chunk = 0; chunk < STRIPED / CHUNK; chunk++) {
            System.arraycopy(content, chunk * CHUNK, columns.get(chunk % COLUMNS), chunk / COLUMNS * CHUNK, CHUNK);
        }
        List<ByteSource> sources = new ArrayList<>();
        for (byte[] column : columns) {
            sources.add(file(column));
        }
        Origin origin = Origin.of("striped");
        return Mapped.of(
                origin,
                List.of(
                        Segment.chunked(CHUNK, Layout.STRIPED, sources, origin),
                        Segment.linear(file(Arrays.copyOfRange(content, STRIPED, content.length)))));
    }

    /** Zeros are left out, so that there are holes to map. */
    private FileSource file(byte[] bytes) throws Exception {
        Path file = directory.resolve("column" + opened.size());
        try (var channel = java.nio.channels.FileChannel.open(
                file, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.WRITE)) {
            for (int at = 0; at < bytes.length; at += CHUNK) {
                int length = Math.min(CHUNK, bytes.length - at);
                byte[] piece = Arrays.copyOfRange(bytes, at, at + length);
                if (!Arrays.equals(piece, new byte[length]) || at + length == bytes.length) {
                    channel.write(java.nio.ByteBuffer.wrap(piece), at);
                }
            }
        }
        FileSource source = FileSource.open(file);
        opened.add(source);
        return source;
    }

    @AfterEach
    void closeTheFiles() {
        opened.forEach(FileSource::close);
    }
}
