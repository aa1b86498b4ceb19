package dev.stemma.ingest.content;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A local file, mapped whole: what is read of it is not copied. */
public record MappedFile(Path path, MemorySegment bytes) implements Blob {

    /**
     * Maps all of it, until nothing reads it any more: who does may go on when the file was removed. No file stays open, which a store of many packs would have
     * many of, and an interrupted thread would close.
     */
    public static MappedFile open(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return new MappedFile(path, channel.map(MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto()));
        }
    }

    @Override
    public String where() {
        return path.toString();
    }

    @Override
    public long sizeBytes() {
        return bytes.byteSize();
    }

    @Override
    public MemorySegment read(long offsetBytes, long lengthBytes) {
        return bytes.asSlice(offsetBytes, lengthBytes);
    }

    @Override
    public MemorySegment readAfresh(long offsetBytes, long lengthBytes) {
        return read(offsetBytes, lengthBytes);
    }
}
