package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;

/** The packs that a store has open, and where in them an object lies. A pack that turns out to be none is set aside. Safe for use by several threads. */
final class PackTable {

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final DamagedPacks damaged;
    private final AtomicLong removals = new AtomicLong();

    /** By number; those that were collected stay as gaps, so that numbers go on to mean the same. */
    private final Map<Integer, Pack> packs = new HashMap<>();

    private ObjectIndex index = new ObjectIndex();
    private int nextPack;

    /** @param damaged gets those that are set aside */
    PackTable(DamagedPacks damaged) {
        this.damaged = damaged;
    }

    /** Takes a pack into use. Gives its number, or that of the same pack if it is there already. */
    int add(Pack pack) throws IOException {
        lock.writeLock().lock();
        try {
            // Two check-ins of the same may write the same pack: it is one file, and must not be collected as another.
            for (Map.Entry<Integer, Pack> one : packs.entrySet()) {
                if (one.getValue().name().equals(pack.name())) {
                    return one.getKey();
                }
            }
            int number = nextPack++;
            packs.put(number, pack);
            for (int i = 0; i < pack.count(); i++) {
                index.add(pack.object(i), number, i);
            }
            return number;
        } finally {
            lock.writeLock().unlock();
        }
    }

    Optional<ContentStore.Located> locate(ObjectName name) {
        try {
            return indexed(name);
        } catch (InternalError e) {
            setAsideUnreadable(e);
            return indexed(name);
        }
    }

    private Optional<ContentStore.Located> indexed(ObjectName name) {
        lock.readLock().lock();
        try {
            long found = index.find(name, (pack, number) -> required(pack).is(number, name));
            int number = (int) (found >>> 32);
            return found < 0
                    ? Optional.empty()
                    : Optional.of(new ContentStore.Located(required(number), number, (int) found));
        } finally {
            lock.readLock().unlock();
        }
    }

    private Pack required(int number) {
        Pack pack = packs.get(number);
        if (pack == null) {
            throw new IllegalStateException("the index knows a pack that is gone: " + number);
        }
        return pack;
    }

    /**
     * A mapped pack could not be read, which the JVM tells by this error and not at once: finds out which it is.
     *
     * @throws InternalError when it was none
     */
    void setAsideUnreadable(InternalError fault) {
        boolean found = false;
        for (int number : numbers()) {
            try {
                pack(number).requireReadable();
            } catch (DamagedStoreException e) {
                setAside(number, e);
                found = true;
            } catch (IOException e) {
                // It cannot be asked, so it is not known to be that one.
                continue;
            }
        }
        if (!found) {
            throw fault;
        }
    }

    /** A pack was found to be none: what is only there is missing from now on. */
    void setAside(int number, DamagedStoreException why) {
        lock.writeLock().lock();
        try {
            Pack pack = packs.remove(number);
            if (pack != null) {
                damaged.add(pack.name(), String.valueOf(why.getMessage()));
                index = without(Set.of());
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** An index of all packs but these; with the lock for writing. A pack that turns out to be none is set aside too. */
    private ObjectIndex without(Set<Integer> numbers) {
        ObjectIndex rest = new ObjectIndex();
        for (int number : List.copyOf(packs.keySet())) {
            Pack pack = required(number);
            try {
                for (int i = 0; i < pack.count() && !numbers.contains(number); i++) {
                    rest.add(pack.object(i), number, i);
                }
            } catch (DamagedStoreException | InternalError e) {
                packs.remove(number);
                damaged.add(pack.name(), pack.where() + " has a directory that cannot be read: " + e.getMessage());
                return without(numbers);
            }
        }
        return rest;
    }

    /** Forgets packs; gives those that it had. */
    List<Pack> remove(Set<Integer> numbers) {
        lock.writeLock().lock();
        try {
            List<Pack> gone = new ArrayList<>();
            numbers.forEach(number -> gone.add(required(number)));
            index = without(numbers);
            numbers.forEach(packs::remove);
            removals.incrementAndGet();
            return gone;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** How often packs were removed: what was walked meanwhile was not all of one state. */
    long removals() {
        return removals.get();
    }

    /** In the order in which they came. */
    List<Integer> numbers() {
        lock.readLock().lock();
        try {
            return packs.keySet().stream().sorted().toList();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Of all, by what they are called. */
    Set<Digest> names() {
        lock.readLock().lock();
        try {
            return packs.values().stream().map(Pack::name).collect(Collectors.toSet());
        } finally {
            lock.readLock().unlock();
        }
    }

    /** @throws DamagedPackException when it turned out to be none since its number was told */
    Pack pack(int number) throws DamagedStoreException {
        lock.readLock().lock();
        try {
            Pack pack = packs.get(number);
            if (pack == null) {
                throw new DamagedPackException("a pack was found damaged meanwhile", damaged.lines());
            }
            return pack;
        } finally {
            lock.readLock().unlock();
        }
    }

    ContentStore.Size size() {
        lock.readLock().lock();
        try {
            long bytes = 0;
            for (Pack pack : packs.values()) {
                bytes += pack.sizeBytes();
            }
            return new ContentStore.Size(packs.size(), index.count(), bytes, index.bytes());
        } finally {
            lock.readLock().unlock();
        }
    }
}
