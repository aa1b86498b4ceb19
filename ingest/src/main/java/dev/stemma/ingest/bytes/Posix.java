package dev.stemma.ingest.bytes;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The few calls of the C library that Java does not offer: opening without following or touching, finding holes, asking
 * for locks. Linux only; constants are those of the generic ABI (x86-64, arm64, riscv64). Stateless, for any thread.
 */
@SuppressWarnings("restricted")
final class Posix {

    static final int O_RDONLY = 0;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;
    static final int O_PATH = 0x200000;
    static final int SEEK_DATA = 3;
    static final int SEEK_HOLE = 4;
    static final int ENOENT = 2;
    static final int ENXIO = 6;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int ENOTDIR = 20;
    static final int ELOOP = 40;
    static final int ENAMETOOLONG = 36;

    private static final int F_OFD_GETLK = 36;
    private static final int F_OFD_SETLK = 37;
    private static final short F_RDLCK = 0;
    private static final short F_WRLCK = 1;
    private static final short F_UNLCK = 2;
    /** Size of {@code struct flock}: type, whence (16 bits each), start, length (64 bits), pid. */
    private static final int FLOCK_BYTES = 32;

    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int STATX_BASIC_STATS = 0x7ff;
    static final int STATX_BYTES = 256;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final VarHandle ERRNO_FIELD =
            Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle OPEN = handle(
            "open",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
            ERRNO,
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE =
            handle("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT), ERRNO);
    private static final MethodHandle LSEEK = handle(
            "lseek",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT),
            ERRNO);
    private static final MethodHandle FCNTL = handle(
            "fcntl",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS),
            ERRNO,
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle STATX = handle(
            "statx",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS),
            ERRNO);

    private Posix() {}

    private static MethodHandle handle(String name, FunctionDescriptor type, Linker.Option... options) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, options);
    }

    /** A descriptor, or minus the error number. */
    static int open(String path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            int fd = (int) OPEN.invokeExact(state, arena.allocateFrom(path), flags);
            return fd >= 0 ? fd : -errno(state);
        } catch (Throwable e) {
            throw unexpected("open", e);
        }
    }

    static void close(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            int ignored = (int) CLOSE.invokeExact(arena.allocate(Linker.Option.captureStateLayout()), fd);
            assert ignored <= 0;
        } catch (Throwable e) {
            throw unexpected("close", e);
        }
    }

    /** The new position, or minus the error number. Moves the descriptor's position: one caller at a time. */
    static long seek(int fd, long offsetBytes, int whence) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            long position = (long) LSEEK.invokeExact(state, fd, offsetBytes, whence);
            return position >= 0 ? position : -errno(state);
        } catch (Throwable e) {
            throw unexpected("lseek", e);
        }
    }

    /** Fills {@code struct statx} (256 bytes) about an open descriptor; 0, or minus the error number. */
    static int statx(int fd, MemorySegment buffer) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            int result = (int)
                    STATX.invokeExact(state, fd, arena.allocateFrom(""), AT_EMPTY_PATH, STATX_BASIC_STATS, buffer);
            return result == 0 ? 0 : -errno(state);
        } catch (Throwable e) {
            throw unexpected("statx", e);
        }
    }

    /** Whether anybody else holds any lock on this byte (open-file-description locks, fcntl_locking(2)). */
    static boolean lockedByOther(int fd, long offsetBytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            MemorySegment lock = lock(arena, F_WRLCK, offsetBytes);
            int result = (int) FCNTL.invokeExact(state, fd, F_OFD_GETLK, lock);
            // A file system without locks has nobody who could hold one.
            return result == 0 && lock.get(ValueLayout.JAVA_SHORT, 0) != F_UNLCK;
        } catch (Throwable e) {
            throw unexpected("fcntl", e);
        }
    }

    /** Takes a shared lock on one byte until the descriptor is closed; false when somebody holds it exclusively. */
    static boolean lockShared(int fd, long offsetBytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            int result = (int) FCNTL.invokeExact(state, fd, F_OFD_SETLK, lock(arena, F_RDLCK, offsetBytes));
            int errno = errno(state);
            return result == 0 || (errno != EAGAIN && errno != EACCES);
        } catch (Throwable e) {
            throw unexpected("fcntl", e);
        }
    }

    private static MemorySegment lock(Arena arena, short type, long offsetBytes) {
        MemorySegment lock = arena.allocate(FLOCK_BYTES, 8);
        lock.set(ValueLayout.JAVA_SHORT, 0, type);
        lock.set(ValueLayout.JAVA_LONG, 8, offsetBytes);
        lock.set(ValueLayout.JAVA_LONG, 16, 1);
        return lock;
    }

    private static int errno(MemorySegment state) {
        return (int) ERRNO_FIELD.get(state, 0L);
    }

    private static IllegalStateException unexpected(String call, Throwable e) {
        return new IllegalStateException("calling " + call + " through the foreign-function interface failed", e);
    }
}
