package dev.stemma.ingest.reference.fuse;

import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel knows files by: a number for each name that it has asked for and not forgotten. It forgets when it is short of memory, which ours is before; so the oldest
 * can be told. Safe for use by several threads.
 */
final class Nodes {

    /** The number of the root directory. */
    static final long ROOT = 1;

    /** How many it may come to before the kernel is asked to forget: some 150 bytes each. */
    static final int ENOUGH = 250_000;

    private final Map<Long, Known> byNumber = new LinkedHashMap<>();
    private final Map<Key, Known> byName = new HashMap<>();
    private long last = ROOT;

    private record Key(long directory, GuestName name) {}

    /** A name that the kernel knows. */
    static final class Known {
        private final long number;
        private final @Nullable Known directory;
        private final GuestName name;
        private final boolean leaf;
        private long times;

        private Known(long number, @Nullable Known directory, GuestName name, boolean leaf) {
            this.number = number;
            this.directory = directory;
            this.name = name;
            this.leaf = leaf;
        }

        private long directoryNumber() {
            return directory == null ? ROOT : directory.number;
        }
    }

    /** A name in a directory. */
    record Name(long directory, GuestName name) {}

    Nodes() {
        byNumber.put(ROOT, new Known(ROOT, null, GuestName.EMPTY, false));
    }

    /**
     * The number of a name, which the kernel is told of once more.
     *
     * @param directory number of one that is known
     * @param leaf whether it is no directory itself
     */
    synchronized long remember(long directory, GuestName name, boolean leaf) {
        Key key = new Key(directory, name);
        Known known = byName.get(key);
        if (known == null) {
            known = new Known(++last, byNumber.get(directory), name, leaf);
            byName.put(key, known);
            byNumber.put(known.number, known);
        }
        known.times++;
        return known.number;
    }

    /** The kernel has forgotten a number as often as it had been told. */
    synchronized void forget(long number, long times) {
        Known known = byNumber.get(number);
        if (known != null && number != ROOT) {
            known.times -= times;
            if (known.times <= 0) {
                byNumber.remove(number);
                byName.remove(new Key(known.directoryNumber(), known.name));
            }
        }
    }

    /** Where what has a number lies; empty for a number that the kernel was never given. */
    synchronized Optional<GuestPath> path(long number) {
        Known known = byNumber.get(number);
        if (known == null) {
            return Optional.empty();
        }
        Deque<GuestName> names = new ArrayDeque<>();
        for (Known at = known; at != null && at.directory != null; at = at.directory) {
            names.addFirst(at.name);
        }
        return Optional.of(new GuestPath(List.copyOf(names)));
    }

    synchronized int size() {
        return byNumber.size();
    }

    /** Those that have been known longest; no directories, for somebody may be in one. */
    synchronized List<Name> oldest(int most) {
        List<Name> names = new ArrayList<>();
        for (Known known : byNumber.values()) {
            if (names.size() == most) {
                break;
            }
            if (known.leaf) {
                names.add(new Name(known.directoryNumber(), known.name));
            }
        }
        return names;
    }
}
