package dev.stemma.ingest.content.s3;

import dev.stemma.ingest.content.Blob;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A blob of a bucket. Its first bytes and its last, where a pack has its directory, are kept on a local disk; the rest is asked for stretch by stretch,
 * and kept as far as there is room. Safe for use by several threads.
 */
final class BucketBlob implements Blob {

    /** The header of a pack, and to spare. */
    private static final int HEAD_BYTES = 64;

    /** Most packs have less of a directory. */
    private static final int TAIL_BYTES = 1 << 19;

    private final BucketClient client;
    private final String path;
    private final long sizeBytes;
    private final RangeCache ends;
    private final RangeCache frames;
    private volatile @Nullable MemorySegment head;
    private volatile @Nullable MemorySegment tail;

    BucketBlob(BucketClient client, String path, long sizeBytes, RangeCache ends, RangeCache frames) {
        this.client = client;
        this.path = path;
        this.sizeBytes = sizeBytes;
        this.ends = ends;
        this.frames = frames;
    }

    /** What a blob's stretches are called in a cache, with a dot and more behind. */
    static String key(String path) {
        int dot = path.lastIndexOf('.');
        return path.substring(path.indexOf('/') + 1, dot < 0 ? path.length() : dot)
                .replace("/", "");
    }

    @Override
    public String where() {
        return client.where(path);
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public MemorySegment read(long offsetBytes, long lengthBytes) throws IOException {
        if (offsetBytes < 0 || lengthBytes < 0 || offsetBytes > sizeBytes - lengthBytes) {
            throw new IndexOutOfBoundsException(where() + " has no " + lengthBytes + " bytes at " + offsetBytes);
        }
        MemorySegment first = head;
        MemorySegment last = tail;
        if (first == null || last == null) {
            synchronized (this) {
                load();
                first = java.util.Objects.requireNonNull(head);
                last = java.util.Objects.requireNonNull(tail);
            }
        }
        if (offsetBytes + lengthBytes <= first.byteSize()) {
            return first.asSlice(offsetBytes, lengthBytes);
        }
        if (offsetBytes >= sizeBytes - last.byteSize()) {
            return last.asSlice(offsetBytes - (sizeBytes - last.byteSize()), lengthBytes);
        }
        if (offsetBytes + lengthBytes == sizeBytes) {
            byte[] longer = client.range(path, offsetBytes, Math.toIntExact(lengthBytes));
            return keep(first, MemorySegment.ofArray(longer));
        }
        return frame(offsetBytes, Math.toIntExact(lengthBytes));
    }

    @Override
    public MemorySegment readAfresh(long offsetBytes, long lengthBytes) throws IOException {
        return MemorySegment.ofArray(client.range(path, offsetBytes, Math.toIntExact(lengthBytes)));
    }

    private MemorySegment frame(long offsetBytes, int lengthBytes) throws IOException {
        String key = key(path) + "." + offsetBytes;
        Optional<MemorySegment> held = frames.find(key);
        if (held.isPresent() && held.get().byteSize() == lengthBytes) {
            return held.get();
        }
        byte[] read = client.range(path, offsetBytes, lengthBytes);
        frames.put(key, read);
        return MemorySegment.ofArray(read);
    }

    /** Brings its ends to the local disk, where they are not there. */
    synchronized void load() throws IOException {
        if (head != null && tail != null) {
            return;
        }
        int headBytes = (int) Math.min(HEAD_BYTES, sizeBytes);
        Optional<MemorySegment> held = ends.find(endsKey());
        if (held.isPresent() && held.get().byteSize() > headBytes && held.get().byteSize() <= headBytes + sizeBytes) {
            head = held.get().asSlice(0, headBytes);
            tail = held.get().asSlice(headBytes);
            return;
        }
        int tailBytes = (int) Math.min(TAIL_BYTES, sizeBytes);
        byte[] last = client.range(path, sizeBytes - tailBytes, tailBytes);
        byte[] first =
                tailBytes == sizeBytes ? java.util.Arrays.copyOf(last, headBytes) : client.range(path, 0, headBytes);
        keep(MemorySegment.ofArray(first), MemorySegment.ofArray(last));
    }

    /** The size is a part of it: where another blob took the place of this one, what is kept is not of that. */
    private String endsKey() {
        return key(path) + "." + sizeBytes;
    }

    private synchronized MemorySegment keep(MemorySegment first, MemorySegment last) throws IOException {
        byte[] both = new byte[Math.toIntExact(first.byteSize() + last.byteSize())];
        MemorySegment.copy(first, ValueLayout.JAVA_BYTE, 0, both, 0, (int) first.byteSize());
        MemorySegment.copy(last, ValueLayout.JAVA_BYTE, 0, both, (int) first.byteSize(), (int) last.byteSize());
        ends.put(endsKey(), both);
        // Mapped from there, so that directories take no heap.
        MemorySegment kept = ends.find(endsKey()).orElseGet(() -> MemorySegment.ofArray(both));
        head = kept.asSlice(0, first.byteSize());
        tail = kept.asSlice(first.byteSize());
        return kept.asSlice(first.byteSize());
    }

    /** Keeps the ends of a local file, which is what this blob is made of. */
    synchronized void loadFrom(MemorySegment file) throws IOException {
        keep(
                file.asSlice(0, Math.min(HEAD_BYTES, sizeBytes)),
                file.asSlice(sizeBytes - Math.min(TAIL_BYTES, sizeBytes)));
    }
}
