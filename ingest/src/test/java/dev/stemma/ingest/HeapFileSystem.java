package dev.stemma.ingest;

import dev.stemma.graph.model.Attributes;
import dev.stemma.graph.model.FileSystem;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.Payload;
import dev.stemma.graph.model.Times;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.Node;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unreadable;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A file system on the heap that can be told to be broken in places; keeps to the readers' contract otherwise. */
public final class HeapFileSystem implements FileSystemReader {

    private static final long ROOT = 2;

    final AtomicInteger reads = new AtomicInteger();
    final AtomicInteger readsToTheEnd = new AtomicInteger();
    private volatile Runnable atEachRead = () -> {};
    private final Map<Long, List<Node>> children = new HashMap<>();
    private final Map<Long, byte[]> contents = new HashMap<>();
    private final Map<Long, Long> holes = new HashMap<>();
    private final Map<Long, Exception> broken = new HashMap<>();
    private long next = ROOT + 1;

    public HeapFileSystem() {
        children.put(ROOT, new ArrayList<>());
    }

    /** One with these files, by relative path, and the directories that they need. */
    public static HeapFileSystem holding(Map<String, byte[]> files) {
        HeapFileSystem made = new HeapFileSystem();
        Map<String, Long> directories = new HashMap<>(Map.of("", ROOT));
        files.forEach((path, content) -> {
            String above = "";
            String[] names = path.split("/", -1);
            for (int i = 0; i < names.length - 1; i++) {
                String name = names[i];
                long parent = directories.getOrDefault(above, ROOT);
                above += "/" + name;
                directories.computeIfAbsent(above, _ -> made.directory(parent, name));
            }
            made.file(directories.getOrDefault(above, ROOT), names[names.length - 1], content);
        });
        return made;
    }

    public long directory(long parent, String name) {
        long id = next++;
        children.put(id, new ArrayList<>());
        add(parent, name, id, 2, new Payload.Directory());
        return id;
    }

    public long file(long parent, String name, byte[] content) {
        long id = next++;
        contents.put(id, content.clone());
        add(parent, name, id, 1, new Payload.File(content.length, Optional.empty()));
        return id;
    }

    /** All holes. */
    long sparse(long parent, String name, long sizeBytes) {
        long id = next++;
        holes.put(id, sizeBytes);
        add(parent, name, id, 1, new Payload.File(sizeBytes, Optional.empty()));
        return id;
    }

    /** The same content under several names. */
    long linked(long parent, byte[] content, String... names) {
        long id = next++;
        contents.put(id, content.clone());
        for (String name : names) {
            add(parent, name, id, names.length, new Payload.File(content.length, Optional.empty()));
        }
        return id;
    }

    /** Done from now on by each thread that begins to read a file. */
    void atEachRead(Runnable what) {
        atEachRead = what;
    }

    /** Listing or reading it fails from now on. */
    void breaks(long id, Exception how) {
        broken.put(id, how);
    }

    public static long rootId() {
        return ROOT;
    }

    private void add(long parent, String name, long id, long links, Payload payload) {
        Attributes attributes = Attributes.of(0644, 0, 0, Times.modifiedAt(Instant.EPOCH), id, links);
        children.getOrDefault(parent, new ArrayList<>()).add(new Node(GuestName.ofText(name), id, attributes, payload));
    }

    @Override
    public FileSystem facts() {
        return new FileSystem(
                "heap", Optional.empty(), Optional.empty(), Optional.empty(), 1 << 20, Optional.empty(), "java");
    }

    @Override
    public Origin origin() {
        return Origin.of("disk").within("heap");
    }

    @Override
    public String name() {
        return "heap/1";
    }

    @Override
    public Node root() throws ImageProblem {
        fail(ROOT);
        Attributes attributes = Attributes.of(0755, 0, 0, Times.modifiedAt(Instant.EPOCH), ROOT, 2);
        return new Node(GuestName.EMPTY, ROOT, attributes, new Payload.Directory());
    }

    @Override
    public List<Node> list(Node directory) throws ImageProblem {
        fail(directory.id());
        List<Node> nodes = new ArrayList<>(children.getOrDefault(directory.id(), List.of()));
        nodes.sort(Comparator.comparing(Node::name));
        return nodes;
    }

    @Override
    public void read(Node file, ContentSink sink) throws ImageProblem {
        reads.incrementAndGet();
        atEachRead.run();
        fail(file.id());
        Long hole = holes.get(file.id());
        if (hole != null) {
            sink.hole(hole);
        } else {
            sink.data(MemorySegment.ofArray(contents.getOrDefault(file.id(), new byte[0])));
        }
        readsToTheEnd.incrementAndGet();
    }

    /** Backwards, so that delivery in the order of the walk is not the order of reading. */
    @Override
    public long position(Node file) {
        return -file.id();
    }

    private void fail(long id) throws ImageProblem {
        switch (broken.get(id)) {
            case null -> {}
            case Corrupt problem -> throw problem;
            case Unreadable problem -> throw problem;
            case RuntimeException failure -> throw failure;
            case Exception other -> throw new AssertionError(other);
        }
    }

    @Override
    public void close() {}
}
