package dev.stemma.ingest.reference.fuse;

import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.analyze.GuestFiles.Found;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Unsupported;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Answers requests, as {@code include/uapi/linux/fuse.h} has them (version 7.31), each with an error number of Linux or 0. Nothing ever changes, so the kernel may keep all
 * that it is told. Safe for use by several threads, each with a reply of its own.
 */
final class Answers {

    /** The most that is read at once. */
    static final int MAX_READ_BYTES = 1 << 20;

    private static final int OK = 0;
    private static final int ENOENT = 2;
    static final int EIO = 5;
    private static final int EBADF = 9;
    private static final int EINVAL = 22;
    private static final int ENFILE = 23;
    private static final int EROFS = 30;
    private static final int ERANGE = 34;
    private static final int ENOSYS = 38;
    private static final int ENODATA = 61;
    private static final int EPROTO = 71;
    private static final int EOPNOTSUPP = 95;

    private static final int O_ACCMODE = 3;
    private static final int MINOR = 31;
    private static final int OLDEST_MINOR = 23;
    private static final int PAGE_BYTES = 4_096;
    private static final int MAX_NAME_BYTES = 1_024;
    private static final int ENTRY_BYTES = 128;
    private static final int DIRECTORY_ENTRY_BYTES = 24;
    private static final long KEPT_SECONDS = 86_400;

    /** Parallel reads and look-ups; attributes with directories, when they are asked for; links kept; reads of more than 128 KiB. */
    private static final int WANTED = 1 | 1 << 13 | 1 << 14 | 1 << 18 | 1 << 22 | 1 << 23;

    private static final int KEEP_CACHE = 1 << 1;
    private static final int CACHE_DIRECTORY = 1 << 3;

    private final GuestTree tree;
    private final Nodes nodes;
    private final Consumer<ImageProblem> problems;
    private final Opened<Found> files = new Opened<>();
    private final Opened<Listing> directories = new Opened<>();

    /** A directory, as it was when it was opened. */
    private record Listing(Found directory, List<Found> entries) {}

    Answers(GuestTree tree, Nodes nodes, Consumer<ImageProblem> problems) {
        this.tree = tree;
        this.nodes = nodes;
        this.problems = problems;
    }

    /** Puts an answer together; the result is an error number, or 0. */
    int answer(Request request, Reply reply) {
        try {
            return switch (request.operation()) {
                case 1 -> lookUp(request, reply);
                case 3 -> attributes(request, reply);
                case 5 -> readLink(request, reply);
                case 14 -> open(request, reply);
                case 15 -> read(request, reply);
                case 17 -> statistics(reply);
                case 18 -> close(files, request);
                case 22 -> attribute(request, reply);
                case 23 -> attributeNames(request, reply);
                case 26 -> begin(request, reply);
                case 27 -> openDirectory(request, reply);
                case 28 -> list(request, reply, false);
                case 29 -> close(directories, request);
                case 44 -> list(request, reply, true);
                case 4, 6, 8, 9, 10, 11, 12, 13, 16, 21, 24, 35 -> EROFS;
                default -> ENOSYS;
            };
        } catch (Unsupported e) {
            problems.accept(e);
            return EOPNOTSUPP;
        } catch (ImageProblem e) {
            problems.accept(e);
            return EIO;
        }
    }

