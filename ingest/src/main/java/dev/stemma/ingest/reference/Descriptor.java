package dev.stemma.ingest.reference;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * An open file of the host that can share stretches with another one (ioctl_ficlonerange(2)), which Java does not offer. Linux only; constants are
 * those of the generic ABI (x86-64, arm64, riscv64). Closed by who opened it; until then for any thread.
 */
@SuppressWarnings("restricted")
final class Descriptor implements AutoCloseable {

    /** As a length: all that follows in the source. */
    static final long TO_THE_END = 0;

    private static final int O_RDONLY = 0;
    private static final int O_RDWR = 2;
    private static final int O_CREAT = 0x40;
    private static final int O_EXCL = 0x80;
    private static final int O_CLOEXEC = 0x80000;
    private static final int MODE = 0666;

    /** Of sync_file_range(2): begin to write, and wait for nothing. */
    private static final int SYNC_FILE_RANGE_WRITE = 2;

    private static final int ENOENT = 2;
    private static final int EIO = 5;
    private static final int EACCES = 13;
    private static final int EEXIST = 17;
    private static final int EINVAL = 22;
    private static final int ETXTBSY = 26;
    private static final int ENOSPC = 28;
    private static final int EROFS = 30;
    private static final int ENAMETOOLONG = 36;
    private static final int EDQUOT = 122;

    /** {@code _IOW(0x94, 13, struct file_clone_range)}, include/uapi/linux/fs.h. */
    private static final long FICLONERANGE = 0x4020940dL;

    /** {@code struct file_clone_range}: descriptor, offset, length, offset in the target, 64 bits each. */
    private static final int RANGE_BYTES = 32;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final VarHandle ERRNO_FIELD =
            Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle OPEN = handle(
            "open",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
            ERRNO,
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle IOCTL = handle(
            "ioctl",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
            ERRNO,
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle SYNC = handle(
            "sync_file_range",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT));
    private static final MethodHandle CLOSE =
            handle("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private final int number;
    private boolean closed;

    private Descriptor(int number) {
        this.number = number;
    }

    private static MethodHandle handle(String name, FunctionDescriptor type, Linker.Option... options) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, options);
    }

    /** Opens a file for reading. */
    static Descriptor reading(Path path) throws IOException {
        return open(path, O_RDONLY | O_CLOEXEC);
    }

    /**
     * Makes a file, for reading and writing.
     *
     * @throws FileAlreadyExistsException when there is one, or anything else of that name
     */
    static Descriptor create(Path path) throws IOException {
        return open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC);
    }

    private static Descriptor open(Path path, int flags) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            int number = (int) OPEN.invokeExact(state, arena.allocateFrom(path.toString()), flags, MODE);
            if (number < 0) {
                throw failure(path, errno(state));
            }
            return new Descriptor(number);
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw unexpected("open", e);
        }
    }

    private static IOException failure(Path path, int errno) {
        return switch (errno) {
            case EEXIST -> new FileAlreadyExistsException(path.toString());
            case ENOENT -> new NoSuchFileException(path.toString());
            default -> new FileSystemException(path.toString(), null, "cannot be opened: " + words(errno));
        };
    }

    /** As the C library has them, which is how Java words the same. */
    private static String words(int errno) {
        return switch (errno) {
            case EIO -> "Input/output error";
            case EACCES -> "Permission denied";
            case ENOSPC -> "No space left on device";
            case EROFS -> "Read-only file system";
            case ENAMETOOLONG -> "File name too long";
            case EDQUOT -> "Disk quota exceeded";
            default -> "error " + errno;
        };
    }

    /** The path by which this process opens the same file again, whatever its name means by then. */
    Path path() {
        return Path.of("/proc/self/fd/" + number);
    }

    /** What became of an attempt to share. */
    enum Shared {
        /** The stretch is shared now. */
        YES,
        /** This stretch cannot be: it is not aligned, or ends past the source's end. */
        NOT_THIS,
        /** No stretch of these two files can be. */
        NEVER
    }

    /**
     * Makes a stretch of this file share its place on the medium with one of another file, until either is written to.
     *
     * @param from where it begins in the source, a multiple of the file system's blocks
     * @param lengthBytes such a multiple too, or {@link #TO_THE_END}
     * @param to where it begins here, as well
     * @throws IOException when the medium is full or broken
     */
    Shared share(Descriptor source, long from, long lengthBytes, long to) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            MemorySegment range = arena.allocate(RANGE_BYTES, 8);
            range.set(ValueLayout.JAVA_LONG, 0, source.number);
            range.set(ValueLayout.JAVA_LONG, 8, from);
            range.set(ValueLayout.JAVA_LONG, 16, lengthBytes);
            range.set(ValueLayout.JAVA_LONG, 24, to);
            int result = (int) IOCTL.invokeExact(state, number, FICLONERANGE, range);
            return result == 0 ? Shared.YES : refused(errno(state));
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw unexpected("ioctl", e);
        }
    }

    /** Lets the kernel begin to bring a stretch to the medium, and does not wait; forcing it later has less to wait for then. Where it cannot, that is all. */
    void beginWriting(long offsetBytes, long lengthBytes) {
        try {
            int ignored = (int) SYNC.invokeExact(number, offsetBytes, lengthBytes, SYNC_FILE_RANGE_WRITE);
            assert ignored <= 0;
        } catch (Throwable e) {
            throw unexpected("sync_file_range", e);
        }
    }

    private static Shared refused(int errno) throws IOException {
        return switch (errno) {
            case EINVAL, ETXTBSY -> Shared.NOT_THIS;
            case EIO, ENOSPC, EDQUOT -> throw new IOException("sharing a stretch of a file failed: " + words(errno));
            default -> Shared.NEVER;
        };
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            int ignored = (int) CLOSE.invokeExact(number);
            assert ignored <= 0;
        } catch (Throwable e) {
            throw unexpected("close", e);
        }
    }

    private static int errno(MemorySegment state) {
        return (int) ERRNO_FIELD.get(state, 0L);
    }

    private static IllegalStateException unexpected(String call, Throwable e) {
        return new IllegalStateException("calling " + call + " through the foreign-function interface failed", e);
    }
}
