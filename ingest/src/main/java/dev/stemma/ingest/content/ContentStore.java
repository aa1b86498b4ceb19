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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Contents by their digests, in one place that one process has open. Memory follows the number of objects, some 25 bytes each. Safe for use
 * by several threads; closed by who opened it, after all that came from it.
 */
public final class ContentStore implements AutoCloseable {

    private static final String FORMAT = "stemma-store 1\n";
    private static final int MAX_FORMAT_BYTES = 64;

    private final BlobStore blobs;
    private final FrameCache cache = new FrameCache(FrameCache.MAX_BYTES);
    private final StoreTurns turns = new StoreTurns();
    private final DamagedPacks damaged = new DamagedPacks();
    private final PackTable packs = new PackTable(damaged);
    private final PackList list;
    private final Set<Digest> forgotten = ConcurrentHashMap.newKeySet();

    private ContentStore(BlobStore blobs) {
        this.blobs = blobs;
        this.list = new PackList(blobs, packs, damaged);
    }

    /**
     * Opens a store in a directory, which is made where there is none. What a crash left behind is removed.
     *
     * @throws StoreInUseException when another process has it open
     * @throws DamagedStoreException when it is no store, or one of another version; a pack that is damaged is told when it is needed
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
     * @throws DamagedStoreException when it is no store, or one of another version; a pack that is damaged is told when it is needed
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
     * @throws DamagedStoreException when it is no store, or one of another version; a pack that is damaged is told when it is needed
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
            try {
                packs.add(Pack.open(blobs.open(blob), name));
            } catch (DamagedStoreException e) {
                // What else there is can be read; what only this has is missing.
                damaged.add(name, String.valueOf(e.getMessage()));
            }
        }
        list.findMissing();
    }

    /** What was added since the last call is missed from now on when it is gone; to be called before anything leads to it. */
    void listPacks() throws IOException {
        list.write();
    }

    /** Packs that could not be read are tried again: somebody may have brought them back. */
    void tryDamagedAgain() throws IOException {
        Set<Digest> names = Set.copyOf(damaged.names());
        if (names.isEmpty()) {
            return;
        }
        for (BlobStore.Listed blob : blobs.list(BlobName.Kind.PACK)) {
            Digest name = BlobName.Kind.PACK.find(blob.name().path()).orElseThrow();
            if (names.contains(name)) {
                try {
                    packs.add(Pack.open(blobs.open(blob), name));
                    damaged.remove(name);
                } catch (DamagedStoreException e) {
                    damaged.add(name, String.valueOf(e.getMessage()));
                }
            }
        }
    }

    /** Takes a pack into use that is whole and durable. Gives its number, or that of the same pack if another writer was first. */
    int add(PackWriter writer) throws IOException {
        return packs.add(writer.finish(blobs));
    }

    PackWriter newPack() throws IOException {
        return new PackWriter(temporary("pack"));
    }

    private Path temporary(String what) throws IOException {
        Path temporary = Files.createTempFile(blobs.temporary(), what + "-", ".tmp");
        Files.delete(temporary);
        return temporary;
    }

    /** As {@link #writer(StoreWatch)}, however long it waits. */
    public StoreWriter writer() throws IOException {
        return writer(StoreWatch.NONE);
    }

    /**
     * Begins to write; close it. Waits while garbage is collected, so who has a writer must not ask for another.
     *
     * @param watch may end the waiting
     * @throws DamagedPackException while a pack cannot be read: what leads to it would be taken for whole
     */
    public StoreWriter writer(StoreWatch watch) throws IOException {
        WritingTurn turn = turn(watch);
        return new StoreWriter(turn, turn::close);
    }

    /** The same in a turn of this store, which lasts longer. */
    public StoreWriter writer(WritingTurn turn) {
        if (turn.store() != this) {
            throw new IllegalArgumentException("a turn of another store");
        }
        return new StoreWriter(turn, () -> {});
    }

