package dev.stemma.ingest.filesystem.ext;

import dev.stemma.graph.model.Attributes;
import dev.stemma.graph.model.FileSystem;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.bytes.ByteSource;
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
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Reads ext2, ext3 and ext4.
 *
 * <p>The tree cannot loop: a node's id holds, for a directory, also the directory that it was listed in, and listing it
 * requires that its own {@code ..} agrees. So each directory has one parent, and one way leads to it.
 *
 * <p>A name whose inode cannot be trusted is left out of its directory and becomes an observation; a directory whose own
 * blocks cannot be trusted is {@code Corrupt} as a whole.
 */
final class ExtReader implements FileSystemReader {

    static final String NAME = "ext/3";
    private static final int MAX_LINK_BYTES = 4_096;
    private static final int XATTR_COST_BYTES = 64;
    private static final long MAX_LISTED_XATTR_BYTES = 64L << 20;

    private final Superblock superblock;
    private final Pages pages;
    private final InodeTable inodes;
    private final Content content;
    private final Xattrs xattrs;
    private final Budget budget;
    private final Observed observed;
    private final Listings listings = new Listings();

    ExtReader(Superblock superblock, ByteSource source, Observed observed, Budget budget) {
        this.superblock = superblock;
        this.budget = budget;
        this.pages = new Pages(source, budget, superblock.facts().sizeBytes(), superblock.blockBytes());
        this.inodes = new InodeTable(superblock, new Groups(superblock, pages), pages);
        this.content = new Content(superblock, source, pages, budget);
        this.xattrs = new Xattrs(inodes, content, pages);
        this.observed = observed;
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
        Inode inode = inodes.inode(Inode.ROOT);
        if (inode.kind() != Inode.DIRECTORY) {
            throw new Corrupt("bad-value", inode.origin(), "the root is not a directory");
        }
        return node(GuestName.EMPTY, Inode.ROOT, inode, xattrs(inode));
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
        Inode inode = inodes.inode(number(directory.id()));
        if (inode.kind() != Inode.DIRECTORY) {
            throw new Corrupt("bad-value", inode.origin(), "is not a directory");
        }
        DirectoryEntries.Listing listing = DirectoryEntries.read(inode, pages, budget);
        long expected = parent(directory.id());
        if (listing.parent() != expected) {
            throw new Corrupt(
                    "loop",
                    inode.origin(),
                    "the directory is listed in inode " + expected + " but says that it lies in inode "
                            + listing.parent());
        }
        List<Node> nodes = nodes(listing.names(), inode);
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

    /** In the order of inodes, so that their table is read forward. */
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
                Inode inode = inodes.inode(name.inode());
                if (inode.kind() == Inode.DIRECTORY
                        && (name.inode() == Inode.ROOT
                                || name.inode() == directory.number()
                                || !children.add(name.inode()))) {
                    throw new Corrupt("loop", inode.origin(), "the directory lies in more than one place");
                }
                SortedMap<GuestName, GuestName> attributes = xattrs(inode);
                for (var attribute : attributes.entrySet()) {
                    xattrBytes += XATTR_COST_BYTES
                            + attribute.getKey().length()
                            + attribute.getValue().length();
                }
                nodes.add(node(name.name(), directory.number(), inode, attributes));
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

    private SortedMap<GuestName, GuestName> xattrs(Inode inode) throws ImageProblem {
        try {
            return xattrs.of(inode);
        } catch (Corrupt problem) {
            observed.partial(problem, "the extended attributes are left out");
            return java.util.Collections.emptySortedMap();
        }
    }

    private Node node(GuestName name, long parent, Inode inode, SortedMap<GuestName, GuestName> attributes)
            throws ImageProblem {
        long id = inode.kind() == Inode.DIRECTORY ? inode.number() | parent << 32 : inode.number();
        return new Node(
                name,
                id,
                new Attributes(
                        inode.mode() & 07777,
                        inode.uid(),
                        inode.gid(),
                        inode.times(),
                        inode.number(),
                        inode.links(),
                        attributes),
                payload(inode));
    }

    private Payload payload(Inode inode) throws ImageProblem {
        return switch (inode.kind()) {
            case Inode.REGULAR -> new Payload.File(inode.sizeBytes(), Optional.empty());
            case Inode.DIRECTORY -> new Payload.Directory();
            case Inode.LINK -> new Payload.Link(target(inode));
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

    private GuestName target(Inode inode) throws ImageProblem {
        boolean inMap = !inode.has(Inode.FLAG_EXTENTS)
                && !inode.has(Inode.FLAG_INLINE_DATA)
                && !inode.has(Inode.FLAG_ENCRYPTED)
                && inode.sizeBytes() < Inode.MAP_BYTES;
        byte[] target = inMap
                ? inode.map().copy(0, (int) inode.sizeBytes())
                : content.small(inode, Math.min(MAX_LINK_BYTES, superblock.blockBytes()));
        if (target.length == 0) {
            throw new Corrupt("bad-value", inode.origin(), "the link has no target");
        }
        return GuestName.of(target);
    }

    /** The old form of device numbers has 8 bits each, the new one 12 and 20; the old one is used when it is not 0. */
    private static Payload device(Inode inode, boolean block) throws Corrupt {
        int old = inode.map().u16(0);
        if (inode.map().s32(0) != 0) {
            return new Payload.Device(block, old >>> 8, old & 0xff);
        }
        int wide = inode.map().s32(4);
        return new Payload.Device(block, (wide & 0xfff00) >>> 8, (wide & 0xff) | (wide >>> 12 & 0xfff00));
    }

    @Override
    public void read(Node file, ContentSink sink) throws ImageProblem {
        Inode inode = inodes.inode(number(file.id()));
        if (inode.kind() != Inode.REGULAR) {
            throw new Corrupt("bad-value", inode.origin(), "is not a regular file");
        }
        content.stream(inode, sink);
    }

    @Override
    public void read(Node file, long offsetBytes, long lengthBytes, ContentSink sink) throws ImageProblem {
        Inode inode = inodes.inode(number(file.id()));
        if (inode.kind() == Inode.REGULAR && content.hasBlocks(inode)) {
            content.stretch(inode, offsetBytes, lengthBytes, sink);
        } else {
            FileSystemReader.super.read(file, offsetBytes, lengthBytes, sink);
        }
    }

    @Override
    public Optional<Places> places(Node file) throws ImageProblem {
        Inode inode = inodes.inode(number(file.id()));
        return inode.kind() == Inode.REGULAR ? content.places(inode) : Optional.empty();
    }

    @Override
    public long position(Node file) {
        try {
            return content.firstBlock(inodes.inode(number(file.id()))) * superblock.blockBytes();
        } catch (ImageProblem unreadable) {
            // Only an order of reading is lost; reading itself reports the problem.
            return 0;
        }
    }

    @Override
    public void close() {}

    private static long number(long id) {
        return id & 0xffff_ffffL;
    }

    private static long parent(long id) {
        return id >>> 32;
    }
}
