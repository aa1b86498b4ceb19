package dev.stemma.graph.tree;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Attributes;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Payload;
import dev.stemma.graph.model.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/** File systems made from a seed, as a plain sorted map of entries: the thing that Merkle trees are held against. */
final class RandomTree {

    final NavigableMap<GuestPath, Entry> entries = new TreeMap<>();
    private final Random random;
    private long inode = 2;

    RandomTree(long seed) {
        this.random = new Random(seed);
        put(GuestPath.ROOT, new Payload.Directory());
    }

    RandomTree(RandomTree other, long seed) {
        this.random = new Random(seed);
        this.inode = other.inode;
        entries.putAll(other.entries);
    }

    private void put(GuestPath path, Payload payload) {
        Times times = Times.modifiedAt(Instant.ofEpochSecond(1_700_000_000L + random.nextInt(1_000_000)));
        entries.put(path, new Entry(path, Attributes.of(0755, 0, 0, times, inode++, 1), payload));
    }

    /** Adds entries at random places, some directories large enough to be split more than once. */
    RandomTree grow(int count) {
        List<GuestPath> directories = new ArrayList<>(directories());
        for (int i = 0; i < count; i++) {
            // A skewed choice makes few large and many small directories.
            double skew = Math.pow(random.nextDouble(), 3);
            GuestPath parent = directories.get((int) (skew * directories.size()));
            GuestPath path = parent.child(name());
            if (entries.containsKey(path)) {
                continue;
            }
            if (random.nextInt(20) == 0 && path.depth() < 40) {
                put(path, new Payload.Directory());
                directories.add(path);
            } else {
                put(path, payload());
            }
        }
        return this;
    }

    /** Adds, removes, edits, chmods, chowns, sets attributes, turns kinds into others. */
    RandomTree mutate(int count) {
        for (int i = 0; i < count; i++) {
            List<GuestPath> paths = new ArrayList<>(entries.keySet());
            GuestPath path = paths.get(random.nextInt(paths.size()));
            if (path.names().isEmpty()) {
                continue;
            }
            Entry entry = entries.get(path);
            if (entry == null) {
                throw new AssertionError("a key without a value");
            }
            Attributes a = entry.attributes();
            switch (random.nextInt(8)) {
                case 0 -> grow(1);
                case 1 -> remove(path);
                case 2 -> change(path, a, entry.payload() instanceof Payload.Directory ? entry.payload() : payload());
                case 3 -> {
                    remove(path);
                    put(path, random.nextBoolean() ? new Payload.Directory() : payload());
                }
                case 4 -> change(path, with(a, a.mode() ^ 0111, a.uid(), a.gid()), entry.payload());
                case 5 -> change(path, with(a, a.mode(), 1000, a.gid()), entry.payload());
                case 6 -> change(path, with(a, a.mode(), a.uid(), 1000), entry.payload());
                default ->
                    change(
                            path,
                            a.withXattrs(Map.of(GuestName.ofText("user.k"), GuestName.ofText("v" + random.nextInt(3)))),
                            entry.payload());
            }
        }
        return this;
    }

    void remove(GuestPath path) {
        List<GuestPath> below = entries.tailMap(path, true).keySet().stream()
                .takeWhile(other -> other.depth() >= path.depth()
                        && other.names().subList(0, path.depth()).equals(path.names()))
                .toList();
        below.forEach(entries::remove);
    }

    void change(GuestPath path, Attributes attributes, Payload payload) {
        entries.put(path, new Entry(path, attributes, payload));
    }

    private static Attributes with(Attributes a, int mode, long uid, long gid) {
        return new Attributes(mode, uid, gid, a.times(), a.inode(), a.links(), a.xattrs());
    }

    private List<GuestPath> directories() {
        return entries.values().stream()
                .filter(entry -> entry.payload() instanceof Payload.Directory)
                .map(Entry::path)
                .toList();
    }

    private GuestName name() {
        byte[] bytes = new byte[1 + random.nextInt(12)];
        for (int i = 0; i < bytes.length; i++) {
            // Any byte but the separator and the end of a C string.
            bytes[i] = (byte) (random.nextInt(8) == 0 ? 1 + random.nextInt(255) : 'a' + random.nextInt(26));
            if (bytes[i] == '/') {
                bytes[i] = '_';
            }
        }
        GuestName name = GuestName.of(bytes);
        return name.is(".") || name.is("..") ? name() : name;
    }

    private Payload payload() {
        return switch (random.nextInt(12)) {
            case 0 -> new Payload.Link(name());
            case 1 -> new Payload.Device(random.nextBoolean(), random.nextInt(9), random.nextInt(9));
            case 2 -> new Payload.Pipe();
            case 3 -> new Payload.Socket();
            case 4 -> new Payload.File(random.nextInt(1000), Optional.empty());
            default -> {
                byte[] content = new byte[1 + random.nextInt(2)];
                random.nextBytes(content);
                yield new Payload.File(content.length, Optional.of(Digest.sha256(content)));
            }
        };
    }

    /** The Merkle graph of it; nodes go to the sink. */
    Digest build(Consumer<TreeNode> sink) {
        TreeBuilder builder = new TreeBuilder(sink);
        entries.values().forEach(builder::add);
        return builder.finish();
    }
}
