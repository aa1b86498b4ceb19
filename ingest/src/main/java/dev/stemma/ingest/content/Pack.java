package dev.stemma.ingest.content;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * A whole pack, mapped. Its directory was held against its name; frames are read one by one. Safe for use by several threads.
 */
final class Pack {

    private static final int PIECE_BYTES = 1 << 16;

    private final Path path;
    private final Digest name;
    private final MemorySegment file;
    private final MemorySegment frames;
    private final MemorySegment objects;
    private final long[] starts;

    /** Where an object lies, in the frames of its pack. */
    record Place(int frame, int offsetBytes, int lengthBytes) {}

    private Pack(Path path, Digest name, MemorySegment file, MemorySegment frames, MemorySegment objects)
            throws IOException {
        this.path = path;
        this.name = name;
        this.file = file;
        this.frames = frames;
        this.objects = objects;
        this.starts = starts();
    }

    /**
     * Opens a pack.
     *
     * @param name SHA-256 of its directory
     * @throws DamagedStoreException when the file is not that pack
     */
    static Pack open(Path path, Digest name) throws IOException {
        MemorySegment file = map(path);
        long size = file.byteSize();
        if (size < PackForm.HEADER_BYTES + PackForm.TRAILER_BYTES) {
            throw new DamagedStoreException(path + " is shorter than a pack can be: " + size + " bytes");
        }
        if (file.get(PackForm.LONG, 0) != PackForm.MAGIC || file.get(PackForm.INT, 8) != PackForm.VERSION) {
            throw new DamagedStoreException(path + " does not begin as a pack of version " + PackForm.VERSION);
        }
        long trailerAt = size - PackForm.TRAILER_BYTES;
        MemorySegment trailer = file.asSlice(trailerAt);
        long directoryAt = trailer.get(PackForm.LONG, 0);
        long frameCount = Integer.toUnsignedLong(trailer.get(PackForm.INT, 8));
        long objectCount = Integer.toUnsignedLong(trailer.get(PackForm.INT, 12));
        long framesBytes = frameCount * PackForm.FRAME_RECORD_BYTES;
        long directoryBytes = framesBytes + objectCount * PackForm.OBJECT_RECORD_BYTES;
        if (trailer.get(PackForm.LONG, 48) != PackForm.MAGIC
                || directoryAt < PackForm.HEADER_BYTES
                || directoryAt + directoryBytes != trailerAt
                || objectCount > Integer.MAX_VALUE
                || frameCount > objectCount) {
            throw new DamagedStoreException(path + " does not end as a pack does; it may have been cut off");
        }
        MemorySegment directory = file.asSlice(directoryAt, directoryBytes);
        byte[] told = trailer.asSlice(16, Digest.LENGTH_BYTES).toArray(ValueLayout.JAVA_BYTE);
        if (!digest(directory).equals(name) || !Digest.of(told).equals(name)) {
            throw new DamagedStoreException(path + " has another directory than its name says");
        }
        Pack pack = new Pack(path, name, file, directory.asSlice(0, framesBytes), directory.asSlice(framesBytes));
        if (pack.starts[pack.starts.length - 1] != directoryAt) {
            throw new DamagedStoreException(path + " has frames of other lengths than its directory says");
        }
        return pack;
    }

    /**
     * All of it, until nothing reads it any more: who does may go on when the pack was collected as garbage. No file stays open, which a store of many packs
     * would have many of, and an interrupted thread would close.
     */
    private static MemorySegment map(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return channel.map(MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
        }
    }

    private static Digest digest(MemorySegment directory) {
        MessageDigest sha256 = Digest.newSha256();
        byte[] piece = new byte[PIECE_BYTES];
        for (long at = 0; at < directory.byteSize(); at += PIECE_BYTES) {
            int length = (int) Math.min(PIECE_BYTES, directory.byteSize() - at);
            MemorySegment.copy(directory, ValueLayout.JAVA_BYTE, at, piece, 0, length);
            sha256.update(piece, 0, length);
        }
        return Digest.of(sha256.digest());
    }

