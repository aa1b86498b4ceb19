package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Checksum.Algorithm;
import dev.stemma.ingest.digest.ContentDigests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Writes one pack, frame by frame. It becomes visible in {@link #finish}; closing without that leaves nothing. Not thread-safe. */
final class PackWriter implements AutoCloseable {

    private final Path temporary;
    private final FileChannel channel;
    private final List<int[]> frames = new ArrayList<>();
    private final List<Held> objects = new ArrayList<>();
    private long sizeBytes;
    private boolean finished;
    private boolean broken;

    /** An object of a frame that is yet to be written. */
    record InFrame(ObjectName name, int offsetBytes, int lengthBytes) {}

    private record Held(InFrame object, int frame) {}

    /** @param temporary a file that is not there yet */
    PackWriter(Path temporary) throws IOException {
        this.temporary = temporary;
        this.channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            write(ByteBuffer.allocate(PackForm.HEADER_BYTES)
                    .putLong(PackForm.MAGIC)
                    .putInt(PackForm.VERSION)
                    .putInt(0)
                    .flip());
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Adds a frame.
     *
     * @param compressed what it is on the medium
     * @param holdsBytes how much it holds
     */
    void frame(ByteBuffer compressed, int holdsBytes, List<InFrame> held) throws IOException {
        requireWhole();
        int length = compressed.remaining();
        write(compressed);
        held.forEach(object -> objects.add(new Held(object, frames.size())));
        frames.add(new int[] {length, holdsBytes});
    }

    /** Whether it is time for the next pack. */
    boolean isFull() {
        return sizeBytes >= PackForm.PACK_BYTES || objects.size() >= PackForm.MAX_PACK_OBJECTS;
    }

    /** Names of what it holds so far. */
    List<ObjectName> names() {
        return objects.stream().map(held -> held.object().name()).toList();
    }

    /** Makes the pack durable and visible among these blobs. */
    Pack finish(BlobStore blobs) throws IOException {
        requireWhole();
        objects.sort(Comparator.comparing(held -> held.object().name()));
        ByteBuffer directory = ByteBuffer.allocate(
                frames.size() * PackForm.FRAME_RECORD_BYTES + objects.size() * PackForm.OBJECT_RECORD_BYTES);
        for (int[] frame : frames) {
            directory.putInt(frame[0]).putInt(frame[1]);
        }
        for (Held held : objects) {
            InFrame object = held.object();
            directory
                    .put(object.name().digest().bytes())
                    .putInt(object.name().kind().code << 24 | object.lengthBytes())
                    .putInt(held.frame())
                    .putInt(object.offsetBytes());
        }
        directory.flip();
        MessageDigest sha256 = ContentDigests.of(Algorithm.SHA256);
        sha256.update(directory.duplicate());
        Digest name = Digest.of(sha256.digest());
        long directoryAt = sizeBytes;
        write(directory);
        write(ByteBuffer.allocate(PackForm.TRAILER_BYTES)
                .putLong(directoryAt)
                .putInt(frames.size())
                .putInt(objects.size())
                .put(name.bytes())
                .putLong(PackForm.MAGIC)
                .flip());
        channel.force(true);
        channel.close();
        // Before it is visible: what could not be opened would keep the store from being opened.
        Pack.open(MappedFile.open(temporary), name);
        Pack pack = Pack.open(blobs.open(blobs.put(temporary, BlobName.Kind.PACK.of(name))), name);
        finished = true;
        Files.deleteIfExists(temporary);
        return pack;
    }

    private void requireWhole() throws IOException {
        if (broken || finished) {
            throw new IOException("a pack that could not be written cannot be gone on with: " + temporary);
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        // What was written in part can be neither taken back nor gone on with.
        broken = true;
        sizeBytes += bytes.remaining();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        broken = false;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!finished) {
            Files.deleteIfExists(temporary);
        }
    }
}
