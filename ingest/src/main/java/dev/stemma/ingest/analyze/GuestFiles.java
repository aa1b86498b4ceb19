package dev.stemma.ingest.analyze;

import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.Listings;
import dev.stemma.ingest.filesystem.Node;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The files of one guest as its own processes would see them: a root file system with others mounted in it. Links are
 * followed inside the guest: {@code /} is the guest's root, {@code ..} stops there, and nothing leads to the host.
 *
 * <p>Directories that were listed are kept, 300,000 entries of usual size at most. Safe for use by several threads, which wait for
 * each other; the readers are not closed with it.
 */
public final class GuestFiles {

    private static final int MAX_LINKS = 40; // Linux's own limit, path_resolution(7)
    private static final int MAX_CACHED_WEIGHT = 300_000;

    private final FileSystemReader root;
    private final Map<GuestPath, FileSystemReader> mounts;
    private final Budget budget;
    private final LinkedHashMap<GuestPath, Directory> cache = new LinkedHashMap<>(256, 0.75f, true);
    private long cachedWeight;

    private GuestFiles(FileSystemReader root, Map<GuestPath, FileSystemReader> mounts, Budget budget) {
        this.root = root;
        this.mounts = Map.copyOf(mounts);
        this.budget = budget;
    }

    /** A guest of one file system. */
    public static GuestFiles of(FileSystemReader root, Budget budget) {
        return new GuestFiles(root, Map.of(), budget);
    }

    /** A guest with more file systems, by the path where each is mounted. */
    public static GuestFiles of(FileSystemReader root, Map<GuestPath, FileSystemReader> mounts, Budget budget) {
        return new GuestFiles(root, mounts, budget);
    }

    /**
     * A file found.
     *
     * @param path where it really lies, no link among its directories
     */
    public record Found(GuestPath path, Node node, FileSystemReader reader) {}

    private record Directory(Found found, Map<GuestName, Node> children) {}

    /** The root file system. */
    public FileSystemReader root() {
        return root;
    }

    /** The other file systems by the path where each is mounted; empty for most guests. */
    public Map<GuestPath, FileSystemReader> mounts() {
        return mounts;
    }

    /** What reading may cost. */
    public Budget budget() {
        return budget;
    }

    /** Where the guest lies, for messages. */
    public Origin origin() {
        return root.origin();
    }

    /** The place of a path in messages. */
    public Origin origin(GuestPath path) {
        return root.origin().within(path.escaped());
    }

    /**
     * Finds a file, all links followed.
     *
     * @throws Corrupt {@code loop} when links lead around
     */
    public Optional<Found> find(GuestPath path) throws ImageProblem {
        return Optional.ofNullable(walk(path, true));
    }

    /** Finds what lies under this very name: links among its directories are followed, one in the last place is found itself. */
    public Optional<Found> findLink(GuestPath path) throws ImageProblem {
        return Optional.ofNullable(walk(path, false));
    }

    /**
     * What lies under this very name in a directory that was found; no link is followed, and only the directory is read.
     *
     * @param path whose directories are no links
     */
    public Optional<Found> findEntry(GuestPath path) throws ImageProblem {
        if (path.depth() > Budget.MAX_DEPTH) {
            throw new OverBudget("depth-limit", origin(path), "lies more than " + Budget.MAX_DEPTH + " deep");
        }
        synchronized (cache) {
            if (path.depth() == 0 || mounts.containsKey(path)) {
                return Optional.of(directory(path).found);
            }
            Directory directory = directory(path.parent());
            return Optional.ofNullable(directory.children.get(path.name()))
                    .map(node -> new Found(path, node, directory.found.reader()));
        }
    }

    /** The entries of a directory, sorted by name; empty when there is no such directory. */
    public List<Found> list(GuestPath path) throws ImageProblem {
        Directory directory = listed(path);
        return directory == null
                ? List.of()
                : directory.children.values().stream()
                        .map(node ->
                                new Found(directory.found.path().child(node.name()), node, directory.found.reader()))
                        .toList();
    }

    /** The names of the directories in a directory; empty when there is no such directory. */
    public Set<GuestName> directories(GuestPath path) throws ImageProblem {
        Directory directory = listed(path);
        return directory == null
                ? Set.of()
                : directory.children.values().stream()
                        .filter(node -> node.payload() instanceof Payload.Directory)
                        .map(Node::name)
                        .collect(Collectors.toSet());
    }

    private @Nullable Directory listed(GuestPath path) throws ImageProblem {
        synchronized (cache) {
            Found found = walk(path, true);
            return found != null && found.node().payload() instanceof Payload.Directory
                    ? directory(found.path())
                    : null;
        }
    }

