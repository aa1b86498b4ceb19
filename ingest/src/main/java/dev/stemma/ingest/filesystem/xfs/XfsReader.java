package dev.stemma.ingest.filesystem.xfs;

import dev.stemma.graph.model.FileSystem;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.filesystem.ContentStream;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.Listings;
import dev.stemma.ingest.filesystem.Node;
import dev.stemma.ingest.filesystem.Observed;
import dev.stemma.ingest.filesystem.Places;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Reads XFS.
 *
 * <p>The tree cannot loop: a directory is listed only where its own {@code ..} says that it lies. So each directory has one parent,
 * and one way leads to it.
 *
 * <p>A name whose inode cannot be trusted is left out of its directory and becomes an observation; a directory whose own
 * blocks cannot be trusted is {@code Corrupt} as a whole.
 */
final class XfsReader implements FileSystemReader {

    private static final String NAME = "xfs/1";
    private static final int XATTR_COST_BYTES = 64;
    private static final long MAX_LISTED_XATTR_BYTES = 64L << 20;

    private final Superblock superblock;
    private final Blocks blocks;
    private final Content content;
    private final Attributes attributes;
    private final Budget budget;
    private final Observed observed;
    private final Listings listings = new Listings();

    XfsReader(Superblock superblock, ByteSource source, Budget budget) {
        this.superblock = superblock;
        this.budget = budget;
        this.blocks = new Blocks(superblock, source, budget);
        this.content = new Content(superblock, blocks, new ContentStream.Buffers(source, budget));
        this.attributes = new Attributes(blocks);
        this.observed = new Observed(NAME, superblock.origin().toString(), "xfs_repair");
    }

    @Override
    public FileSystem facts() {
        return superblock.facts();
    }

