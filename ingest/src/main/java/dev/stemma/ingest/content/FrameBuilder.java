package dev.stemma.ingest.content;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Gathers objects into frames and compresses them. Not thread-safe; closed by who opened it. */
final class FrameBuilder implements AutoCloseable {

    /** The next levels gain little; ADR 32 has the numbers. */
    private static final int COMPRESSION_LEVEL = 6;

    private final Frames out;
    private final ZstdCompressCtx zstd = new ZstdCompressCtx();
    private final byte[] buffer = new byte[PackForm.MAX_FRAME_BYTES];
    private final List<PackWriter.InFrame> objects = new ArrayList<>();
    private int filled;

    /** Takes frames. */
    interface Frames {
        /**
         * @param compressed what the frame is on the medium
         * @param holdsBytes how much it holds
         */
        void frame(ByteBuffer compressed, int holdsBytes, List<PackWriter.InFrame> objects) throws IOException;
    }

    FrameBuilder(Frames out) {
        this.out = out;
        zstd.setLevel(COMPRESSION_LEVEL);
        zstd.setChecksum(true);
    }

    /** @param lengthBytes 1 to {@link PackForm#MAX_OBJECT_BYTES} */
    void add(ObjectName name, byte[] bytes, int offset, int lengthBytes) throws IOException {
        System.arraycopy(bytes, offset, buffer, filled, lengthBytes);
        objects.add(new PackWriter.InFrame(name, filled, lengthBytes));
        filled += lengthBytes;
        if (filled >= PackForm.FRAME_BYTES) {
            finish();
        }
    }

    /** Hands over what is gathered. */
    void finish() throws IOException {
        if (filled > 0) {
            out.frame(ByteBuffer.wrap(zstd.compress(Arrays.copyOf(buffer, filled))), filled, List.copyOf(objects));
            objects.clear();
            filled = 0;
        }
    }

    @Override
    public void close() {
        zstd.close();
    }
}
