package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

/**
 * Contents by their digests, in one directory that one process has open. Memory follows the number of objects, some 25 bytes each. Safe for use
 * by several threads; closed by who opened it, after all that came from it.
 */
public final class ContentStore implements AutoCloseable {

    private static final String FORMAT = "stemma-store 1\n";

    /** As many check-ins at once; far more than a machine can serve. */
    private static final int MAX_WRITERS = 1_024;

    /** The stores that this process has open. */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel lockFile;
    private final FrameCache cache = new FrameCache(FrameCache.MAX_BYTES);
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Semaphore writers = new Semaphore(MAX_WRITERS, true);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Lock collecting = new ReentrantLock();

    /** By number; those that were collected stay as gaps, so that numbers go on to mean the same. */
    private final Map<Integer, Pack> packs = new HashMap<>();

    private ObjectIndex index = new ObjectIndex();
    private int nextPack;

    private ContentStore(Path directory, FileChannel lockFile) {
        this.directory = directory;
        this.lockFile = lockFile;
    }

    /**
     * Opens a store, which is made where there is none. What a crash left behind is removed.
     *
     * @throws StoreInUseException when another process has it open
     * @throws DamagedStoreException when it is no store, one of another version, or a pack's directory is damaged
     */
    public static ContentStore open(Path directory) throws IOException {
        Path real = Files.createDirectories(directory).toRealPath();
        // Not even looked at when it is ours already: to close the file again would free the lock.
        if (!OPEN.add(real)) {
            throw new StoreInUseException(real);
        }
        try {
            return openFirst(real);
        } catch (IOException | RuntimeException | Error e) {
            OPEN.remove(real);
            throw e;
        }
    }

    private static ContentStore openFirst(Path directory) throws IOException {
        FileChannel lockFile =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            requireLock(directory, lockFile);
            for (String part : List.of("packs", "images", "tmp")) {
                Files.createDirectories(directory.resolve(part));
            }
            requireFormat(directory);
            try (Stream<Path> left = Files.list(directory.resolve("tmp"))) {
                for (Path file : left.toList()) {
                    Files.delete(file);
                }
            }
            ContentStore store = new ContentStore(directory, lockFile);
            store.load();
            return store;
        } catch (IOException | RuntimeException | Error e) {
            lockFile.close();
            throw e;
        }
    }

    private static void requireLock(Path directory, FileChannel lockFile) throws IOException {
        if (lockFile.tryLock() == null) {
            throw new StoreInUseException(directory);
        }
    }

    private static void requireFormat(Path directory) throws IOException {
        Path format = directory.resolve("format");
        try {
            String found = Files.readString(format, StandardCharsets.ISO_8859_1);
            if (!found.equals(FORMAT)) {
                throw new DamagedStoreException(format + " names a format that this version does not read");
            }
        } catch (NoSuchFileException e) {
            if (!StoreFiles.list(directory.resolve("packs"), ".pack").isEmpty()) {
                throw new DamagedStoreException(format + " is missing, and there are packs", e);
            }
            Path temporary = directory.resolve("tmp").resolve("format");
            Files.writeString(temporary, FORMAT, StandardOpenOption.CREATE, StandardOpenOption.SYNC);
            StoreFiles.publish(temporary, format);
        }
    }

    private void load() throws IOException {
        for (Digest name : StoreFiles.list(packsDirectory(), ".pack")) {
            add(Pack.open(StoreFiles.named(packsDirectory(), name, ".pack"), name));
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
        Pack pack = writer.finish(packsDirectory());
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
        Path temporary = Files.createTempFile(directory.resolve("tmp"), what + "-", ".tmp");
        Files.delete(temporary);
        return temporary;
    }

    private Path packsDirectory() {
        return directory.resolve("packs");
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
        return new Roots(directory.resolve("images"), directory.resolve("tmp"));
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
        return object(located.pack(), located.number());
    }

    private byte[] object(Pack pack, int number) throws IOException {
        ObjectName name = pack.object(number);
        Pack.Place place = pack.place(number);
        byte[] frame = cache.frame(pack, place.frame());
        byte[] bytes = new byte[place.lengthBytes()];
        System.arraycopy(frame, place.offsetBytes(), bytes, 0, bytes.length);
        if (name.kind() != ObjectKind.RECIPE && !Digest.sha256(bytes).equals(name.digest())) {
            throw new DamagedStoreException(pack.path() + " holds other bytes under the name of " + name);
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
        Set<Path> folders = new HashSet<>();
        for (Pack pack : gone) {
            Files.delete(pack.path());
            folders.add(pack.path().resolveSibling("."));
        }
        for (Path folder : folders) {
            StoreFiles.forceDirectory(folder);
        }
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
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            lockFile.close();
        } finally {
            OPEN.remove(directory);
        }
    }
}
