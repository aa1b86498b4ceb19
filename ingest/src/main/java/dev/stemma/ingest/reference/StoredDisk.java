package dev.stemma.ingest.reference;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.DamagedStoreException;
import dev.stemma.ingest.content.DiskRun;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.content.StoredContent;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unreadable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A disk of the content store, read where it lies there: each byte as the guest saw it, held against its digest each time. Zeros of the manifest are
 * holes.
 *
 * <p>Memory: a quarter of a byte for each run of the manifest up to the furthest place that was read, and at most some 2 MiB of runs and 4 MiB of recipes that
 * were read lately. A disk with 1 TB of data in chunks of 16 KiB has 60 million runs, which is 15 MB. Whoever reads such a disk at its end
 * first waits until 2 GB of manifest have been gone through.
 *
 * <p>Safe for use by several threads, as long as the store is open; closing it does nothing. When its image is deleted and collected as garbage meanwhile,
 * reading ends with {@code unreadable}.
 */
public final class StoredDisk implements ByteSource {

    /** Most extents handed out at once; what comes after is called data. */
    private static final int MAX_EXTENTS = 1 << 20;

    /** Contents whose recipes are kept, at most 1,024 items each. */
    private static final int MAX_CONTENTS = 32;

    private final ContentStore store;
    private final Origin origin;
    private final DiskRunIndex index;
    private final Map<Digest, StoredContent> contents = new LinkedHashMap<>(MAX_CONTENTS, 0.75f, true);

    private StoredDisk(ContentStore store, Origin origin, DiskRunIndex index) {
        this.store = store;
        this.origin = origin;
        this.index = index;
    }

    /**
     * Opens a disk of an image; reads the beginning of its manifest alone.
     *
     * @param store that holds it, open as long as the disk is read
     * @param origin what errors call it
     * @throws Unreadable when the store does not hold what it promised
     */
    public static StoredDisk open(ContentStore store, ImageManifest.Disk disk, Origin origin) throws ImageProblem {
        try {
            DiskRunIndex index = new DiskRunIndex(store.content(disk.manifest()), disk.manifest());
            if (index.sizeBytes() != disk.sizeBytes()) {
                throw new DamagedStoreException("the disk manifest " + disk.manifest() + " is of a disk of "
                        + index.sizeBytes() + " bytes, not " + disk.sizeBytes());
            }
            return new StoredDisk(store, origin, index);
        } catch (IOException e) {
            throw unreadable(origin, 0, e);
        }
    }

    @Override
    public long sizeBytes() {
        return index.sizeBytes();
    }

    @Override
    public Origin origin() {
        return origin;
    }

    /** Bytes that are not in holes. Goes through all of the manifest the first time. */
    public long dataBytes() throws ImageProblem {
        try {
            return index.dataBytes();
        } catch (IOException e) {
            throw unreadable(origin, 0, e);
        }
    }

    @Override
    public void read(long offsetBytes, MemorySegment target) throws ImageProblem {
        requireWithin(offsetBytes, target.byteSize());
        long end = offsetBytes + target.byteSize();
        long at = offsetBytes;
        try {
            while (at < end) {
                DiskRunIndex.Block block = index.block(at);
                for (int i = block.find(at); i < block.runs().size() && at < end; i++) {
                    long until = Math.min(end, block.starts()[i + 1]);
                    fill(block.runs().get(i), at - block.starts()[i], target.asSlice(at - offsetBytes, until - at));
                    at = until;
                }
            }
        } catch (IOException e) {
            throw unreadable(origin, at, e);
        }
    }

    private void fill(DiskRun run, long from, MemorySegment target) throws IOException {
        switch (run) {
            case DiskRun.Zeros _ -> target.fill((byte) 0);
            case DiskRun.Part(long length, Digest digest, long offset) -> {
                StoredContent content = content(digest);
                if (offset > content.sizeBytes() - length) {
                    throw new DamagedStoreException("a disk manifest wants more of " + digest + " than there is of it");
                }
                copy(content, offset + from, target);
            }
            case DiskRun.Data(long length, Digest chunk) -> {
                StoredContent content = content(chunk);
                if (content.sizeBytes() != length) {
                    throw new DamagedStoreException(
                            "a disk manifest wants " + length + " bytes of a chunk of other length: " + chunk);
                }
                copy(content, from, target);
            }
        }
    }

    private static void copy(StoredContent content, long offset, MemorySegment target) throws IOException {
        content.read(offset, target.byteSize(), new StoredContent.Sink() {
            private long at;

            @Override
            public void data(byte[] bytes, int from, int lengthBytes) {
                MemorySegment.copy(MemorySegment.ofArray(bytes), from, target, at, lengthBytes);
                at += lengthBytes;
            }

            @Override
            public void zeros(long lengthBytes) {
                target.asSlice(at, lengthBytes).fill((byte) 0);
                at += lengthBytes;
            }
        });
    }

    private StoredContent content(Digest digest) throws IOException {
        synchronized (contents) {
            StoredContent held = contents.get(digest);
            if (held != null) {
                return held;
            }
        }
        StoredContent opened = store.content(digest);
        synchronized (contents) {
            contents.put(digest, opened);
            if (contents.size() > MAX_CONTENTS) {
                var eldest = contents.keySet().iterator();
                eldest.next();
                eldest.remove();
            }
        }
        return opened;
    }

    @Override
    public List<Extent> extents(long offsetBytes, long lengthBytes) throws ImageProblem {
        requireWithin(offsetBytes, lengthBytes);
        List<Extent> extents = new ArrayList<>();
        long end = offsetBytes + lengthBytes;
        long start = offsetBytes;
        long at = offsetBytes;
        boolean hole = false;
        try {
            while (at < end && extents.size() < MAX_EXTENTS) {
                DiskRunIndex.Block block = index.block(at);
                for (int i = block.find(at); i < block.runs().size() && at < end; i++) {
                    boolean zeros = block.runs().get(i) instanceof DiskRun.Zeros;
                    if (zeros != hole && at > start) {
                        extents.add(new Extent(start, at - start, hole));
                        start = at;
                    }
                    hole = zeros;
                    at = Math.min(end, block.starts()[i + 1]);
                }
            }
        } catch (IOException e) {
            throw unreadable(origin, at, e);
        }
        if (start < end) {
            extents.add(new Extent(start, end - start, hole && at == end));
        }
        return extents;
    }

    private void requireWithin(long offsetBytes, long lengthBytes) throws Corrupt {
        if (offsetBytes < 0 || lengthBytes < 0 || offsetBytes > sizeBytes() - lengthBytes) {
            throw new Corrupt(
                    "out-of-bounds",
                    origin,
                    "needs bytes " + offsetBytes + " to " + (offsetBytes + lengthBytes) + " of " + sizeBytes());
        }
    }

    private static Unreadable unreadable(Origin origin, long diskBytes, IOException e) {
        return new Unreadable(
                "unreadable",
                origin,
                "the store does not give byte " + diskBytes + " of the disk: " + e.getMessage(),
                "Find out what else is damaged: stemma verify.",
                e);
    }

    /** Does nothing: the store is closed by who opened it. */
    @Override
    public void close() {}
}
