package dev.stemma.ingest.filesystem.fat;

import dev.stemma.graph.model.Attributes;
import dev.stemma.graph.model.FileSystem;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.Payload;
import dev.stemma.graph.model.Times;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.filesystem.ContentStream;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.Node;
import dev.stemma.ingest.filesystem.Observed;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads FAT12, FAT16 and FAT32.
 *
 * <p>The tree cannot loop: a directory's id holds its first cluster and that of the directory it was listed in, and listing
 * it requires that its own {@code ..} agrees. So each directory has one parent, and one way leads to it.
 */
final class FatReader implements FileSystemReader {

    private static final String NAME = "fat/1";
    private static final long ROOT_ID = -1;
    private static final int ROOT_INODE = 1;

    private final BootSector volume;
    private final AllocationTable table;
    private final ByteSource source;
    private final Budget budget;
    private final ContentStream.Buffers streams;
    private final Observed observed;
    private final FileSystem facts;

    private FatReader(
            BootSector volume,
            AllocationTable table,
            ByteSource source,
            Budget budget,
            Observed observed,
            FileSystem facts) {
        this.volume = volume;
        this.table = table;
        this.source = source;
        this.budget = budget;
        this.streams = new ContentStream.Buffers(source, budget);
        this.observed = observed;
        this.facts = facts;
    }

    static FatReader open(BootSector volume, ByteSource source, Budget budget) throws ImageProblem {
        Origin origin = source.origin();
        AllocationTable table = new AllocationTable(volume, source, budget);
        Observed observed = new Observed(NAME, origin.toString(), "fsck.fat");
        if (volume.dirty() || table.dirty(origin)) {
            Corrupt problem = new Corrupt(
                    "not-unmounted",
                    origin,
                    "it is marked as not unmounted, and FAT keeps no journal",
                    "Shut the machine down and index the image again.");
            observed.partial(problem, "what was being written may be missing");
        }
        Optional<String> label = Directory.root(volume, table, source, origin)
                .label()
                .or(() -> Optional.of(new String(volume.label(), StandardCharsets.US_ASCII).strip()))
                .filter(text -> !text.isEmpty() && !text.equals("NO NAME"));
        long used = table.usedBytes(origin);
        FileSystem facts = new FileSystem(
                "vfat",
                Optional.of(volume.uuid()),
                label.map(text -> GuestName.ofText(text).escaped()),
                Optional.empty(),
                volume.sizeBytes(),
                used < 0 ? Optional.empty() : Optional.of(used),
                "java");
        return new FatReader(volume, table, source, budget, observed, facts);
    }

    @Override
    public FileSystem facts() {
        return facts;
    }

    @Override
    public Origin origin() {
        return source.origin();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Observation> observations() {
        return observed.all();
    }

    @Override
    public Node root() {
        Attributes attributes = Attributes.of(0755, 0, 0, Times.modifiedAt(Instant.EPOCH), ROOT_INODE, 2);
        return new Node(GuestName.EMPTY, ROOT_ID, attributes, new Payload.Directory());
    }

    @Override
    public List<Node> list(Node directory) throws ImageProblem {
        budget.check(origin());
        if (!(directory.payload() instanceof Payload.Directory)) {
            throw new Corrupt("bad-value", origin(), "a file is no directory");
        }
        TreeMap<GuestName, Node> nodes = new TreeMap<>();
        Origin here = origin(directory);
        for (Directory.Name name : read(directory, here).names()) {
            try {
                Node node = node(name, directory, here);
                if (nodes.putIfAbsent(node.name(), node) != null) {
                    throw new Corrupt("bad-value", here, "the name comes twice");
                }
            } catch (Corrupt problem) {
                observed.partial(problem, "the entry " + GuestName.ofText(name.text()) + " is left out");
            }
        }
        return List.copyOf(nodes.values());
    }

    private Directory read(Node directory, Origin here) throws ImageProblem {
        if (directory.id() == ROOT_ID) {
            return Directory.root(volume, table, source, here);
        }
        Directory listing = Directory.chain(cluster(directory.id()), volume, table, source, here);
        long expected = parent(directory.id());
        if (listing.parent().isEmpty() || listing.parent().getAsLong() != expected) {
            throw new Corrupt(
                    "loop",
                    here,
                    "the directory is listed in cluster " + expected + " but says that it lies in "
                            + (listing.parent().isEmpty()
                                    ? "none"
                                    : "cluster " + listing.parent().getAsLong()));
        }
        return listing;
    }

    private Node node(Directory.Name name, Node parent, Origin here) throws Corrupt {
        Slot slot = name.slot();
        if (name.text().isEmpty()
                || name.text().indexOf('/') >= 0
                || name.text().indexOf(0) >= 0) {
            throw new Corrupt("bad-value", here, "a name must not be empty or have a slash");
        }
        long cluster = slot.cluster(volume.bits());
        boolean directory = slot.directory();
        // ".." of a directory in the root says 0, whatever cluster the root has.
        long id = directory ? cluster | (parent.id() == ROOT_ID ? 0 : cluster(parent.id())) << 32 : cluster;
        return new Node(
                GuestName.ofText(name.text()),
                id,
                Attributes.of(
                        slot.readOnly() && !directory ? 0555 : 0755,
                        0,
                        0,
                        slot.times(),
                        ROOT_INODE + slot.place(),
                        directory ? 2 : 1),
                directory ? new Payload.Directory() : new Payload.File(slot.sizeBytes(), Optional.empty()));
    }

    @Override
    public void read(Node file, ContentSink sink) throws ImageProblem {
        if (!(file.payload() instanceof Payload.File(long sizeBytes, var _))) {
            throw new Corrupt("bad-value", origin(), "a directory is no file");
        }
        if (sizeBytes == 0) {
            return;
        }
        stream(file, 0, sizeBytes, sink);
    }

    @Override
    public void read(Node file, long offsetBytes, long lengthBytes, ContentSink sink) throws ImageProblem {
        if (!(file.payload() instanceof Payload.File(long sizeBytes, var _))) {
            throw new Corrupt("bad-value", origin(), "a directory is no file");
        }
        long start = Math.min(offsetBytes, sizeBytes);
        long length = Math.min(lengthBytes, sizeBytes - start);
        if (length > 0) {
            stream(file, start, start + length, sink);
        }
    }

    private void stream(Node file, long startBytes, long endBytes, ContentSink sink) throws ImageProblem {
        Origin here = origin(file);
        long[] at = {0};
        try (ContentStream stream = streams.open(here, startBytes, endBytes, sink)) {
            table.walk(file.id(), here, (first, count) -> {
                long lengthBytes = (long) count * volume.clusterBytes();
                stream.run(at[0], volume.at(first), lengthBytes);
                at[0] += lengthBytes;
                return at[0] < endBytes;
            });
            if (at[0] < endBytes) {
                throw new Corrupt("truncated", here, "its chain ends at byte " + at[0] + " of " + endBytes);
            }
            stream.finish();
        }
    }

    @Override
    public long position(Node file) {
        return volume.has(file.id()) ? volume.at((int) file.id()) : 0;
    }

    @Override
    public void close() {}

    private Origin origin(Node node) {
        return node.id() == ROOT_ID ? origin() : origin().within("cluster " + cluster(node.id()));
    }

    private static long cluster(long id) {
        return id & 0xffff_ffffL;
    }

    private static long parent(long id) {
        return id >>> 32;
    }
}
