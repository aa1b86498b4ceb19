package dev.stemma.ingest.image.layer;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks one block at a time, with its own buffers; the pool in {@link LayeredSource} hands it to one thread at a time. */
final class Unpacker implements AutoCloseable {

    /** Most that one block may take, packed or not; no format's own limit is higher but VMDK's, whose writers use 64 KiB. */
    static final int MAX_BLOCK_BYTES = 4 << 20;

    private static final int MARKER_BYTES = 12;

    private final Inflater deflate = new Inflater(true);
    private final Inflater zlib = new Inflater();
    private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
    private ByteBuffer packed = ByteBuffer.allocateDirect(128 << 10);
    private ByteBuffer unpacked = ByteBuffer.allocateDirect(128 << 10);

    /**
     * Unpacks a block; what its packed form does not fill is zeros.
     *
     * @param target as long as the block
     * @throws Corrupt {@code bad-value} when the packed form does not give what lies on the disk
     */
    void unpack(Run.PackedBlock block, MemorySegment target) throws ImageProblem {
        Origin origin = block.file().origin().within("compressed block at byte " + block.offsetBytes());
        long offset = block.offsetBytes();
        long length = block.packedBytes();
        if (block.packing() == Run.Packing.GRAIN) {
            Fields marker = Fields.read(
                    block.file(), "grain marker at byte " + offset, offset, MARKER_BYTES, ByteOrder.LITTLE_ENDIAN);
            length = marker.u32(8);
            offset += MARKER_BYTES;
        }
        length = Math.min(length, block.file().sizeBytes() - offset);
        if (length <= 0 || length > 2L * MAX_BLOCK_BYTES || block.blockBytes() > MAX_BLOCK_BYTES) {
            throw new Corrupt("bad-value", origin, "claims " + length + " bytes");
        }
        packed = atLeast(packed, (int) length);
        unpacked = atLeast(unpacked, block.blockBytes());
        packed.clear().limit((int) length);
        unpacked.clear().limit(block.blockBytes());
        block.file().read(offset, MemorySegment.ofBuffer(packed));
        try {
            switch (block.packing()) {
                case DEFLATE -> inflate(deflate);
                case GRAIN -> inflate(zlib);
                case ZSTD -> decompress();
            }
        } catch (DataFormatException | ZstdException e) {
            throw new Corrupt("bad-value", origin, "cannot be unpacked: " + e.getMessage(), null, e);
        }
        if (unpacked.position() < block.usedBytes()) {
            throw new Corrupt(
                    "bad-value", origin, "unpacks to " + unpacked.position() + " bytes of " + block.usedBytes());
        }
        unpacked.flip();
        int filled = unpacked.limit();
        target.asSlice(0, filled).copyFrom(MemorySegment.ofBuffer(unpacked));
        target.asSlice(filled).fill((byte) 0);
    }

    private void inflate(Inflater inflater) throws DataFormatException {
        inflater.reset();
        inflater.setInput(packed);
        while (unpacked.hasRemaining() && inflater.inflate(unpacked) > 0) {
            // Ends when the block is full, or the stream has no more for it.
        }
    }

    private void decompress() {
        zstd.reset();
        boolean whole = false;
        while (!whole && packed.hasRemaining() && unpacked.hasRemaining()) {
            whole = zstd.decompressDirectByteBufferStream(unpacked, packed);
        }
    }

    private static ByteBuffer atLeast(ByteBuffer buffer, int length) {
        return buffer.capacity() >= length ? buffer : ByteBuffer.allocateDirect(length);
    }

    @Override
    public void close() {
        deflate.end();
        zlib.end();
        zstd.close();
    }
}
