package dev.stemma.ingest.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One check-in's way into the store. What it wrote is durable after {@link #commit}; without that it goes when this is closed, or stays as garbage where others wrote
 * meanwhile. While it is open no garbage is collected that it may have met. Safe for use by several threads, each with a {@link #content} of its own.
 */
public final class StoreWriter implements AutoCloseable {

    private final WritingTurn turn;
    private final ContentStore store;
    private final Runnable ended;
    private final Set<ObjectName> pending = ConcurrentHashMap.newKeySet();
    private final LongAdder newBytes = new LongAdder();
    private final LongAdder newObjects = new LongAdder();
    private final LongAdder storedBytes = new LongAdder();
    private final FrameBuilder recipes;
    private final List<PackWriter> recipePacks = new ArrayList<>();
    private final Set<Integer> uncommitted = new HashSet<>();
    private @Nullable PackWriter pack;
    private boolean closed;

    /**
     * @param turn in which it writes
     * @param ended is run once when it is closed
     */
    StoreWriter(WritingTurn turn, Runnable ended) {
        this.turn = turn;
        this.store = turn.store();
        this.ended = ended;
        this.recipes = new FrameBuilder(this::recipeFrame);
    }

    /** A way in for one thread; close it. */
    public ContentWriter content() {
        return new ContentWriter(new FrameWriter(this));
    }

    /** Whether an object is there, or will be. */
    boolean has(ObjectName name) {
        return pending.contains(name) || store.has(name);
    }

    /** Whether the caller has to store it; nobody else will then. */
    boolean claim(ObjectName name, int lengthBytes) {
        if (store.has(name) || !pending.add(name)) {
            return false;
        }
        newBytes.add(lengthBytes);
        newObjects.increment();
        return true;
    }

    synchronized void frame(ByteBuffer compressed, int holdsBytes, List<PackWriter.InFrame> objects)
            throws IOException {
        PackWriter open = pack;
        if (open == null) {
            open = store.newPack();
            pack = open;
        }
        storedBytes.add(compressed.remaining());
        open.frame(compressed, holdsBytes, objects);
        if (open.isFull()) {
            publish(open);
            pack = null;
        }
    }

    /** Recipes wait for {@link #commit}: whoever finds one takes it that all it leads to is there, and that may still be on its way. */
    synchronized void recipe(ObjectName name, byte[] bytes) throws IOException {
        recipes.add(name, bytes, 0, bytes.length);
    }

    private void recipeFrame(ByteBuffer compressed, int holdsBytes, List<PackWriter.InFrame> objects)
            throws IOException {
        if (recipePacks.isEmpty() || recipePacks.getLast().isFull()) {
            recipePacks.add(store.newPack());
        }
        storedBytes.add(compressed.remaining());
        recipePacks.getLast().frame(compressed, holdsBytes, objects);
    }

    private void publish(PackWriter open) throws IOException {
        List<ObjectName> names = open.names();
        uncommitted.add(store.add(open));
        names.forEach(pending::remove);
    }

    /**
     * Makes all that was handed over durable. May be called again after more.
     *
     * @throws IOException also when something was promised to the store and never came; nothing may refer to it then
     */
    public synchronized void commit() throws IOException {
        PackWriter open = pack;
        if (open != null) {
            publish(open);
            pack = null;
        }
        if (pending.stream().anyMatch(name -> name.kind() != ObjectKind.RECIPE)) {
            throw new IOException("something that was to be stored was not handed over");
        }
        recipes.finish();
        while (!recipePacks.isEmpty()) {
            publish(recipePacks.getFirst());
            recipePacks.removeFirst();
        }
        if (!pending.isEmpty()) {
            throw new IOException("a recipe that was to be stored was not handed over");
        }
        if (!uncommitted.isEmpty()) {
            store.listPacks();
            uncommitted.clear();
        }
    }

    /** Bytes of objects that the store did not have, before compression. */
    public long newBytes() {
        return newBytes.sum();
    }

    /** Objects that the store did not have. */
    public long newObjects() {
        return newObjects.sum();
    }

    /** Bytes that those take, compressed. */
    public long storedBytes() {
        return storedBytes.sum();
    }

    private void withdraw() {
        if (uncommitted.isEmpty()) {
            return;
        }
        try {
            store.withdraw(turn, uncommitted);
        } catch (IOException e) {
            // They are garbage then, and what ended the writing is told.
            return;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            recipes.close();
            PackWriter open = pack;
            pack = null;
            if (open != null) {
                open.close();
            }
            for (PackWriter one : recipePacks) {
                one.close();
            }
            recipePacks.clear();
            withdraw();
        } finally {
            ended.run();
        }
    }
}