    /** Begins a turn, as {@link #writer(StoreWatch)} does. */
    public WritingTurn turn(StoreWatch watch) throws IOException {
        long ticket = turns.beginWriting(watch);
        List<String> unreadable = damaged.lines();
        if (!unreadable.isEmpty()) {
            turns.endWriting();
            throw new DamagedPackException("nothing is checked in while a pack cannot be read", unreadable);
        }
        return new WritingTurn(this, ticket);
    }

    /**
     * Lets go of an image that was to become a version and did not. Where others write too, and may just have brought the same, it stays until garbage is collected.
     * For who writes.
     *
     * @param unnamed whether nothing names it; asked while nobody else writes
     */
    public void forget(Digest image, BooleanSupplier unnamed) throws IOException {
        boolean done = turns.onlyWriter(() -> {
            if (unnamed.getAsBoolean()) {
                roots().remove(image);
            }
        });
        if (!done) {
            forgotten.add(image);
        }
    }

    /**
     * Removes packs that nothing leads to yet, if nobody else wrote since the turn began: somebody who did may have taken them for there. Otherwise they stay, as garbage. For who
     * writes.
     */
    void withdraw(WritingTurn turn, Set<Integer> written) throws IOException {
        turns.onlyWriter(() -> {
            if (turns.aloneSince(turn.ticket())) {
                remove(written);
                settle();
            }
        });
    }

    /** Bytes that can still be written where it lies; empty where that is not known. */
    OptionalLong freeBytes() throws IOException {
        return blobs.freeBytes();
    }

    /** Packs that cannot be read at all, one line each: where it lies, and what is wrong with it. Asked of what is known, without reading. */
    public List<String> unreadable() {
        return damaged.lines();
    }

    /** Images that could not be let go of at once: whether something names them is to be asked again. */
    public Set<Digest> forgotten() {
        return Set.copyOf(forgotten);
    }

    /** Who does what at the same time. */
    StoreTurns turns() {
        return turns;
    }

    /** Packs that cannot be read at all. */
    DamagedPacks damagedPacks() {
        return damaged;
    }

    /** How often packs were removed since it was opened: what was walked meanwhile was not all of one state. */
    long removals() {
        return packs.removals();
    }

    /**
     * The problem that something is missing, which names packs that cannot be read if there are any.
     *
     * @param what is missing, and what needs it
     */
    public DamagedStoreException lacking(String what, IOException cause) {
        List<String> unreadable = damaged.lines();
        DamagedStoreException told = unreadable.isEmpty()
                ? new DamagedStoreException(what)
                : new DamagedPackException(what + ", which may lie in a pack that cannot be read", unreadable);
        told.initCause(cause);
        return told;
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
     * @throws DamagedPackException when it is not there, and may lie in a pack that cannot be read
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
        return packs.locate(name);
    }

    /** A pack was found to be none: what is only there is missing from now on. */
    void setAside(int number, DamagedStoreException why) {
        packs.setAside(number, why);
    }

    /** Removes a pack that cannot be read, for good. */
    void discard(Digest pack) throws IOException {
        damaged.remove(pack);
        try {
            list.delete(List.of(BlobName.Kind.PACK.of(pack)));
        } catch (NoSuchFileException e) {
            // It is gone already.
            return;
        }
    }

    /**
     * An object's bytes; of a chunk or node held against its name. The array is the caller's own.
     *
     * @throws NoSuchFileException when it is not there
     * @throws DamagedStoreException when it is damaged; says in which pack
     */
    byte[] object(ObjectName name) throws IOException {
        try (Stretch stretch = stretch(name)) {
            return stretch.copy();
        }
    }

    /** An object's bytes where they lie in a frame that is lent, which others look at too: nobody changes them. Close it. */
    record Stretch(FrameCache.Lent frame, int offset, int lengthBytes) implements AutoCloseable {
        byte[] bytes() {
            return frame.bytes();
        }

