package dev.stemma.ingest.digest;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The digests of OpenSSL 3's libcrypto (EVP_DigestInit(3), EVP_MD_fetch(3)), which the system keeps up to date. Handles may be used by any thread,
 * a context by one at a time.
 */
@SuppressWarnings("restricted")
final class LibCrypto {

    /** The name that holds as long as the interface does. */
    private static final String NAME = "libcrypto.so.3";

    private static final AddressLayout POINTER = ValueLayout.ADDRESS;

    private final MethodHandle fetch;
    private final MethodHandle newContext;
    private final MethodHandle freeContext;
    private final MethodHandle init;
    private final MethodHandle update;
    private final MethodHandle updateHeap;
    private final MethodHandle end;
    private final MethodHandle copy;
    private final MethodHandle whole;

    private LibCrypto(SymbolLookup library) {
        fetch = handle(library, "EVP_MD_fetch", FunctionDescriptor.of(POINTER, POINTER, POINTER, POINTER));
        newContext = handle(library, "EVP_MD_CTX_new", FunctionDescriptor.of(POINTER));
        freeContext = handle(library, "EVP_MD_CTX_free", FunctionDescriptor.ofVoid(POINTER));
        init = handle(library, "EVP_DigestInit_ex", status(POINTER, POINTER, POINTER));
        update = handle(library, "EVP_DigestUpdate", status(POINTER, POINTER, ValueLayout.JAVA_LONG));
        updateHeap = handle(
                library,
                "EVP_DigestUpdate",
                status(POINTER, POINTER, ValueLayout.JAVA_LONG),
                Linker.Option.critical(true));
        end = handle(library, "EVP_DigestFinal_ex", status(POINTER, POINTER, POINTER));
        copy = handle(library, "EVP_MD_CTX_copy_ex", status(POINTER, POINTER));
        whole = handle(
                library,
                "EVP_Digest",
                status(POINTER, ValueLayout.JAVA_LONG, POINTER, POINTER, POINTER, POINTER),
                Linker.Option.critical(true));
    }

    /** Empty where there is none. */
    static Optional<LibCrypto> find() {
        try {
            return Optional.of(new LibCrypto(SymbolLookup.libraryLookup(NAME, Arena.global())));
        } catch (IllegalArgumentException | java.util.NoSuchElementException e) {
            return Optional.empty();
        }
    }

    private static FunctionDescriptor status(MemoryLayout... arguments) {
        return FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments);
    }

    private static MethodHandle handle(
            SymbolLookup library, String name, FunctionDescriptor type, Linker.Option... options) {
        return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), type, options);
    }

    /**
     * An algorithm, for as long as the process lives; empty where the system's policy forbids it.
     *
     * @param name as Java's security standard has it, which OpenSSL knows as an alias
     */
    Optional<MemorySegment> algorithm(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment found =
                    (MemorySegment) fetch.invokeExact(MemorySegment.NULL, arena.allocateFrom(name), MemorySegment.NULL);
            return found.equals(MemorySegment.NULL) ? Optional.empty() : Optional.of(found);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** A context that is freed with the arena. */
    MemorySegment context(Arena arena) {
        try {
            MemorySegment context = (MemorySegment) newContext.invokeExact();
            if (context.equals(MemorySegment.NULL)) {
                throw new OutOfMemoryError("libcrypto has no memory for a digest");
            }
            return context.reinterpret(arena, this::free);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private void free(MemorySegment context) {
        try {
            freeContext.invokeExact(context);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    void init(MemorySegment context, MemorySegment algorithm) {
        try {
            require((int) init.invokeExact(context, algorithm, MemorySegment.NULL));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Takes in bytes where they are. Those of an array keep the collector waiting meanwhile, so they should be few. */
    void update(MemorySegment context, MemorySegment bytes) {
        try {
            require(
                    bytes.isNative()
                            ? (int) update.invokeExact(context, bytes, bytes.byteSize())
                            : (int) updateHeap.invokeExact(context, bytes, bytes.byteSize()));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** @param into native memory, as long as the digest */
    void end(MemorySegment context, MemorySegment into) {
        try {
            require((int) end.invokeExact(context, into, MemorySegment.NULL));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Goes on with what another context has taken in. */
    void copy(MemorySegment to, MemorySegment from) {
        try {
            require((int) copy.invokeExact(to, from));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Digests an array in one go. It keeps the collector waiting meanwhile: a millisecond for one or two MB. */
    void whole(MemorySegment algorithm, MemorySegment bytes, MemorySegment into) {
        try {
            require((int) whole.invokeExact(
                    bytes, bytes.byteSize(), into, MemorySegment.NULL, algorithm, MemorySegment.NULL));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static void require(int status) {
        if (status != 1) {
            throw new IllegalStateException("libcrypto refused a call");
        }
    }

    private static RuntimeException unexpected(Throwable e) {
        return switch (e) {
            case Error error -> throw error;
            case RuntimeException runtime -> runtime;
            default -> new IllegalStateException("calling libcrypto failed", e);
        };
    }
}
