package dev.stemma.ingest.filesystem.guestfs;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.FileSystem;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.Node;
import dev.stemma.ingest.filesystem.RegistryHive;
import dev.stemma.ingest.filesystem.Subvolume;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file system that an appliance has mounted. Directories are listed with a handful of requests for each 500 names;
 * digests come from one {@code sha256sum} over everything, run in the appliance, when a full walk is announced.
 */
final class GuestfsReader implements FileSystemReader {

    private static final String NAME = "guestfs/2";
    private static final int PIECE_BYTES = 1 << 20;
    private static final int STAT_NUMBERS_BYTES = 176;

    private final FileSystem facts;
    private final Optional<Subvolume> subvolume;
    private final List<GuestPath> subvolumesBelow;
    private final Origin origin;
    private final Appliance appliance;
    private final byte[] place;
    private final Budget budget;
    private final Paths paths;
    private final Batches batches;
    private final List<Observation> observed = Collections.synchronizedList(new ArrayList<>());
    private final Set<Long> otherSubvolumes = ConcurrentHashMap.newKeySet();
    private volatile long device;
    private volatile @Nullable DigestList digests;

    /**
     * @param subvolumesBelow where in it other subvolumes appear
     * @param place where it is mounted in the appliance
     */
    GuestfsReader(
            FileSystem facts,
            Optional<Subvolume> subvolume,
            List<GuestPath> subvolumesBelow,
            Origin origin,
            Appliance appliance,
            String place,
            Budget budget) {
        this.facts = facts;
        this.subvolume = subvolume;
        this.subvolumesBelow = List.copyOf(subvolumesBelow);
        this.origin = origin;
        this.appliance = appliance;
        this.place = Appliance.text(place);
        this.budget = budget;
        this.paths = new Paths(origin);
        this.batches = new Batches(appliance, observed, NAME, origin);
    }

    @Override
    public FileSystem facts() {
        return facts;
    }

    @Override
    public Optional<Subvolume> subvolume() {
        return subvolume;
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Observation> observations() {
        synchronized (observed) {
            return List.copyOf(observed);
        }
    }

    /** Notes what to know about the file system as a whole. */
    void observe(String code, String message) {
        observed.add(new Observation(
                code,
                Observation.Severity.PARTIAL,
                origin.toString(),
                message,
                Optional.of("Shut the machine down (Windows not by fast startup), and index the image again."),
                NAME));
    }

    @Override
    public void prepareFullWalk() throws ImageProblem {
        digests = new DigestRun(appliance, batches, place).run(subvolumesBelow).orElse(null);
        budget.check(origin);
    }

    @Override
    public Node root() throws ImageProblem {
        Stat stat = stat(appliance.ask("stat", place, Appliance.text(".")).getFirst());
        SortedMap<GuestName, GuestName> xattrs =
                batches.xattrs(place, List.of(GuestName.ofText("."))).getFirst();
        return new Node(
                GuestName.EMPTY, Paths.ROOT, stat.attributes(xattrs), stat.payload(GuestName.EMPTY, Optional.empty()));
    }

    @Override
    public List<Node> list(Node directory) throws ImageProblem {
        if (!(directory.payload() instanceof Payload.Directory)) {
            throw new Corrupt("bad-value", origin, directory.name() + " is not a directory");
        }
        if (otherSubvolumes.contains(directory.id())) {
            // Linux shows what is in it; here it is a file system of its own.
            return List.of();
        }
        byte[] path = paths.path(place, directory.id());
        List<Node> nodes = new ArrayList<>();
        List<GuestName> names = batches.names(path);
        for (int from = 0; from < names.size(); from += Batches.NAMES) {
            budget.check(origin);
            List<GuestName> batch = names.subList(from, Math.min(names.size(), from + Batches.NAMES));
            nodes.addAll(nodes(directory.id(), path, batch));
        }
        nodes.sort(Comparator.comparing(Node::name));
        return nodes;
    }

    private List<Node> nodes(long directory, byte[] path, List<GuestName> names) throws ImageProblem {
        List<byte[]> stats = batches.ask("stat", path, names);
        List<GuestName> links = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (stat(stats.get(i)).isLink()) {
                links.add(names.get(i));
            }
        }
        List<byte[]> targets = links.isEmpty() ? List.of() : batches.ask("links", path, links);
        List<SortedMap<GuestName, GuestName>> xattrs = batches.xattrs(path, names);
        List<Node> nodes = new ArrayList<>(names.size());
        int link = 0;
        for (int i = 0; i < names.size(); i++) {
            GuestName name = names.get(i);
            Stat stat = stat(stats.get(i));
            GuestName target = stat.isLink() ? GuestName.of(targets.get(link++)) : GuestName.EMPTY;
            if (stat.missing() || stat.isLink() && target.length() == 0) {
                batches.leftOut(path, name);
                continue;
            }
            long id = stat.isDirectory() ? paths.number(directory, name) : directory;
            if (stat.isDirectory() && subvolume.isPresent() && stat.device() != device()) {
                otherSubvolumes.add(id);
            }
            Optional<Digest> digest = stat.isFile() ? digest(directory, name) : Optional.empty();
            nodes.add(new Node(name, id, stat.attributes(xattrs.get(i)), stat.payload(target, digest)));
        }
        return nodes;
    }

