package dev.stemma.ingest.reference.fuse;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * Calls of the C library on descriptors that Java does not offer: a pair of sockets over which a descriptor comes, and waiting for one of two. Linux only; constants are
 * those of the generic ABI (x86-64, arm64, riscv64). Stateless, for any thread. Each gives minus the error number when it fails.
 */
@SuppressWarnings("restricted")
final class Calls {

    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int ENODEV = 19;
    static final int ENOENT = 2;

    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;
    private static final int MSG_CMSG_CLOEXEC = 0x40000000;
    private static final int F_SETFL = 4;
    private static final int O_NONBLOCK = 0x800;
    private static final short POLLIN = 1;

    /** {@code struct msghdr}: name and its length, buffers and their number, control data and its length, flags. */
    private static final int MESSAGE_BYTES = 56;

    /** {@code struct cmsghdr} with one descriptor, padded. */
    private static final int CONTROL_BYTES = 24;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final AddressLayout ADDRESS = ValueLayout.ADDRESS;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final VarHandle ERRNO =
            Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SOCKETPAIR =
            handle("socketpair", FunctionDescriptor.of(INT, INT, INT, INT, ADDRESS));
    private static final MethodHandle RECVMSG = handle("recvmsg", FunctionDescriptor.of(LONG, INT, ADDRESS, INT));
    private static final MethodHandle FCNTL =
            handle("fcntl", FunctionDescriptor.of(INT, INT, INT, INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle POLL = handle("poll", FunctionDescriptor.of(INT, ADDRESS, LONG, INT));
    private static final MethodHandle READ = handle("read", FunctionDescriptor.of(LONG, INT, ADDRESS, LONG));
    private static final MethodHandle WRITE = handle("write", FunctionDescriptor.of(LONG, INT, ADDRESS, LONG));
    private static final MethodHandle CLOSE = handle("close", FunctionDescriptor.of(INT, INT));

    private Calls() {}

    private static MethodHandle handle(String name, FunctionDescriptor type, Linker.Option... options) {
        Linker.Option[] all = java.util.Arrays.copyOf(options, options.length + 1);
        all[options.length] = Linker.Option.captureCallState("errno");
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, all);
    }

    /** A call that wants memory for its error number. */
    private interface Call {
        long call(Arena arena, MemorySegment state) throws Throwable;
    }

    private static long run(String name, Call call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            long result = call.call(arena, state);
            return result >= 0 ? result : -(int) ERRNO.get(state, 0L);
        } catch (Throwable e) {
            throw new IllegalStateException("calling " + name + " through the foreign-function interface failed", e);
        }
    }

    /** Fills two sockets that are connected with each other, which no other program inherits. */
    static int pair(int[] sockets) {
        return (int) run("socketpair", (arena, state) -> {
            MemorySegment two = arena.allocate(INT, 2);
            int result = (int) SOCKETPAIR.invokeExact(state, AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, two);
            sockets[0] = two.getAtIndex(INT, 0);
            sockets[1] = two.getAtIndex(INT, 1);
            return result;
        });
    }

    /** Waits for a message that brings a descriptor; {@code -}{@link #ENOENT} when it brings none. */
    static int receive(int socket) {
        return (int) run("recvmsg", (arena, state) -> {
            MemorySegment buffer = arena.allocate(1);
            MemorySegment vector = arena.allocate(16, 8);
            vector.set(ADDRESS, 0, buffer);
            vector.set(LONG, 8, 1);
            MemorySegment control = arena.allocate(CONTROL_BYTES, 8);
            MemorySegment message = arena.allocate(MESSAGE_BYTES, 8);
            message.set(ADDRESS, 16, vector);
            message.set(LONG, 24, 1);
            message.set(ADDRESS, 32, control);
            message.set(LONG, 40, CONTROL_BYTES);
            long result = (long) RECVMSG.invokeExact(state, socket, message, MSG_CMSG_CLOEXEC);
            if (result < 0) {
                return result;
            }
            boolean brought = message.get(LONG, 40) >= 20
                    && control.get(INT, 8) == SOL_SOCKET
                    && control.get(INT, 12) == SCM_RIGHTS;
            if (!brought) {
                ERRNO.set(state, 0L, ENOENT);
            }
            return brought ? control.get(INT, 16) : -1;
        });
    }

    /** Lets reading end at once when there is nothing to read. */
    static int doNotBlock(int descriptor) {
        return (int) run("fcntl", (_, state) -> (int) FCNTL.invokeExact(state, descriptor, F_SETFL, O_NONBLOCK));
    }

    /** Waits until one of two can be read, or has ended; negative where it was interrupted. */
    static int await(int one, int other) {
        return (int) run("poll", (arena, state) -> {
            MemorySegment both = arena.allocate(16, 8);
            both.set(INT, 0, one);
            both.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
            both.set(INT, 8, other);
            both.set(ValueLayout.JAVA_SHORT, 12, POLLIN);
            return (int) POLL.invokeExact(state, both, 2L, -1);
        });
    }

    static long read(int descriptor, MemorySegment into) {
        return run("read", (_, state) -> (long) READ.invokeExact(state, descriptor, into, into.byteSize()));
    }

    static long write(int descriptor, MemorySegment from) {
        return run("write", (_, state) -> (long) WRITE.invokeExact(state, descriptor, from, from.byteSize()));
    }

    static void close(int descriptor) {
        run("close", (_, state) -> (int) CLOSE.invokeExact(state, descriptor));
    }
}
