package dev.stemma.ingest.content;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Checksum.Algorithm;
import dev.stemma.ingest.digest.ContentDigests;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A whole pack. Its directory was held against its name, and is at hand; frames are read one by one. Safe for use by several threads. */
final class Pack {

    private static final int PIECE_BYTES = 1 << 16;

    private final Blob blob;
    private final String where;
    private final Digest name;
    private final MemorySegment frames;
    private final MemorySegment objects;
    private final long[] starts;

    /** Where an object lies, in the frames of its pack. */
    record Place(int frame, int offsetBytes, int lengthBytes) {}

    private Pack(Blob blob, Digest name, MemorySegment frames, MemorySegment objects) throws IOException {
        this.blob = blob;
        this.where = blob.where();
        this.name = name;
        this.frames = frames;
        this.objects = objects;
        this.starts = starts();
    }

    /**
     * Opens a pack.
     *
     * @param name SHA-256 of its directory
     * @throws DamagedStoreException when the blob is not that pack
     */
    static Pack open(Blob blob, Digest name) throws IOException {
        String where = blob.where();
        long size = blob.sizeBytes();
        if (size < PackForm.HEADER_BYTES + PackForm.TRAILER_BYTES) {
            throw new DamagedStoreException(where + " is shorter than a pack can be: " + size + " bytes");
        }
        MemorySegment header = blob.read(0, PackForm.HEADER_BYTES);
        if (header.get(PackForm.LONG, 0) != PackForm.MAGIC || header.get(PackForm.INT, 8) != PackForm.VERSION) {
            throw new DamagedStoreException(where + " does not begin as a pack of version " + PackForm.VERSION);
        }
        long trailerAt = size - PackForm.TRAILER_BYTES;
        MemorySegment trailer = blob.read(trailerAt, PackForm.TRAILER_BYTES);
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
            throw new DamagedStoreException(where + " does not end as a pack does; it may have been cut off");
        }
        // With the trailer, since what ends where the blob ends is kept at hand by stores that are far away.
        MemorySegment directory = blob.read(directoryAt, size - directoryAt).asSlice(0, directoryBytes);
        byte[] told = trailer.asSlice(16, Digest.LENGTH_BYTES).toArray(ValueLayout.JAVA_BYTE);
        if (!digest(directory).equals(name) || !Digest.of(told).equals(name)) {
            throw new DamagedStoreException(where + " has another directory than its name says");
        }
        Pack pack = new Pack(blob, name, directory.asSlice(0, framesBytes), directory.asSlice(framesBytes));
        if (pack.starts[pack.starts.length - 1] != directoryAt) {
            throw new DamagedStoreException(where + " has frames of other lengths than its directory says");
        }
        return pack;
    }

    private static Digest digest(MemorySegment directory) {
        MessageDigest sha256 = ContentDigests.of(Algorithm.SHA256);
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
            int holds = heldBytes(i);
            if (length <= 0 || length > Zstd.compressBound(PackForm.MAX_FRAME_BYTES)) {
                throw new DamagedStoreException(where + " has a frame of " + length + " bytes");
            }
            if (holds <= 0 || holds > PackForm.MAX_FRAME_BYTES) {
                throw new DamagedStoreException(where + " has a frame that holds " + holds + " bytes");
            }
            places[i + 1] = places[i] + length;
        }
        return places;
    }

    /** SHA-256 of its directory. */
    Digest name() {
        return name;
    }

    /** The same, read from where it lies and not from what is kept nearer by; its directory is held against its name again. */
    Pack afresh() throws IOException {
        return open(new BlobAfresh(blob), name);
    }

    /**
     * {@link #afresh}, whatever tells that nothing of it can be read: it was cut off or overwritten since it was opened, or is gone.
     *
     * @throws DamagedStoreException when that is so
     * @throws IOException when it cannot be asked
     */
    Pack requireReadable() throws IOException {
        try {
            return afresh();
        } catch (NoSuchFileException e) {
            throw new DamagedStoreException(where + " is gone", e);
        } catch (InternalError e) {
            // How the JVM tells that a mapped file got shorter, or that the medium cannot be read.
            throw new DamagedStoreException(where + " cannot be read to its end; it may have been cut off", e);
        }
    }

    /** Where it lies, for messages. */
    String where() {
        return where;
    }

    /** Bytes that a frame takes on the medium. */
    long frameBytes(int frame) {
        return starts[frame + 1] - starts[frame];
    }

    /** How many frames it has. */
    int frameCount() {
        return starts.length - 1;
    }

    /** How many objects it holds. */
    int count() {
        return (int) (objects.byteSize() / PackForm.OBJECT_RECORD_BYTES);
    }

    /** Bytes of all of it. */
    long sizeBytes() {
        return blob.sizeBytes();
    }

    /** The name of an object by its number, from 0. */
    ObjectName object(int number) throws DamagedStoreException {
        long at = (long) number * PackForm.OBJECT_RECORD_BYTES;
        int code = objects.get(PackForm.INT, at + 32) >>> 24;
        Optional<ObjectKind> kind = ObjectKind.find(code);
        if (kind.isEmpty()) {
            throw new DamagedStoreException(where + " holds an object of a kind that is none: " + code);
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
                || offset > heldBytes(frame) - length) {
            throw new DamagedStoreException(where + " holds an object outside of its frame: " + object(number));
        }
        return new Place(frame, offset, length);
    }

    /** The numbers of objects, in the order in which these lie. */
    List<Integer> asTheyLie(List<Integer> numbers) throws DamagedStoreException {
        record Lying(int number, Place place) {}
        List<Lying> lying = new ArrayList<>(numbers.size());
        for (int number : numbers) {
            lying.add(new Lying(number, place(number)));
        }
        lying.sort(Comparator.<Lying>comparingInt(one -> one.place().frame())
                .thenComparingInt(one -> one.place().offsetBytes()));
        return lying.stream().map(Lying::number).toList();
    }

    /** Bytes that a frame holds, decompressed; at most {@link PackForm#MAX_FRAME_BYTES}. */
    int heldBytes(int frame) {
        return frames.get(PackForm.INT, (long) frame * PackForm.FRAME_RECORD_BYTES + 4);
    }

    /**
     * Decompresses a frame; its checksum is looked at.
     *
     * @param room that gets what it holds, {@link #heldBytes} of it
     * @throws NoSuchFileException when the pack is gone from where it lay
     */
    void frame(int number, byte[] room) throws IOException {
        byte[] compressed;
        try {
            compressed = blob.read(starts[number], frameBytes(number)).toArray(ValueLayout.JAVA_BYTE);
        } catch (InternalError e) {
            // How the JVM tells that a mapped file got shorter, or that the medium cannot be read.
            throw new DamagedStoreException(where + " cannot be read at frame " + number, e);
        }
        try {
            long held = Zstd.decompressByteArray(room, 0, heldBytes(number), compressed, 0, compressed.length);
            if (held != heldBytes(number)) {
                throw new DamagedStoreException(where + " has a frame of other length than its directory says");
            }
        } catch (ZstdException e) {
            throw new DamagedStoreException(where + " has a damaged frame, number " + number, e);
        }
    }
}