    /**
     * The content of a regular file, links followed; empty when there is none.
     *
     * @throws OverBudget {@code size-limit} when it is longer
     */
    public Optional<byte[]> read(GuestPath path, int maxBytes) throws ImageProblem {
        Found found = walk(path, true);
        if (found == null || !(found.node().payload() instanceof Payload.File file)) {
            return Optional.empty();
        }
        if (file.sizeBytes() > maxBytes) {
            throw new OverBudget(
                    "size-limit",
                    origin(path),
                    "has " + file.sizeBytes() + " bytes, at most " + maxBytes + " are read");
        }
        return Optional.of(start(found, (int) file.sizeBytes()));
    }

    /** The first bytes of a regular file; empty when there is none. */
    public Optional<byte[]> readStart(GuestPath path, int lengthBytes) throws ImageProblem {
        Found found = walk(path, true);
        if (found == null || !(found.node().payload() instanceof Payload.File)) {
            return Optional.empty();
        }
        return Optional.of(start(found, lengthBytes));
    }

    private byte[] start(Found found, int lengthBytes) throws ImageProblem {
        Collected collected = new Collected(lengthBytes, origin(found.path()));
        try {
            found.reader().read(found.node(), collected);
        } catch (Collected.Enough e) {
            return collected.bytes();
        }
        return collected.bytes();
    }

    /**
     * Where a path really lies: links among its directories followed, as far as they exist; the last name stays.
     */
    public GuestPath canonical(GuestPath path) throws ImageProblem {
        if (path.depth() == 0) {
            return path;
        }
        Found parent = walk(path.parent(), true);
        return parent == null
                ? canonical(path.parent()).child(path.name())
                : parent.path().child(path.name());
    }

    private @Nullable Found walk(GuestPath path, boolean followLast) throws ImageProblem {
        synchronized (cache) {
            Deque<GuestName> pending = new ArrayDeque<>(path.names());
            GuestPath done = GuestPath.ROOT;
            int links = 0;
            while (!pending.isEmpty()) {
                GuestName name = pending.removeFirst();
                if (name.length() == 0 || name.is(".")) {
                    continue;
                }
                if (name.is("..")) {
                    done = done.parent();
                    continue;
                }
                if (done.depth() >= Budget.MAX_DEPTH) {
                    throw new OverBudget("depth-limit", origin(path), "lies more than " + Budget.MAX_DEPTH + " deep");
                }
                Directory directory = directory(done);
                Node child = directory.children.get(name);
                if (child == null) {
                    return null;
                }
                if (child.payload() instanceof Payload.Link link && (followLast || !pending.isEmpty())) {
                    if (++links > MAX_LINKS) {
                        throw new Corrupt("loop", origin(path), "leads over more than " + MAX_LINKS + " links");
                    }
                    done = follow(link.target(), done, pending);
                } else if (child.payload() instanceof Payload.Directory) {
                    done = done.child(name);
                } else {
                    return pending.isEmpty() ? new Found(done.child(name), child, directory.found.reader()) : null;
                }
            }
            return directory(done).found;
        }
    }

    private static GuestPath follow(GuestName target, GuestPath from, Deque<GuestName> pending) {
        List<GuestName> names = split(target);
        for (int i = names.size() - 1; i >= 0; i--) {
            pending.addFirst(names.get(i));
        }
        return target.length() > 0 && target.at(0) == '/' ? GuestPath.ROOT : from;
    }

    private static List<GuestName> split(GuestName target) {
        List<GuestName> names = new ArrayList<>();
        byte[] bytes = target.bytes();
        int start = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '/') {
                names.add(GuestName.of(java.util.Arrays.copyOfRange(bytes, start, i)));
                start = i + 1;
            }
        }
        return names;
    }

    /** A directory by where it really lies, which exists. */
    private Directory directory(GuestPath path) throws ImageProblem {
        Directory cached = cache.get(path);
        if (cached != null) {
            return cached;
        }
        budget.check(origin());
        FileSystemReader mounted = path.depth() == 0 ? root : mounts.get(path);
        Found found;
        if (mounted != null) {
            found = new Found(path, mounted.root(), mounted);
        } else {
            Directory parent = directory(path.parent());
            Node node = parent.children.get(path.name());
            if (node == null) {
                throw new IllegalStateException("asked for a directory that was not found: " + path);
            }
            found = new Found(path, node, parent.found.reader());
        }
        List<Node> nodes = found.reader().list(found.node());
        Map<GuestName, Node> children = LinkedHashMap.newLinkedHashMap(nodes.size());
        nodes.forEach(node -> children.put(node.name(), node));
        Directory directory = new Directory(found, children);
        keep(path, directory);
        return directory;
    }

    private void keep(GuestPath path, Directory directory) {
        cache.put(path, directory);
        cachedWeight += Listings.weight(directory.children.values());
        Iterator<Directory> eldest = cache.values().iterator();
        while (cachedWeight > MAX_CACHED_WEIGHT && cache.size() > 1) {
            cachedWeight -= Listings.weight(eldest.next().children.values());
            eldest.remove();
        }
    }
}