    /** Takes note of what needs no answer; false for anything else. */
    boolean note(Request request) {
        switch (request.operation()) {
            case 2 -> nodes.forget(request.node(), request.u64(0));
            case 42 -> {
                int most = (int) ((request.bytes().byteSize() - Request.HEADER_BYTES - 8) / 16);
                for (int i = 0; i < Math.min(request.u32(0), most); i++) {
                    nodes.forget(request.u64(8 + i * 16), request.u64(16 + i * 16));
                }
            }
            case 36 -> {
                // No answer takes long enough to be interrupted.
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static int begin(Request request, Reply reply) {
        if (request.u32(0) != 7 || request.u32(4) < OLDEST_MINOR) {
            return EPROTO;
        }
        reply.u32(7).u32(MINOR).u32(request.u32(8)).u32(request.u32(12) & WANTED);
        reply.u16(16)
                .u16(12)
                .u32(PAGE_BYTES)
                .u32(1)
                .u16(MAX_READ_BYTES / PAGE_BYTES)
                .u16(0)
                .zeros(32);
        return OK;
    }

    private Optional<Found> found(long node) throws ImageProblem {
        Optional<GuestPath> path = nodes.path(node);
        return path.isEmpty() ? Optional.empty() : tree.find(path.get());
    }

    private int lookUp(Request request, Reply reply) throws ImageProblem {
        Optional<GuestPath> directory = nodes.path(request.node());
        GuestName name = request.name(0);
        if (directory.isEmpty()) {
            return ENOENT;
        }
        Optional<Found> found = tree.find(directory.get().child(name));
        if (found.isEmpty()) {
            // That there is no such name is worth keeping too.
            reply.u64(0).u64(0).u64(KEPT_SECONDS).zeros(ENTRY_BYTES - 24);
            return OK;
        }
        entry(request.node(), found.get(), reply);
        return OK;
    }

    /** {@code struct fuse_entry_out}. */
    private void entry(long directory, Found found, Reply reply) {
        boolean leaf = !(found.node().payload() instanceof Payload.Directory);
        long node = nodes.remember(directory, found.path().name(), leaf);
        reply.u64(node).u64(0).u64(KEPT_SECONDS).u64(KEPT_SECONDS).u32(0).u32(0);
        tree.attributes(found, reply);
    }

    private int attributes(Request request, Reply reply) throws ImageProblem {
        Optional<Found> found = found(request.node());
        reply.u64(KEPT_SECONDS).u32(0).u32(0);
        found.ifPresent(one -> tree.attributes(one, reply));
        return found.isPresent() ? OK : ENOENT;
    }

    private int readLink(Request request, Reply reply) throws ImageProblem {
        Optional<Found> found = found(request.node());
        if (found.isEmpty() || !(found.get().node().payload() instanceof Payload.Link link)) {
            return found.isEmpty() ? ENOENT : EINVAL;
        }
        byte[] target = link.target().bytes();
        if (target.length == 0 || target.length >= PAGE_BYTES) {
            return EIO;
        }
        reply.bytes(target);
        return OK;
    }

    private int open(Request request, Reply reply) throws ImageProblem {
        if ((request.u32(0) & O_ACCMODE) != 0) {
            return EROFS;
        }
        Optional<Found> found = found(request.node());
        return found.isEmpty() ? ENOENT : opened(files.add(found.get()), KEEP_CACHE, reply);
    }

    private static int opened(Optional<Long> handle, int flags, Reply reply) {
        reply.u64(handle.orElse(0L)).u32(flags).u32(0);
        return handle.isPresent() ? OK : ENFILE;
    }

    private static int close(Opened<?> opened, Request request) {
        opened.close(request.u64(0));
        return OK;
    }

    private int read(Request request, Reply reply) throws ImageProblem {
        Optional<Found> file = files.find(request.u64(0));
        int length = request.u32(16);
        if (file.isEmpty() || length < 0 || length > MAX_READ_BYTES) {
            return file.isEmpty() ? EBADF : EINVAL;
        }
        int read = GuestTree.read(file.get(), request.u64(8), reply.room(length));
        reply.cut(read);
        return OK;
    }

    private int openDirectory(Request request, Reply reply) throws ImageProblem {
        Optional<Found> found = found(request.node());
        if (found.isEmpty()) {
            return ENOENT;
        }
        Listing listing = new Listing(found.get(), tree.list(found.get().path()));
        return opened(directories.add(listing), KEEP_CACHE | CACHE_DIRECTORY, reply);
    }

    /** Entries from a place on, as many as are wanted at once; {@code .} and {@code ..} are the first two. */
    private int list(Request request, Reply reply, boolean withAttributes) {
        Optional<Listing> listing = directories.find(request.u64(0));
        if (listing.isEmpty()) {
            return EBADF;
        }
        List<Found> entries = listing.get().entries();
        int most = Math.min(request.u32(16), MAX_READ_BYTES);
        for (long at = request.u64(8); at >= 0 && at < entries.size() + 2; at++) {
            Found found = at < 2 ? listing.get().directory() : entries.get((int) at - 2);
            byte[] name = at == 0
                    ? new byte[] {'.'}
                    : at == 1 ? new byte[] {'.', '.'} : found.path().name().bytes();
            if (!possible(found, name, at)) {
                continue;
            }
            int before = reply.size();
            int size = (withAttributes ? ENTRY_BYTES : 0) + DIRECTORY_ENTRY_BYTES + name.length + 7 & ~7;
            if (before + size > most) {
                return OK;
            }
            if (withAttributes && at < 2) {
                reply.zeros(ENTRY_BYTES);
            } else if (withAttributes) {
                entry(request.node(), found, reply);
            }
            reply.u64(tree.inode(found))
                    .u64(at + 1)
                    .u32(name.length)
                    .u32(GuestTree.type(found.node().payload()));
            reply.bytes(name).align();
        }
        return OK;
    }

    /** Whether a name can be one for the kernel, which takes all that comes with another for broken. */
    private static boolean possible(Found found, byte[] name, long at) {
        return at < 2
                || name.length > 0
                        && name.length <= MAX_NAME_BYTES
                        && !found.path().name().is(".")
                        && !found.path().name().is("..");
    }

    private int attribute(Request request, Reply reply) throws ImageProblem {
        Optional<Found> found = found(request.node());
        if (found.isEmpty()) {
            return ENOENT;
        }
        GuestName value = found.get().node().attributes().xattrs().get(request.name(8));
        return value == null ? ENODATA : sized(request.u32(0), value.bytes(), reply);
    }

    private int attributeNames(Request request, Reply reply) throws ImageProblem {
        Optional<Found> found = found(request.node());
        if (found.isEmpty()) {
            return ENOENT;
        }
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        for (GuestName name : found.get().node().attributes().xattrs().keySet()) {
            names.writeBytes(name.bytes());
            names.write(0);
        }
        return sized(request.u32(0), names.toByteArray(), reply);
    }

    /** The bytes, or with a room of 0 how many there are. */
    private static int sized(int roomBytes, byte[] bytes, Reply reply) {
        if (roomBytes == 0) {
            reply.u32(bytes.length).u32(0);
            return OK;
        }
        if (bytes.length > roomBytes) {
            return ERANGE;
        }
        reply.bytes(bytes);
        return OK;
    }

    private int statistics(Reply reply) {
        tree.statistics(reply);
        return OK;
    }
}
