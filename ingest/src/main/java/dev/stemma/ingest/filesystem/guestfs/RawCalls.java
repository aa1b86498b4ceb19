package dev.stemma.ingest.filesystem.guestfs;

import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The calls of libguestfs that carry bytes of the guest. The Java binding makes strings of them, which loses every name that
 * is not text and everything after a zero byte (an ACL, a capability); so these go to the C library itself, by the
 * handle that {@code guestfs_c_pointer} gives out for this purpose. Runs in the child process only. Not thread-safe.
 */
final class RawCalls {

    private static final AddressLayout POINTER = ValueLayout.ADDRESS.withTargetLayout(
            MemoryLayout.sequenceLayout(Long.MAX_VALUE / 16, ValueLayout.JAVA_BYTE));
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    /** {@code struct guestfs_statns}: 22 numbers of 64 bits. */
    private static final long STAT_BYTES = 176;

    /** {@code struct guestfs_xattr}: name, length, value. */
    private static final long XATTR_BYTES = 24;

    /** {@code EOPNOTSUPP} of Linux: a squashfs that was made without attributes has it for all its files. */
    private static final int NOT_SUPPORTED = 95;

    private static final byte[] NONE = {'0'};

    /** Room for {@code struct guestfs_cryptsetup_open_argv}, later versions' fields among it, which stay unset. */
    private static final long OPTIONS_BYTES = 64;

    private final MemorySegment handle;
    private final Linker linker = Linker.nativeLinker();
    private final SymbolLookup library = SymbolLookup.libraryLookup("libguestfs.so.0", Arena.global());
    private final MethodHandle listNames = handle("guestfs_ls0", INT, POINTER, POINTER, POINTER);
    private final MethodHandle stat = handle("guestfs_lstatnslist", POINTER, POINTER, POINTER, POINTER);
    private final MethodHandle freeStat = handle("guestfs_free_statns_list", null, POINTER);
    private final MethodHandle links = handle("guestfs_readlinklist", POINTER, POINTER, POINTER, POINTER);
    private final MethodHandle xattrs = handle("guestfs_lxattrlist", POINTER, POINTER, POINTER, POINTER);
    private final MethodHandle xattrsOfOne = handle("guestfs_lgetxattrs", POINTER, POINTER, POINTER);
    private final MethodHandle freeXattrs = handle("guestfs_free_xattr_list", null, POINTER);
    private final MethodHandle read = handle("guestfs_pread", POINTER, POINTER, POINTER, INT, LONG, POINTER);
    private final MethodHandle readDevice =
            handle("guestfs_pread_device", POINTER, POINTER, POINTER, INT, LONG, POINTER);
    private final MethodHandle registryValue = handle("guestfs_hivex_value_value", POINTER, POINTER, LONG, POINTER);
    private final MethodHandle unlock =
            handle("guestfs_cryptsetup_open_argv", INT, POINTER, POINTER, POINTER, POINTER, POINTER);
    private final MethodHandle lastErrno = handle("guestfs_last_errno", INT, POINTER);
    private final MethodHandle lastError = handle("guestfs_last_error", POINTER, POINTER);
    private final MethodHandle free;

    /**
     * @param pointer what {@code c_pointer()} returned
     */
    RawCalls(long pointer) {
        this.handle = MemorySegment.ofAddress(pointer);
        this.free =
                linker.downcallHandle(linker.defaultLookup().findOrThrow("free"), FunctionDescriptor.ofVoid(POINTER));
    }

    private MethodHandle handle(
            String name, @org.jspecify.annotations.Nullable MemoryLayout result, MemoryLayout... arguments) {
        return linker.downcallHandle(
                library.findOrThrow(name),
                result == null ? FunctionDescriptor.ofVoid(arguments) : FunctionDescriptor.of(result, arguments));
    }

