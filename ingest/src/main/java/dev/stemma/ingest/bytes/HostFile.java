package dev.stemma.ingest.bytes;

import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unreadable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A regular file of the host, pinned: first found without opening it (so that a pipe or device on the way has no effect),
 * then asked where it really lies, and only then opened for reading through the pin. Whoever swaps a directory or a link
 * between the look and the read changes nothing: every later step goes by the descriptor.
 *
 * <p>Safe for use by several threads. Whoever opened it closes it.
 */
public final class HostFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HostFile.class);
    private static final int TYPE_MASK = 0xf000;
    private static final int REGULAR = 0x8000;
    private static final int DIRECTORY = 0x4000;

    /** The byte that a QEMU process locks while it may write the image (RAW_LOCK_PERM_BASE + bit 1, block/file-posix.c). */
    private static final long QEMU_WRITES = 101;

    /** The same for resizing it. */
    private static final long QEMU_RESIZES = 103;

    /** The byte that a QEMU process locks while nobody else may write the image (RAW_LOCK_SHARED_BASE + bit 1). */
    private static final long QEMU_FORBIDS_WRITING = 201;

    private static final Duration TICK = Duration.ofSeconds(2);

    private final Instant openedAt;
    private final Origin origin;
    private final Path realPath;
    private final Stat stat;
    private final int descriptor;
    private final FileChannel channel;
    private final AtomicBoolean closed = new AtomicBoolean();

    private HostFile(Instant openedAt, Origin origin, Path realPath, Stat stat, int descriptor, FileChannel channel) {
        this.openedAt = openedAt;
        this.origin = origin;
        this.realPath = realPath;
        this.stat = stat;
        this.descriptor = descriptor;
        this.channel = channel;
    }

    /** Says whether a file may be read, once it is known where it really lies. */
    @FunctionalInterface
    public interface Permit {
        /** @throws dev.stemma.ingest.problem.NotAllowed when it may not */
        void check(Path realPath) throws ImageProblem;
    }

    /**
     * @param path absolute or relative to the working directory; links are followed
     * @param permit asked with the real path before anything is opened
     * @throws Unreadable {@code not-found}, {@code is-a-directory}, {@code not-a-file}, {@code unreadable}
     */
    public static HostFile open(Path path, Origin origin, Permit permit) throws ImageProblem {
        int pin = Posix.open(path.toString(), Posix.O_PATH | Posix.O_CLOEXEC);
        if (pin < 0) {
            throw failed(-pin, path, origin);
        }
        try {
            Path realPath = realPath(pin, path, origin);
            permit.check(realPath);
            Instant openedAt = Instant.now();
            Stat stat = Stat.of(pin, origin);
            switch (stat.mode() & TYPE_MASK) {
                case REGULAR -> {}
                case DIRECTORY ->
                    throw new Unreadable(
                            "is-a-directory",
                            origin,
                            path + " is a directory",
                            "Name the image files in it, for instance by " + path + "/*");
                default ->
                    throw new Unreadable(
                            "not-a-file", origin, path + " is not a regular file", "Copy the device to a file first.");
            }
            int descriptor = Posix.open("/proc/self/fd/" + pin, Posix.O_RDONLY | Posix.O_CLOEXEC | Posix.O_NONBLOCK);
            if (descriptor < 0) {
                throw failed(-descriptor, path, origin);
            }
            return new HostFile(openedAt, origin, realPath, stat, descriptor, channel(descriptor, path, origin));
        } finally {
            Posix.close(pin);
        }
    }

    private static FileChannel channel(int descriptor, Path path, Origin origin) throws Unreadable {
        try {
            return FileChannel.open(Path.of("/proc/self/fd/" + descriptor), StandardOpenOption.READ);
        } catch (IOException e) {
            Posix.close(descriptor);
            throw new Unreadable("unreadable", origin, "cannot open " + path, null, e);
        }
    }

    private static Path realPath(int pin, Path path, Origin origin) throws Unreadable {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + pin));
        } catch (IOException e) {
            throw new Unreadable("unreadable", origin, "cannot tell where " + path + " really lies", null, e);
        }
    }

    private static Unreadable failed(int errno, Path path, Origin origin) {
        return switch (errno) {
            case Posix.ENOENT, Posix.ENOTDIR, Posix.ELOOP, Posix.ENAMETOOLONG ->
                new Unreadable("not-found", origin, path + " does not exist", "Check the path.");
            case Posix.EACCES ->
                new Unreadable(
                        "unreadable",
                        origin,
                        "no permission to read " + path,
                        "Let the user that runs the service read it.");
            default -> new Unreadable("unreadable", origin, "cannot open " + path + " (error " + errno + ")");
        };
    }

    /** Where it really lies, without links. */
    public Path realPath() {
        return realPath;
    }

    /** Where it came from, for messages. */
    public Origin origin() {
        return origin;
    }

    /** Length in bytes when it was opened. */
    public long sizeBytes() {
        return stat.sizeBytes();
    }

    /** Bytes that the host stores of it when it was opened. */
    public long allocatedBytes() {
        return stat.allocatedBytes();
    }

    /** When its content last changed, as of opening. */
    public Instant modifiedAt() {
        return stat.modifiedAt();
    }

    /** Device and inode: two host files with the same key are one file. */
    public String key() {
        return stat.key();
    }

    /** The path by which this process, or one that may look into it, opens the pinned file again. */
    public Path pinnedPath() {
        return Path.of("/proc/" + ProcessHandle.current().pid() + "/fd/" + descriptor);
    }

    /**
     * What the host says of it now, by which it can be told later whether it was touched. Linux sets the time of the last change
     * itself, to its clock: unlike the time of modification it cannot be set back by touch(1) or a copy.
     */
    public Stamp stamp() throws Unreadable {
        return Stat.of(descriptor, origin).stamp();
    }

    /**
     * Whether its last change was old enough when it was opened, so that any later one gets another time: the clocks of file
     * systems tick in 10 ms, those of old ones in up to 2 s.
     */
    public boolean settled() {
        return !stat.changedAt().isAfter(openedAt.minus(TICK));
    }

    /** The same as of opening. */
    public Stamp openedStamp() {
        return stat.stamp();
    }

    /**
     * A file of the host at one moment.
     *
     * @param key device and inode
     * @param sizeBytes its length
     * @param modifiedAt when its content last changed, as far as that was not set by hand
     * @param changedAt when its content or its attributes last changed
     */
    public record Stamp(String key, long sizeBytes, Instant modifiedAt, Instant changedAt) {}

    /** Whether length or modification time differ from when it was opened: then what was read may be a mixture. */
    public boolean changed() throws Unreadable {
        return !Stat.of(descriptor, origin).sameContent(stat);
    }

    /**
     * Takes part in QEMU's own locking of images, as a reader that can not bear a writer. Held until {@link #close}.
     *
     * @throws Unreadable {@code in-use} when a running machine, or another tool, may write the image
     */
    public void lockForReading() throws Unreadable {
        boolean held = Posix.lockShared(descriptor, QEMU_FORBIDS_WRITING);
        if (!held || Posix.lockedByOther(descriptor, QEMU_WRITES) || Posix.lockedByOther(descriptor, QEMU_RESIZES)) {
            throw new Unreadable(
                    "in-use",
                    origin,
                    realPath + " is open for writing, by a running machine or another tool",
                    "Stop the machine (or suspend it and copy the image), then index again.");
        }
    }

    /** Its descriptor in this process, whose position whoever synchronizes on the file may move. */
    int descriptor() {
        return descriptor;
    }

    /** To read it by position. */
    FileChannel channel() {
        return channel;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.debug("closing {} failed; nothing was written to it", realPath, e);
            } finally {
                Posix.close(descriptor);
            }
        }
    }

    /** The fields of {@code struct statx} that we use; include/uapi/linux/stat.h. */
    private record Stat(
            int mode, long sizeBytes, long allocatedBytes, Instant modifiedAt, Instant changedAt, String key) {

        /**
         * Attributes may change while it is read, and so may what the host stores: of a file written just before it finds room
         * when it gets round to it, and then for the lists of extents too.
         */
        boolean sameContent(Stat other) {
            return mode == other.mode
                    && sizeBytes == other.sizeBytes
                    && modifiedAt.equals(other.modifiedAt)
                    && key.equals(other.key);
        }

        Stamp stamp() {
            return new Stamp(key, sizeBytes, modifiedAt, changedAt);
        }

        static Stat of(int fd, Origin origin) throws Unreadable {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment raw = arena.allocate(Posix.STATX_BYTES, 8);
                int result = Posix.statx(fd, raw);
                if (result < 0) {
                    throw new Unreadable("unreadable", origin, "the host gives no facts (error " + -result + ")");
                }
                return new Stat(
                        raw.get(ValueLayout.JAVA_SHORT, 28) & 0xffff,
                        raw.get(ValueLayout.JAVA_LONG, 40),
                        raw.get(ValueLayout.JAVA_LONG, 48) * 512,
                        Instant.ofEpochSecond(raw.get(ValueLayout.JAVA_LONG, 112), raw.get(ValueLayout.JAVA_INT, 120)),
                        Instant.ofEpochSecond(raw.get(ValueLayout.JAVA_LONG, 96), raw.get(ValueLayout.JAVA_INT, 104)),
                        raw.get(ValueLayout.JAVA_INT, 136) + ":" + raw.get(ValueLayout.JAVA_INT, 140) + ":"
                                + raw.get(ValueLayout.JAVA_LONG, 32));
            }
        }
    }
}
