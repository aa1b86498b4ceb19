package dev.stemma.ingest.reference.fuse;

import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unreadable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The files of a guest, mounted on a directory of this computer, read-only, for the user of this process alone. Set-id bits, devices and programs have no effect there; links
 * lead where this computer has what they name. It ends with {@link #close}, with {@code fusermount3 -u}, and with the process, however that ends. Safe for use by several threads.
 */
public final class FuseMount implements AutoCloseable {

    private static final int THREADS = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4);
    private static final int REQUEST_BYTES = 64 << 10;
    private static final int NO_ENTRY = 3;
    private static final int AT_ONCE = 10_000;

    private final Path directory;
    private final Fusermount.Mounted mounted;
    private final Answers answers;
    private final Nodes nodes = new Nodes();
    private final int[] wake = new int[2];
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<Problems> problems = new AtomicReference<>(new Problems(0, Optional.empty()));
    private boolean closing;
    private volatile boolean ended;

    /**
     * What could not be read.
     *
     * @param count how often that was
     */
    public record Problems(long count, Optional<ImageProblem> last) {}

    private FuseMount(GuestFiles files, Path directory, Fusermount.Mounted mounted) {
        this.directory = directory;
        this.mounted = mounted;
        this.answers = new Answers(new GuestTree(files), nodes, this::note);
    }

    /**
     * Mounts.
     *
     * @param files which can be read until this is closed
     * @param directory that exists
     * @param source that {@code mount} shows: letters, digits and {@code :._-}
     * @throws Unreadable {@code tool-missing} or {@code fuse-missing} where there is no FUSE, {@code mount-failed} where it cannot be mounted
     */
    public static FuseMount open(GuestFiles files, Path directory, String source) throws Unreadable, IOException {
        if (!source.matches("[A-Za-z0-9:._-]+")) {
            throw new IllegalArgumentException("no name for a mount: " + source);
        }
        Origin origin = Origin.of(source);
        String options = "ro,nosuid,nodev,noexec,auto_unmount,subtype=stemma,fsname=" + source;
        FuseMount mount = new FuseMount(files, directory, Fusermount.mount(directory, options, origin));
        if (Calls.doNotBlock(mount.mounted.device()) < 0 || Calls.pair(mount.wake) < 0) {
            Calls.close(mount.mounted.device());
            mount.mounted.end();
            throw new IOException("the device of the mount cannot be used");
        }
        for (int i = 0; i < THREADS; i++) {
            mount.threads.add(
                    Thread.ofPlatform().daemon().name("stemma-fuse-" + i).start(mount::serve));
        }
        mount.threads.add(
                Thread.ofPlatform().daemon().name("stemma-fuse-forget").start(mount::bound));
        return mount;
    }

    /**
     * Unmounts what processes have left that are gone, which {@code fusermount3} does itself if it was let live.
     *
     * @return where that was
     */
    public static List<Path> clean() throws IOException {
        List<Path> left = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/mounts"), StandardCharsets.ISO_8859_1)) {
            String[] fields = line.split(" ", 4);
            if (fields.length == 4 && fields[2].equals("fuse.stemma") && fields[1].indexOf('\\') < 0) {
                Path directory =
                        Path.of(new String(fields[1].getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
                if (!answers(directory)) {
                    Fusermount.unmount(directory);
                    left.add(directory);
                }
            }
        }
        return List.copyOf(left);
    }

    /** Whether somebody is there to answer; a look at what is mounted for others is refused, which is an answer. */
    private static boolean answers(Path directory) {
        try {
            Files.getLastModifiedTime(directory);
            return true;
        } catch (AccessDeniedException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public Path directory() {
        return directory;
    }

    /** Whether it is still mounted: somebody else may have ended it. */
    public boolean open() {
        return threads.getFirst().isAlive();
    }

    public Problems problems() {
        return problems.get();
    }

    private void note(ImageProblem problem) {
        problems.updateAndGet(so -> new Problems(so.count() + 1, Optional.of(problem)));
    }

    private void serve() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(REQUEST_BYTES, 8);
            Reply reply = new Reply(arena.allocate(Reply.HEADER_BYTES + Answers.MAX_READ_BYTES, 8));
            while (!ended) {
                int ready = Calls.await(mounted.device(), wake[0]);
                long length = Calls.read(mounted.device(), buffer);
                if (length == -Calls.ENODEV || ready < 0 && ready != -Calls.EINTR) {
                    return;
                }
                if (length >= Request.HEADER_BYTES) {
                    serve(new Request(buffer.asSlice(0, length)), reply);
                }
            }
        }
    }

    private void serve(Request request, Reply reply) {
        if (answers.note(request)) {
            return;
        }
        reply.begin();
        int error;
        try {
            error = answers.answer(request, reply);
        } catch (RuntimeException e) {
            note(new Unreadable("unreadable", Origin.of(directory.toString()), "reading broke: " + e, null, e));
            error = Answers.EIO;
        }
        // A request that was given up meanwhile has no use for its answer.
        Calls.write(
                mounted.device(), error == 0 ? reply.done(request.number()) : reply.failed(request.number(), error));
    }

    /** Asks the kernel to forget what it has known longest; in a thread of its own, for the kernel may wait for an answer before it does. */
    private void bound() {
        try (Arena arena = Arena.ofConfined()) {
            Reply notice = new Reply(arena.allocate(REQUEST_BYTES, 8));
            while (!ended) {
                if (nodes.size() > Nodes.ENOUGH) {
                    for (Nodes.Name name : nodes.oldest(AT_ONCE)) {
                        notice.begin();
                        notice.u64(name.directory()).u32(name.name().length()).u32(0);
                        notice.bytes(name.name().bytes()).zeros(1);
                        Calls.write(mounted.device(), notice.notice(NO_ENTRY));
                    }
                }
                Thread.sleep(1_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Unmounts. Whoever still reads there gets errors. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (closing) {
                return;
            }
            closing = true;
        }
        try {
            // The kernel may have something to ask before it lets go.
            Fusermount.unmount(directory);
        } finally {
            ended = true;
            Calls.close(wake[1]);
            threads.getLast().interrupt();
            boolean interrupted = joined();
            Calls.close(mounted.device());
            Calls.close(wake[0]);
            mounted.end();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits for all threads; whether it was interrupted meanwhile. */
    private boolean joined() {
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        return interrupted;
    }
}