        byte[] copy() {
            return Arrays.copyOfRange(bytes(), offset, offset + lengthBytes);
        }

        @Override
        public void close() {
            frame.close();
        }
    }

    /** The same as {@link #object(ObjectName)}, where it lies. */
    Stretch stretch(ObjectName name) throws IOException {
        Located located = locate(name).orElseThrow(() -> new NoSuchFileException(name.toString()));
        try {
            return stretch(located.pack(), located.number());
        } catch (NoSuchFileException e) {
            // Collected as garbage since it was located, and what was needed of it written anew; or lost.
            Optional<Located> now = locate(name);
            if (now.isPresent() && now.get().packNumber() != located.packNumber()) {
                return stretch(now.get().pack(), now.get().number());
            }
            throw new DamagedStoreException(located.pack().where() + " is gone, and held " + name, e);
        }
    }

    /** An object's bytes of a pack, by number. */
    byte[] object(Pack pack, int number) throws IOException {
        try (Stretch stretch = stretch(pack, number)) {
            return stretch.copy();
        }
    }

    private Stretch stretch(Pack pack, int number) throws IOException {
        try {
            return verified(pack, number);
        } catch (InternalError e) {
            packs.setAsideUnreadable(e);
            throw new DamagedPackException("an object cannot be read", damaged.lines());
        }
    }

    private Stretch verified(Pack pack, int number) throws IOException {
        ObjectName name = pack.object(number);
        Pack.Place place = pack.place(number);
        Stretch found = new Stretch(cache.lend(pack, place.frame()), place.offsetBytes(), place.lengthBytes());
        boolean same = false;
        try {
            same = name.kind() == ObjectKind.RECIPE
                    || ContentDigests.sha256(found.bytes(), place.offsetBytes(), place.lengthBytes())
                            .equals(name.digest());
        } finally {
            if (!same) {
                found.close();
            }
        }
        if (!same) {
            throw new DamagedStoreException(pack.where() + " holds other bytes under the name of " + name);
        }
        return found;
    }

    /**
     * How long an object is, as the directory of its pack says; of its bytes nothing is read.
     *
     * @throws NoSuchFileException when it is not there
     */
    int lengthBytes(ObjectName name) throws IOException {
        Located located = locate(name).orElseThrow(() -> new NoSuchFileException(name.toString()));
        try {
            return located.pack().place(located.number()).lengthBytes();
        } catch (InternalError e) {
            packs.setAsideUnreadable(e);
            throw new DamagedPackException("an object cannot be found", damaged.lines());
        }
    }

    /** Numbers of all packs, in the order in which they came. */
    List<Integer> packNumbers() {
        return packs.numbers();
    }

    /** @throws DamagedPackException when it turned out to be none since its number was told */
    Pack pack(int number) throws DamagedStoreException {
        return packs.pack(number);
    }

    /**
     * Writes some objects of a pack once more, into another one, which is durable when this returns. Gives the number of that. They stay in the order in which they
     * lie, for neighbours are read together: a pack numbers its objects by digest, and in that order each read would take a frame of its own.
     */
    int rewrite(Pack pack, List<Integer> numbers) throws IOException {
        try (PackWriter out = newPack();
                FrameBuilder frames = new FrameBuilder(out::frame)) {
            for (int number : pack.asTheyLie(numbers)) {
                byte[] bytes = object(pack, number);
                frames.add(pack.object(number), bytes, 0, bytes.length);
            }
            frames.finish();
            return add(out);
        }
    }

    /** Forgets packs and removes their files, durably; who reads one just now can go on. */
    void remove(Set<Integer> numbers) throws IOException {
        List<Pack> gone = packs.remove(numbers);
        list.delete(gone.stream().map(ContentStore::blobName).toList());
    }

    /** What was removed takes no place any more, as far as nobody reads it. */
    void settle() throws IOException {
        blobs.settle();
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
        return packs.size();
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
