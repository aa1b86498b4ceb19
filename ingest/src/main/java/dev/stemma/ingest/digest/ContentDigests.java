package dev.stemma.ingest.digest;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Checksum.Algorithm;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Digests for much data, made once a thread and used again. OpenSSL's are as fast at the first byte as at the last; Java's own take their place where
 * there is no libcrypto, and are as fast once the optimizing compiler has compiled them. Stateless.
 */
public final class ContentDigests {

    private static final Optional<LibCrypto> LIBRARY = LibCrypto.find();
    private static final Optional<MemorySegment> SHA256 =
            LIBRARY.flatMap(library -> library.algorithm(Algorithm.SHA256.standardName()));

    /** The collector waits for a longer piece for too long. */
    private static final int MAX_WHOLE_BYTES = 1 << 20;

    private ContentDigests() {}

    /** A fresh digest that is not thread-safe; give it native memory by {@link MessageDigest#update(java.nio.ByteBuffer)}, which is not copied then. */
    public static MessageDigest of(Algorithm algorithm) {
        return LIBRARY.flatMap(library -> NativeDigest.find(library, algorithm)).orElseGet(algorithm::newDigest);
    }

    /** Digests an array of some length in one go; few bytes are as well digested by {@link Digest#sha256}. */
    public static Digest sha256(byte[] bytes) {
        return sha256(bytes, 0, bytes.length);
    }

    /** The same of a stretch of an array. */
    public static Digest sha256(byte[] bytes, int offset, int lengthBytes) {
        if (LIBRARY.isEmpty() || SHA256.isEmpty() || lengthBytes > MAX_WHOLE_BYTES) {
            MessageDigest sha256 = of(Algorithm.SHA256);
            sha256.update(bytes, offset, lengthBytes);
            return Digest.of(sha256.digest());
        }
        byte[] result = new byte[Digest.LENGTH_BYTES];
        LIBRARY.get()
                .whole(
                        SHA256.get(),
                        MemorySegment.ofArray(bytes).asSlice(offset, lengthBytes),
                        MemorySegment.ofArray(result));
        return Digest.of(result);
    }
}
