package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.content.s3.S3Bucket;
import dev.stemma.ingest.digest.ContentDigests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Contents by their digests, in one place that one process has open. Memory follows the number of objects, some 25 bytes each. Safe for use
 * by several threads; closed by who opened it, after all that came from it.
 */
public final class ContentStore implements AutoCloseable {

    private static final String FORMAT = "stemma-store 1\n";
    private static final int MAX_FORMAT_BYTES = 64;

    /** As many check-ins at once; far more than a machine can serve. */
    private static final int MAX_WRITERS = 1_024;

    private final BlobStore blobs;
    private final FrameCache cache = new FrameCache(FrameCache.MAX_BYTES);
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Semaphore writers = new Semaphore(MAX_WRITERS, true);
    private final Lock collecting = new ReentrantLock();

    /** By number; those that were collected stay as gaps, so that numbers go on to mean the same. */
    private final Map<Integer, Pack> packs = new HashMap<>();

    private ObjectIndex index = new ObjectIndex();
    private int nextPack;

    private ContentStore(BlobStore blobs) {
        this.blobs = blobs;
    }

    /**
     * Opens a store in a directory, which is made where there is none. What a crash left behind is removed.
     *
     * @throws StoreInUseException when another process has it open
     * @throws DamagedStoreException when it is no store, one of another version, or a pack's directory is damaged
     * @throws StoreUnreachableException when the directory cannot be read and written
     */
    public static ContentStore open(Path directory) throws IOException {
        return open(LocalDirectory.open(directory));
    }

    /**
     * Opens a store wherever it lies.
     *
     * @param cache what of a store in a bucket is kept on a local disk; a store in a directory needs none of it
     * @throws StoreInUseException when another process has it open
     * @throws DamagedStoreException when it is no store, one of another version, or a pack's directory is damaged
     * @throws StoreUnreachableException when it cannot be asked: says why, and what to do
     */
    public static ContentStore open(StoreLocation location, StoreCache cache) throws IOException {
        return switch (location) {
            case StoreLocation.Directory(Path path) -> open(path);
            case StoreLocation.Bucket bucket -> open(S3Bucket.open(bucket, cache));
        };
    }

    /** The same, with what is usual as its cache. */
    public static ContentStore open(StoreLocation location) throws IOException {
        return open(location, StoreCache.usual(location));
    }

    /**
     * Opens a store over blobs, which it closes with itself, or at once when it cannot be opened.
     *
     * @throws DamagedStoreException when it is no store, one of another version, or a pack's directory is damaged
     */
    static ContentStore open(BlobStore blobs) throws IOException {
        try {
            ContentStore store = new ContentStore(blobs);
            store.load(store.requireFormat());
            return store;
        } catch (IOException | RuntimeException | Error e) {
            try (blobs) {
                throw e;
            }
        }
    }

    /** Gives all packs; where there are neither packs nor a format, the store is made. */
    private List<BlobStore.Listed> requireFormat() throws IOException {
        String where = blobs.where() + "/" + BlobName.FORMAT;
        List<BlobStore.Listed> found;
        try {
            String format = new String(blobs.read(BlobName.FORMAT, MAX_FORMAT_BYTES), StandardCharsets.ISO_8859_1);
            if (!format.equals(FORMAT)) {
                throw new DamagedStoreException(where + " names a format that this version does not read");
            }
            found = blobs.list(BlobName.Kind.PACK);
        } catch (NoSuchFileException e) {
            found = blobs.list(BlobName.Kind.PACK);
            if (!found.isEmpty()) {
                throw new DamagedStoreException(where + " is missing, and there are packs", e);
            }
            Path temporary = blobs.temporary().resolve("format");
            Files.writeString(temporary, FORMAT, StandardOpenOption.CREATE, StandardOpenOption.SYNC);
            blobs.put(temporary, BlobName.FORMAT);
        }
        return found;
    }

    private void load(List<BlobStore.Listed> found) throws IOException {
        for (BlobStore.Listed blob : found) {
            Digest name = BlobName.Kind.PACK.find(blob.name().path()).orElseThrow();
            add(Pack.open(blobs.open(blob), name));
        }
    }

    private void add(Pack pack) throws IOException {
        int number = nextPack++;
        packs.put(number, pack);
        for (int i = 0; i < pack.count(); i++) {
            index.add(pack.object(i), number, i);
        }
    }

    /** Takes a pack into use that is whole and durable. Gives its number, or that of the same pack if another writer was first. */
    int add(PackWriter writer) throws IOException {
        Pack pack = writer.finish(blobs);
        lock.writeLock().lock();
        try {
            // Two check-ins of the same may write the same pack: it is one file, and must not be collected as another.
            for (Map.Entry<Integer, Pack> one : packs.entrySet()) {
                if (one.getValue().name().equals(pack.name())) {
                    return one.getKey();
                }
            }
            add(pack);
            return nextPack - 1;
        } finally {
            lock.writeLock().unlock();
        }
    }

    PackWriter newPack() throws IOException {
        return new PackWriter(temporary("pack"));
    }

    private Path temporary(String what) throws IOException {
        Path temporary = Files.createTempFile(blobs.temporary(), what + "-", ".tmp");
        Files.delete(temporary);
        return temporary;
    }

    /** Begins to write; close it. Waits while garbage is collected, so who has a writer must not ask for another. */
    public StoreWriter writer() {
        writers.acquireUninterruptibly();
        return new StoreWriter(this);
    }

    void ended() {
        writers.release();
    }

    /** All image manifests. */
    public Roots roots() {
        return new Roots(blobs);
    }