    private long[] starts() throws DamagedStoreException {
        int count = (int) (frames.byteSize() / PackForm.FRAME_RECORD_BYTES);
        long[] places = new long[count + 1];
        places[0] = PackForm.HEADER_BYTES;
        for (int i = 0; i < count; i++) {
            int length = frames.get(PackForm.INT, (long) i * PackForm.FRAME_RECORD_BYTES);
            int holds = holds(i);
            if (length <= 0 || length > Zstd.compressBound(PackForm.MAX_FRAME_BYTES)) {
                throw new DamagedStoreException(path + " has a frame of " + length + " bytes");
            }
            if (holds <= 0 || holds > PackForm.MAX_FRAME_BYTES) {
                throw new DamagedStoreException(path + " has a frame that holds " + holds + " bytes");
            }
            places[i + 1] = places[i] + length;
        }
        return places;
    }

    private int holds(int frame) {
        return frames.get(PackForm.INT, (long) frame * PackForm.FRAME_RECORD_BYTES + 4);
    }

    /** The same, whose file has got another name. */
    Pack at(Path other) throws IOException {
        return new Pack(other, name, file, frames, objects);
    }

    /** SHA-256 of its directory. */
    Digest name() {
        return name;
    }

    Path path() {
        return path;
    }

    /** How many frames it has. */
    int frameCount() {
        return starts.length - 1;
    }

    /** How many objects it holds. */
    int count() {
        return (int) (objects.byteSize() / PackForm.OBJECT_RECORD_BYTES);
    }

    /** Bytes of the file. */
    long sizeBytes() {
        return file.byteSize();
    }

    /** The name of an object by its number, from 0. */
    ObjectName object(int number) throws DamagedStoreException {
        long at = (long) number * PackForm.OBJECT_RECORD_BYTES;
        int code = objects.get(PackForm.INT, at + 32) >>> 24;
        Optional<ObjectKind> kind = ObjectKind.find(code);
        if (kind.isEmpty()) {
            throw new DamagedStoreException(path + " holds an object of a kind that is none: " + code);
        }
        return new ObjectName(
                kind.get(),
                new Digest(
                        objects.get(PackForm.LONG, at),
                        objects.get(PackForm.LONG, at + 8),
                        objects.get(PackForm.LONG, at + 16),
                        objects.get(PackForm.LONG, at + 24)));
    }

    /** Whether the object of this number has this name; cheaper than to make its name. */
    boolean is(int number, ObjectName wanted) {
        long at = (long) number * PackForm.OBJECT_RECORD_BYTES;
        Digest digest = wanted.digest();
        return objects.get(PackForm.LONG, at) == digest.a()
                && objects.get(PackForm.LONG, at + 8) == digest.b()
                && objects.get(PackForm.LONG, at + 16) == digest.c()
                && objects.get(PackForm.LONG, at + 24) == digest.d()
                && objects.get(PackForm.INT, at + 32) >>> 24 == wanted.kind().code;
    }

    /**
     * Where an object lies.
     *
     * @throws DamagedStoreException when it would lie outside of its frame
     */
    Place place(int number) throws DamagedStoreException {
        long at = (long) number * PackForm.OBJECT_RECORD_BYTES;
        int length = objects.get(PackForm.INT, at + 32) & 0xffffff;
        int frame = objects.get(PackForm.INT, at + 36);
        int offset = objects.get(PackForm.INT, at + 40);
        if (frame < 0
                || frame >= starts.length - 1
                || length < 1
                || length > PackForm.MAX_OBJECT_BYTES
                || offset < 0
                || offset > holds(frame) - length) {
            throw new DamagedStoreException(path + " holds an object outside of its frame: " + object(number));
        }
        return new Place(frame, offset, length);
    }

    /** What a frame holds, decompressed; its checksum was looked at. */
    byte[] frame(int number) throws IOException {
        byte[] compressed;
        try {
            compressed = file.asSlice(starts[number], starts[number + 1] - starts[number])
                    .toArray(ValueLayout.JAVA_BYTE);
        } catch (InternalError e) {
            // How the JVM tells that a mapped file got shorter, or that the medium cannot be read.
            throw new DamagedStoreException(path + " cannot be read at frame " + number, e);
        }
        try {
            byte[] held = Zstd.decompress(compressed, holds(number));
            if (held.length != holds(number)) {
                throw new DamagedStoreException(path + " has a frame of other length than its directory says");
            }
            return held;
        } catch (ZstdException e) {
            throw new DamagedStoreException(path + " has a damaged frame, number " + number, e);
        }
    }
}