    @Override
    public Origin origin() {
        return superblock.origin();
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
    public Node root() throws ImageProblem {
        Inode inode = inode(superblock.root());
        if (inode.kind() != Inode.DIRECTORY) {
            throw new Corrupt("bad-value", inode.origin(), "the root is not a directory");
        }
        return node(GuestName.EMPTY, inode, attributes(inode));
    }

    @Override
    public boolean keepsListings() {
        return true;
    }

    @Override
    public List<Node> list(Node directory) throws ImageProblem {
        return listings.of(directory.id(), () -> read(directory));
    }

    private List<Node> read(Node directory) throws ImageProblem {
        Inode inode = inode(directory.id());
        if (inode.kind() != Inode.DIRECTORY) {
            throw new Corrupt("bad-value", inode.origin(), "is not a directory");
        }
        List<Node> nodes = nodes(DirectoryEntries.read(inode, blocks, budget), inode);
        nodes.sort(Comparator.comparing(Node::name));
        for (int i = 1; i < nodes.size(); i++) {
            if (nodes.get(i).name().equals(nodes.get(i - 1).name())) {
                throw new Corrupt(
                        "bad-value",
                        inode.origin(),
                        "has the name " + nodes.get(i).name() + " twice");
            }
        }
        return nodes;
    }

    /** In the order of inodes, so that they are read forward. */
    private List<Node> nodes(List<DirectoryEntries.Name> names, Inode directory) throws ImageProblem {
        List<DirectoryEntries.Name> ordered = new ArrayList<>(names);
        ordered.sort(Comparator.comparingLong(DirectoryEntries.Name::inode));
        List<Node> nodes = new ArrayList<>(ordered.size());
        Set<Long> children = new HashSet<>();
        long xattrBytes = 0;
        int done = 0;
        for (DirectoryEntries.Name name : ordered) {
            if (done++ % 1_000 == 0) {
                budget.check(directory.origin());
            }
            try {
                Inode inode = inode(name.inode());
                if (inode.kind() == Inode.DIRECTORY) {
                    requireOnePlace(inode, directory, children);
                }
                SortedMap<GuestName, GuestName> seen = attributes(inode);
                for (var attribute : seen.entrySet()) {
                    xattrBytes += XATTR_COST_BYTES
                            + attribute.getKey().length()
                            + attribute.getValue().length();
                }
                nodes.add(node(name.name(), inode, seen));
            } catch (OverBudget over) {
                throw over;
            } catch (ImageProblem problem) {
                observed.partial(
                        problem,
                        "the entry " + name.name() + " of directory inode " + directory.number() + " is left out");
            }
            if (xattrBytes > MAX_LISTED_XATTR_BYTES) {
                throw new OverBudget(
                        "size-limit",
                        directory.origin(),
                        "its entries have more than " + MAX_LISTED_XATTR_BYTES + " bytes of attributes");
            }
        }
        return nodes;
    }

    private void requireOnePlace(Inode child, Inode directory, Set<Long> children) throws ImageProblem {
        if (child.number() == superblock.root()
                || child.number() == directory.number()
                || !children.add(child.number())
                || DirectoryEntries.parent(child, blocks, budget) != directory.number()) {
            throw new Corrupt(
                    "loop",
                    child.origin(),
                    "the directory lies in more than one place, or says that it lies elsewhere");
        }
    }

    private Inode inode(long number) throws ImageProblem {
        return Inode.read(number, superblock, blocks);
    }

    private SortedMap<GuestName, GuestName> attributes(Inode inode) throws ImageProblem {
        try {
            return attributes.of(inode);
        } catch (Corrupt problem) {
            observed.partial(problem, "the extended attributes are left out");
            return Collections.emptySortedMap();
        }
    }

    private Node node(GuestName name, Inode inode, SortedMap<GuestName, GuestName> seen) throws ImageProblem {
        return new Node(
                name,
                inode.number(),
                new dev.stemma.graph.model.Attributes(
                        inode.mode() & 07777,
                        inode.uid(),
                        inode.gid(),
                        inode.times(),
                        inode.number(),
                        inode.links(),
                        seen),
                payload(inode));
    }

    private Payload payload(Inode inode) throws ImageProblem {
        return switch (inode.kind()) {
            case Inode.REGULAR -> new Payload.File(inode.sizeBytes(), Optional.empty());
            case Inode.DIRECTORY -> new Payload.Directory();
            case Inode.LINK -> new Payload.Link(GuestName.of(content.target(inode)));
            case Inode.CHARACTER -> device(inode, false);
            case Inode.BLOCK -> device(inode, true);
            case Inode.FIFO -> new Payload.Pipe();
            case Inode.SOCKET -> new Payload.Socket();
            default ->
                throw new Corrupt(
                        "bad-value",
                        inode.origin(),
                        "is of no known kind: mode " + Integer.toOctalString(inode.mode()));
        };
    }

    /** Device numbers in the form of System V: 14 and 18 bits. */
    private static Payload device(Inode inode, boolean block) throws Corrupt {
        Fork fork = inode.data();
        if (fork.format() != Fork.Format.DEVICE) {
            throw new Corrupt("bad-value", inode.origin(), "is a device without a number");
        }
        int numbers = (int) fork.area().u32(0);
        return new Payload.Device(block, numbers >>> 18 & 0x3fff, numbers & 0x3ffff);
    }

    @Override
    public void read(Node file, ContentSink sink) throws ImageProblem {
        Inode inode = inode(file.id());
        if (inode.kind() != Inode.REGULAR) {
            throw new Corrupt("bad-value", inode.origin(), "is not a regular file");
        }
        content.stream(inode, sink);
    }

    @Override
    public void read(Node file, long offsetBytes, long lengthBytes, ContentSink sink) throws ImageProblem {
        Inode inode = inode(file.id());
        if (inode.kind() != Inode.REGULAR) {
            throw new Corrupt("bad-value", inode.origin(), "is not a regular file");
        }
        content.stretch(inode, offsetBytes, lengthBytes, sink);
    }

    @Override
    public Optional<Places> places(Node file) throws ImageProblem {
        Inode inode = inode(file.id());
        return inode.kind() == Inode.REGULAR ? content.places(inode) : Optional.empty();
    }

    @Override
    public long position(Node file) {
        try {
            return content.position(inode(file.id()));
        } catch (ImageProblem unreadable) {
            // Only an order of reading is lost; reading itself reports the problem.
            return 0;
        }
    }

    @Override
    public void close() {}
}