    /** Whether a content is there, whole; the empty one always is. */
    public boolean contains(Digest content) {
        return content.equals(Digest.EMPTY)
                || has(new ObjectName(ObjectKind.CHUNK, content))
                || has(new ObjectName(ObjectKind.RECIPE, content));
    }

    /**
     * A content to be read.
     *
     * @throws NoSuchFileException when it is not there
     */
    public StoredContent content(Digest digest) throws IOException {
        return StoredContent.open(this, digest);
    }

    boolean has(ObjectName name) {
        return locate(name).isPresent();
    }

    /** Where an object is: the number of it in a pack, and the number of that. */
    record Located(Pack pack, int packNumber, int number) {}

    Optional<Located> locate(ObjectName name) {
        lock.readLock().lock();
        try {
            long found = index.find(name, (pack, number) -> require(pack).is(number, name));
            return found < 0
                    ? Optional.empty()
                    : Optional.of(new Located(require((int) (found >>> 32)), (int) (found >>> 32), (int) found));
        } finally {
            lock.readLock().unlock();
        }
    }

    private Pack require(int number) {
        Pack pack = packs.get(number);
        if (pack == null) {
            throw new IllegalStateException("the index knows a pack that is gone: " + number);
        }
        return pack;
    }

    /**
     * An object's bytes; of a chunk or node held against its name. The array is the caller's own.
     *
     * @throws NoSuchFileException when it is not there
     * @throws DamagedStoreException when it is damaged; says in which pack
     */
    byte[] object(ObjectName name) throws IOException {
        Located located = locate(name).orElseThrow(() -> new NoSuchFileException(name.toString()));
        try {
            return object(located.pack(), located.number());
        } catch (NoSuchFileException e) {
            // Collected as garbage since it was located, and what was needed of it written anew; or lost.
            Optional<Located> now = locate(name);
            if (now.isPresent() && now.get().packNumber() != located.packNumber()) {
                return object(now.get().pack(), now.get().number());
            }
            throw new DamagedStoreException(located.pack().where() + " is gone, and held " + name, e);
        }
    }

    /** The same of a pack, by number. */
    byte[] object(Pack pack, int number) throws IOException {
        ObjectName name = pack.object(number);
        Pack.Place place = pack.place(number);
        byte[] frame = cache.frame(pack, place.frame());
        byte[] bytes = new byte[place.lengthBytes()];
        System.arraycopy(frame, place.offsetBytes(), bytes, 0, bytes.length);
        if (name.kind() != ObjectKind.RECIPE && !ContentDigests.sha256(bytes).equals(name.digest())) {
            throw new DamagedStoreException(pack.where() + " holds other bytes under the name of " + name);
        }
        return bytes;
    }

    /** Numbers of all packs, in the order in which they came. */
    List<Integer> packNumbers() {
        lock.readLock().lock();
        try {
            return packs.keySet().stream().sorted().toList();
        } finally {
            lock.readLock().unlock();
        }
    }

    Pack pack(int number) {
        lock.readLock().lock();
        try {
            return require(number);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Held while garbage is collected: what one run has marked, another would move. */
    Lock collecting() {
        return collecting;
    }

    /** What is done while nothing is written. */
    interface Alone<T> {
        T run() throws IOException;
    }

    /** Waits until all writers have ended, and keeps others out meanwhile. */
    <T> T alone(Alone<T> work) throws IOException {
        writers.acquireUninterruptibly(MAX_WRITERS);
        try {
            return work.run();
        } finally {
            writers.release(MAX_WRITERS);
        }
    }

    /** Writes some objects of a pack once more, into another one, which is durable when this returns. Gives the number of that. */
    int rewrite(Pack pack, List<Integer> numbers) throws IOException {
        try (PackWriter out = newPack();
                FrameBuilder frames = new FrameBuilder(out::frame)) {
            for (int number : numbers) {
                byte[] bytes = object(pack, number);
                frames.add(pack.object(number), bytes, 0, bytes.length);
            }
            frames.finish();
            return add(out);
        }
    }

    /** Forgets packs and removes their files, durably; who reads one just now can go on. */
    void remove(Set<Integer> numbers) throws IOException {
        List<Pack> gone = new ArrayList<>();
        lock.writeLock().lock();
        try {
            ObjectIndex rest = new ObjectIndex();
            for (Map.Entry<Integer, Pack> one : packs.entrySet()) {
                for (int i = 0; i < one.getValue().count() && !numbers.contains(one.getKey()); i++) {
                    rest.add(one.getValue().object(i), one.getKey(), i);
                }
            }
            numbers.forEach(number -> gone.add(require(number)));
            numbers.forEach(packs::remove);
            index = rest;
        } finally {
            lock.writeLock().unlock();
        }
        blobs.delete(gone.stream().map(ContentStore::blobName).toList());
    }

    private static BlobName blobName(Pack pack) {
        return BlobName.Kind.PACK.of(pack.name());
    }

    /** When a pack was written last, by the clock of where it lies. */
    Instant putAt(Pack pack) throws IOException {
        return blobs.modifiedAt(blobName(pack));
    }

    /** How large it is. */
    public Size size() {
        lock.readLock().lock();
        try {
            long bytes = 0;
            for (Pack pack : packs.values()) {
                bytes += pack.sizeBytes();
            }
            return new Size(packs.size(), index.count(), bytes, index.bytes());
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * What a store takes.
     *
     * @param objects in all packs
     * @param packBytes of all packs, on the medium
     * @param indexBytes of the index, in the heap
     */
    public record Size(int packs, long objects, long packBytes, long indexBytes) {}

    @Override
    public void close() throws IOException {
        blobs.close();
    }
}
