package dev.stemma.ingest;

import dev.stemma.graph.model.Attributes;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Observation.Severity;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.Node;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import dev.stemma.ingest.problem.Unreadable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The entries of one file system, the root first, each directory before what it holds, names bytewise. A directory that
 * cannot be listed becomes an observation and looks as if it held nothing. Holds the listings of the open path. Not
 * thread-safe.
 */
final class Walk {

    /** Names and values of one entry's extended attributes; Linux allows no more than 64 KiB for each. */
    private static final long MAX_XATTR_BYTES = 1 << 20;

    private static final int CHECK_EVERY = 1_024;
    private static final String APPLIANCE_FAILED = "appliance-failed";

    private final FileSystemReader reader;
    private final Budget budget;
    private final ObservationLog log;
    private final Deque<Open> open = new ArrayDeque<>();
    private boolean begun;
    private long seen;

    private record Open(GuestPath path, Iterator<Node> nodes) {}

    /** A name and what the reader says of it. */
    record Found(GuestPath path, Node node) {}

    Walk(FileSystemReader reader, Budget budget, ObservationLog log) {
        this.reader = reader;
        this.budget = budget;
        this.log = log;
    }

    /**
     * The next entry; empty after the last.
     *
     * @throws ImageProblem when the root cannot be read, or the run has to end
     */
    Optional<Found> next() throws ImageProblem {
        if (!begun) {
            begun = true;
            Node root = reader.root();
            return Optional.of(enter(GuestPath.ROOT, root, list(root)));
        }
        while (!open.isEmpty() && !open.getFirst().nodes.hasNext()) {
            open.pop();
        }
        if (open.isEmpty()) {
            return Optional.empty();
        }
        if (++seen % CHECK_EVERY == 0) {
            budget.check(reader.origin());
        }
        if (seen > Budget.MAX_ENTRIES) {
            throw new OverBudget("entry-limit", reader.origin(), "has more than " + Budget.MAX_ENTRIES + " entries");
        }
        Node node = open.getFirst().nodes.next();
        GuestPath path = open.getFirst().path.child(node.name());
        return Optional.of(
                node.payload() instanceof Payload.Directory
                        ? enter(path, node, listOrNothing(path, node))
                        : new Found(path, bounded(path, node)));
    }

    private Found enter(GuestPath path, Node directory, List<Node> nodes) {
        open.push(new Open(path, nodes.iterator()));
        return new Found(path, bounded(path, directory));
    }

    private List<Node> listOrNothing(GuestPath path, Node directory) throws ImageProblem {
        try {
            if (path.depth() >= Budget.MAX_DEPTH) {
                throw new OverBudget(
                        "depth-limit", reader.origin(), "lies more than " + Budget.MAX_DEPTH + " directories deep");
            }
            return list(directory);
        } catch (ImageProblem e) {
            requireGoingOn(e, budget, reader);
            log.add(e, Severity.PARTIAL, reader.name(), path.escaped() + ": ");
            return List.of();
        }
    }

    /** What no reader should hand out is checked all the same: everything above relies on it. */
    private List<Node> list(Node directory) throws ImageProblem {
        List<Node> nodes;
        try {
            nodes = new ArrayList<>(reader.list(directory));
        } catch (RuntimeException | StackOverflowError e) {
            throw new Corrupt("reader-failed", reader.origin(), "its bytes make no sense: " + e, null, e);
        }
        nodes.removeIf(node -> !proper(node.name()));
        nodes.sort(Comparator.comparing(Node::name));
        for (int i = nodes.size() - 1; i > 0; i--) {
            if (nodes.get(i).name().equals(nodes.get(i - 1).name())) {
                log.add(
                        new Corrupt(
                                "bad-value",
                                reader.origin(),
                                "the name " + nodes.get(i).name().escaped() + " stands twice in one directory"),
                        Severity.PARTIAL,
                        reader.name());
                nodes.remove(i);
            }
        }
        return nodes;
    }

    private boolean proper(GuestName name) {
        boolean proper = name.length() > 0 && !name.is(".") && !name.is("..");
        for (int i = 0; i < name.length() && proper; i++) {
            proper = name.at(i) != '/' && name.at(i) != 0;
        }
        if (!proper) {
            log.add(
                    new Corrupt("bad-value", reader.origin(), "the name " + name.escaped() + " cannot be one"),
                    Severity.PARTIAL,
                    reader.name());
        }
        return proper;
    }

    private Node bounded(GuestPath path, Node node) {
        Attributes attributes = node.attributes();
        long bytes = 0;
        for (Map.Entry<GuestName, GuestName> xattr : attributes.xattrs().entrySet()) {
            bytes += xattr.getKey().length() + xattr.getValue().length();
        }
        if (bytes <= MAX_XATTR_BYTES) {
            return node;
        }
        log.add(
                new OverBudget(
                        "size-limit", reader.origin(), "its extended attributes have " + bytes + " bytes; left out"),
                Severity.PARTIAL,
                reader.name(),
                path.escaped() + ": ");
        return new Node(node.name(), node.id(), attributes.withXattrs(Map.of()), node.payload());
    }

    /**
     * A problem with one entry costs that entry; one with the host or the run itself ends the run.
     *
     * @throws ImageProblem the problem, when it is of that sort
     */
    static void requireGoingOn(ImageProblem problem, Budget budget, Origin origin) throws ImageProblem {
        budget.check(origin);
        // An appliance says this also of a single file that Linux cannot read; when it is gone itself, reading its root
        // tells.
        if (problem instanceof Unreadable && !problem.code().equals(APPLIANCE_FAILED)) {
            throw problem;
        }
    }

    /** The same for an entry, whose reader must still be there. */
    static void requireGoingOn(ImageProblem problem, Budget budget, FileSystemReader reader) throws ImageProblem {
        requireGoingOn(problem, budget, reader.origin());
        if (problem.code().equals(APPLIANCE_FAILED)) {
            reader.root();
        }
    }
}