    private Optional<Digest> digest(long directory, GuestName name) throws Corrupt {
        DigestList known = digests;
        return known == null ? Optional.empty() : known.find(path(Appliance.text("."), directory, name));
    }

    private long device() throws ImageProblem {
        if (device == 0) {
            device = stat(appliance.ask("stat", place, Appliance.text(".")).getFirst())
                    .device();
        }
        return device;
    }

    private Stat stat(byte[] raw) throws Corrupt {
        if (raw.length != STAT_NUMBERS_BYTES) {
            throw new Corrupt("bad-value", origin, "the appliance gave attributes of " + raw.length + " bytes");
        }
        return Stat.of(raw);
    }

    @Override
    public void read(Node file, ContentSink sink) throws ImageProblem {
        if (!(file.payload() instanceof Payload.File content)) {
            throw new Corrupt("bad-value", origin, file.name() + " is not a regular file");
        }
        stretch(file, 0, content.sizeBytes(), sink);
    }

    @Override
    public void read(Node file, long offsetBytes, long lengthBytes, ContentSink sink) throws ImageProblem {
        if (!(file.payload() instanceof Payload.File content)) {
            throw new Corrupt("bad-value", origin, file.name() + " is not a regular file");
        }
        long start = Math.min(offsetBytes, content.sizeBytes());
        stretch(file, start, start + Math.min(lengthBytes, content.sizeBytes() - start), sink);
    }

    private void stretch(Node file, long start, long size, ContentSink sink) throws ImageProblem {
        byte[] path = path(place, file.id(), file.name());
        for (long offset = start; offset < size; ) {
            byte[] piece = appliance
                    .ask(
                            "read",
                            path,
                            Appliance.text(Long.toString(Math.min(PIECE_BYTES, size - offset))),
                            Appliance.text(Long.toString(offset)))
                    .getFirst();
            if (piece.length == 0) {
                throw new Corrupt("truncated", origin.within(escaped(path)), "ends at " + offset + " of " + size);
            }
            sink.data(MemorySegment.ofArray(piece).asReadOnly());
            offset += piece.length;
        }
    }

    @Override
    public Optional<RegistryHive> hive(Node file, GuestPath path) throws ImageProblem {
        return Optional.of(
                new GuestfsHive(appliance, path(place, file.id(), file.name()), origin.within(path.escaped())));
    }

    private byte[] path(byte[] prefix, long directory, GuestName name) throws Corrupt {
        ByteArrayOutputStream path = new ByteArrayOutputStream();
        path.writeBytes(paths.path(prefix, directory));
        path.write('/');
        path.writeBytes(name.bytes());
        return path.toByteArray();
    }

    private static String escaped(byte[] path) {
        return GuestName.of(path).escaped();
    }

    /** Nothing to do: the appliance goes with its {@link GuestfsVolumes}. */
    @Override
    public void close() {}
}