    /** Writes a directory's names, each ended by a zero byte, to a file of the host. */
    void listNames(byte[] directory, String file) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            if ((int) listNames.invokeExact(
                            handle, text(arena, directory), text(arena, file.getBytes(StandardCharsets.UTF_8)))
                    != 0) {
                throw failed();
            }
        } catch (Throwable t) {
            throw rethrow(t);
        }
    }

    /** For each name the 22 numbers of {@code guestfs_statns}; those of a name that is not there begin with -1. */
    List<byte[]> stat(byte[] directory, List<byte[]> names) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment list =
                    notNull((MemorySegment) stat.invokeExact(handle, text(arena, directory), texts(arena, names)));
            try {
                return items(list, STAT_BYTES).stream()
                        .map(item -> item.toArray(ValueLayout.JAVA_BYTE))
                        .toList();
            } finally {
                freeStat.invokeExact(list);
            }
        } catch (Throwable t) {
            throw rethrow(t);
        }
    }

    /** For each name its target; empty for what is no link. */
    List<byte[]> links(byte[] directory, List<byte[]> names) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment list =
                    notNull((MemorySegment) links.invokeExact(handle, text(arena, directory), texts(arena, names)));
            List<byte[]> targets = new ArrayList<>();
            for (long i = 0; i < names.size(); i++) {
                MemorySegment target = list.getAtIndex(POINTER, i);
                targets.add(bytes(target));
                free.invokeExact(target);
            }
            free.invokeExact(list);
            return targets;
        } catch (Throwable t) {
            throw rethrow(t);
        }
    }

    /**
     * Pairs of name and value. For each file there is first a pair with an empty name, whose value is the count of pairs that
     * follow for it, in decimal; or empty when its attributes cannot be read. Where there can be none the count is 0.
     */
    List<byte[]> xattrs(byte[] directory, List<byte[]> names) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment list =
                    notNull((MemorySegment) xattrs.invokeExact(handle, text(arena, directory), texts(arena, names)));
            try {
                List<byte[]> pairs = new ArrayList<>();
                int file = 0;
                boolean none = false;
                for (MemorySegment item : items(list, XATTR_BYTES)) {
                    byte[] name = bytes(item.get(POINTER, 0));
                    int length = item.get(INT, 8);
                    byte[] value = length == 0
                            ? new byte[0]
                            : item.get(POINTER, 16).asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
                    if (name.length == 0) {
                        // All of a directory lies in one file system.
                        if (length == 0 && file < names.size()) {
                            none = none || hasNone(arena, directory, names.get(file));
                            value = none ? NONE : value;
                        }
                        file++;
                    }
                    pairs.add(name);
                    pairs.add(value);
                }
                return pairs;
            } finally {
                freeXattrs.invokeExact(list);
            }
        } catch (Throwable t) {
            throw rethrow(t);
        }
    }

    /** Whether a file has no attributes because its file system keeps none. */
    private boolean hasNone(Arena arena, byte[] directory, byte[] name) throws Throwable {
        byte[] path = Arrays.copyOf(directory, directory.length + 1 + name.length);
        path[directory.length] = '/';
        System.arraycopy(name, 0, path, directory.length + 1, name.length);
        MemorySegment list = (MemorySegment) xattrsOfOne.invokeExact(handle, text(arena, path));
        if (list.address() != 0) {
            freeXattrs.invokeExact(list);
            return false;
        }
        return (int) lastErrno.invokeExact(handle) == NOT_SUPPORTED;
    }

    /**
     * Opens a LUKS device for reading, under a name of the device mapper. The Java binding takes the passphrase as a string, which not
     * every passphrase is.
     */
    void unlock(byte[] device, byte[] passphrase, String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            // struct guestfs_cryptsetup_open_argv: which fields are set, readonly, crypttype.
            MemorySegment options = arena.allocate(OPTIONS_BYTES);
            options.set(LONG, 0, 1);
            options.set(INT, 8, 1);
            MemorySegment secret = text(arena, passphrase);
            try {
                if ((int) unlock.invokeExact(
                                handle,
                                text(arena, device),
                                secret,
                                text(arena, name.getBytes(StandardCharsets.UTF_8)),
                                options)
                        != 0) {
                    throw failed();
                }
            } finally {
                secret.fill((byte) 0);
            }
        } catch (Throwable t) {
            throw rethrow(t);
        }
    }

    /** The data of a registry value, which is no text to the binding but loses its zero bytes there. */
    byte[] registryValue(long value) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(LONG);
            MemorySegment data = notNull((MemorySegment) registryValue.invokeExact(handle, value, size));
            byte[] bytes = data.asSlice(0, size.get(LONG, 0)).toArray(ValueLayout.JAVA_BYTE);
            free.invokeExact(data);
            return bytes;
        } catch (Throwable t) {
            throw rethrow(t);
        }
    }

    /** At most so many bytes of a file; none at its end. */
    byte[] read(byte[] path, int count, long offset) throws IOException {
        return read(read, path, count, offset);
    }

    /** The same of a device. */
    byte[] readDevice(byte[] device, int count, long offset) throws IOException {
        return read(readDevice, device, count, offset);
    }

    private byte[] read(MethodHandle call, byte[] path, int count, long offset) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(LONG);
            MemorySegment data =
                    notNull((MemorySegment) call.invokeExact(handle, text(arena, path), count, offset, size));
            byte[] bytes = data.asSlice(0, size.get(LONG, 0)).toArray(ValueLayout.JAVA_BYTE);
            free.invokeExact(data);
            return bytes;
        } catch (Throwable t) {
            throw rethrow(t);
        }
    }

    /** Of {@code struct { uint32_t len; T *val; }}. */
    private static List<MemorySegment> items(MemorySegment list, long itemBytes) {
        int count = list.get(INT, 0);
        List<MemorySegment> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(list.get(POINTER, 8).asSlice(i * itemBytes, itemBytes));
        }
        return items;
    }

    private static MemorySegment text(Arena arena, byte[] bytes) {
        MemorySegment text = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, text, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return text;
    }

    private static MemorySegment texts(Arena arena, List<byte[]> texts) {
        MemorySegment array = arena.allocate(ValueLayout.ADDRESS, texts.size() + 1L);
        for (int i = 0; i < texts.size(); i++) {
            array.setAtIndex(ValueLayout.ADDRESS, i, text(arena, texts.get(i)));
        }
        return array;
    }

    private static byte[] bytes(MemorySegment text) {
        long length = 0;
        while (text.get(ValueLayout.JAVA_BYTE, length) != 0) {
            length++;
        }
        return text.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }

    private MemorySegment notNull(MemorySegment pointer) throws IOException {
        if (pointer.address() == 0) {
            throw failed();
        }
        return pointer;
    }

    private IOException failed() throws IOException {
        try {
            MemorySegment message = (MemorySegment) lastError.invokeExact(handle);
            return new IOException(
                    message.address() == 0 ? "libguestfs failed" : new String(bytes(message), StandardCharsets.UTF_8));
        } catch (Throwable t) {
            throw rethrow(t);
        }
    }

    private static IOException rethrow(Throwable t) {
        return switch (t) {
            case IOException e -> e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> new IOException(t);
        };
    }
}
