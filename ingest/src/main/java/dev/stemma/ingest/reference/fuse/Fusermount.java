package dev.stemma.ingest.reference.fuse;

import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unreadable;
import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The program that mounts for users who may not: it opens the kernel's device, hands it over, and stays to unmount when the socket to it closes, however this process ends.
 * Java's own way to start programs hands on no descriptor but the first three; the C library's does. For one thread at a time.
 */
@SuppressWarnings("restricted")
final class Fusermount {

    private static final String NAME = "fusermount3";
    private static final List<Path> PLACES = List.of(Path.of("/usr/bin"), Path.of("/bin"), Path.of("/usr/local/bin"));
    private static final Path DEVICE = Path.of("/dev/fuse");
    private static final int SOCKET = 3;
    private static final int WRITE_ANEW = 0x241;
    private static final int MAX_MESSAGE_BYTES = 4_096;

    /** {@code posix_spawn_file_actions_t} has 80 bytes in glibc and 8 in musl. */
    private static final int ACTIONS_BYTES = 256;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final AddressLayout ADDRESS = ValueLayout.ADDRESS;
    private static final MethodHandle ACTIONS = handle("posix_spawn_file_actions_init", ADDRESS);
    private static final MethodHandle DESTROY = handle("posix_spawn_file_actions_destroy", ADDRESS);
    private static final MethodHandle DUPLICATE = handle("posix_spawn_file_actions_adddup2", ADDRESS, INT, INT);
    private static final MethodHandle OPEN =
            handle("posix_spawn_file_actions_addopen", ADDRESS, INT, ADDRESS, INT, INT);
    private static final MethodHandle CLOSE_FROM = handle("posix_spawn_file_actions_addclosefrom_np", ADDRESS, INT);
    private static final MethodHandle SPAWN =
            handle("posix_spawn", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle WAIT = handle("waitpid", INT, ADDRESS, INT);

    private Fusermount() {}

    /**
     * What is mounted.
     *
     * @param device to read requests from
     * @param socket that keeps it mounted
     * @param process of the program, which is waited for at the end
     */
    record Mounted(int device, int socket, int process) {
        /** Waits until the program has seen that there is nothing left to unmount; the device is closed before. */
        void end() {
            Calls.close(socket);
            call(WAIT, process, MemorySegment.NULL, 0);
        }
    }

    /** Unmounts, also when somebody is still there; does nothing where nothing is mounted. */
    static void unmount(Path directory) throws IOException {
        Process process = new ProcessBuilder(NAME, "-u", "-z", "-q", "--", directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static MethodHandle handle(String name, java.lang.foreign.MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(INT, arguments));
    }

    private static int call(MethodHandle handle, Object... arguments) {
        try {
            return (int) handle.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException("a call through the foreign-function interface failed", e);
        }
    }

    /**
     * Mounts on a directory.
     *
     * @throws Unreadable {@code tool-missing}, {@code fuse-missing}, {@code mount-failed}
     */
    static Mounted mount(Path directory, String options, Origin origin) throws Unreadable, IOException {
        Path program = program(origin);
        if (!Files.exists(DEVICE)) {
            throw new Unreadable(
                    "fuse-missing",
                    origin,
                    "cannot be mounted: there is no " + DEVICE,
                    "Load the kernel's module fuse (modprobe fuse); a container needs --device " + DEVICE
                            + " and the capability SYS_ADMIN.");
        }
        int[] sockets = new int[2];
        int failed = Calls.pair(sockets);
        if (failed < 0) {
            throw new IOException("socketpair ends with error " + -failed);
        }
        Path said = Files.createTempFile("stemma-fuse", null);
        try {
            int process = spawn(program, directory, options, sockets[1], said);
            Calls.close(sockets[1]);
            int device = Calls.receive(sockets[0]);
            if (device < 0) {
                Calls.close(sockets[0]);
                call(WAIT, process, MemorySegment.NULL, 0);
                throw new Unreadable("mount-failed", origin, "cannot be mounted: " + message(said));
            }
            return new Mounted(device, sockets[0], process);
        } finally {
            Files.deleteIfExists(said);
        }
    }

    private static Path program(Origin origin) throws Unreadable {
        Optional<Path> found = PLACES.stream()
                .map(place -> place.resolve(NAME))
                .filter(Files::isExecutable)
                .findFirst();
        return found.orElseThrow(() -> new Unreadable(
                "tool-missing",
                origin,
                "cannot be mounted: " + NAME + " is not installed",
                "Install the package fuse3."));
    }

    private static String message(Path said) throws IOException {
        byte[] bytes = Files.readAllBytes(said);
        String text = new String(
                        bytes, 0, Math.min(bytes.length, MAX_MESSAGE_BYTES), java.nio.charset.StandardCharsets.UTF_8)
                .strip();
        return text.isEmpty() ? NAME + " ended without a word" : text;
    }

    private static int spawn(Path program, Path directory, String options, int socket, Path said) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment actions = arena.allocate(ACTIONS_BYTES, 8);
            call(ACTIONS, actions);
            call(OPEN, actions, 0, arena.allocateFrom("/dev/null"), 0, 0);
            call(OPEN, actions, 1, arena.allocateFrom("/dev/null"), 1, 0);
            call(OPEN, actions, 2, arena.allocateFrom(said.toString()), WRITE_ANEW, 0600);
            call(DUPLICATE, actions, socket, SOCKET);
            call(CLOSE_FROM, actions, SOCKET + 1);
            MemorySegment process = arena.allocate(INT);
            int failed = call(
                    SPAWN,
                    process,
                    arena.allocateFrom(program.toString()),
                    actions,
                    MemorySegment.NULL,
                    strings(arena, List.of(NAME, "-o", options, "--", directory.toString())),
                    strings(arena, List.of("_FUSE_COMMFD=" + SOCKET, "PATH=/usr/sbin:/usr/bin:/sbin:/bin")));
            call(DESTROY, actions);
            if (failed != 0) {
                throw new IOException(program + " cannot be started, error " + failed);
            }
            return process.get(INT, 0);
        }
    }

    private static MemorySegment strings(Arena arena, List<String> texts) {
        MemorySegment array = arena.allocate(ADDRESS, texts.size() + 1);
        for (int i = 0; i < texts.size(); i++) {
            array.setAtIndex(ADDRESS, i, arena.allocateFrom(texts.get(i)));
        }
        return array;
    }
}
