package dev.stemma.ingest.digest;

import dev.stemma.graph.model.Checksum.Algorithm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;

/** A digest that libcrypto computes. Its memory goes when nothing holds it any more. */
final class NativeDigest extends MessageDigest {

    /** How much of an array is handed over at once: some tens of microseconds. */
    private static final int PIECE_BYTES = 1 << 16;

    private final LibCrypto library;
    private final Algorithm name;
    private final MemorySegment algorithm;
    private final MemorySegment context;
    private final MemorySegment result;

    private NativeDigest(LibCrypto library, Algorithm name, MemorySegment known) {
        super(name.standardName());
        this.library = library;
        this.name = name;
        this.algorithm = known;
        Arena arena = Arena.ofAuto();
        this.context = library.context(arena);
        this.result = arena.allocate(name.lengthBytes());
        library.init(context, known);
    }

    static Optional<MessageDigest> find(LibCrypto library, Algorithm algorithm) {
        return library.algorithm(algorithm.standardName()).map(known -> new NativeDigest(library, algorithm, known));
    }

    @Override
    public Object clone() {
        NativeDigest copy = new NativeDigest(library, name, algorithm);
        library.copy(copy.context, context);
        return copy;
    }

    @Override
    protected int engineGetDigestLength() {
        return Math.toIntExact(result.byteSize());
    }

    @Override
    protected void engineUpdate(byte input) {
        engineUpdate(new byte[] {input}, 0, 1);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, input.length);
        MemorySegment bytes = MemorySegment.ofArray(input);
        for (int at = 0; at < length; at += PIECE_BYTES) {
            library.update(context, bytes.asSlice(offset + at, Math.min(PIECE_BYTES, length - at)));
        }
    }

    @Override
    protected void engineUpdate(ByteBuffer input) {
        MemorySegment bytes = MemorySegment.ofBuffer(input);
        if (bytes.isNative()) {
            library.update(context, bytes);
            input.position(input.limit());
        } else {
            super.engineUpdate(input);
        }
    }

    @Override
    protected byte[] engineDigest() {
        library.end(context, result);
        engineReset();
        return result.toArray(ValueLayout.JAVA_BYTE);
    }

    @Override
    protected void engineReset() {
        library.init(context, algorithm);
    }
}
