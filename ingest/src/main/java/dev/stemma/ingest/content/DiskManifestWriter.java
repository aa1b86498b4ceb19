package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes a disk manifest into the store, run after run. Not thread-safe. */
public final class DiskManifestWriter {

    static final String MAGIC = "stemma-disk/1\n";
    private static final int PIECE_BYTES = 1 << 14;

    private final ContentWriter out;
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream(PIECE_BYTES + 64);
    private final long sizeBytes;
    private long coveredBytes;
    private @Nullable DiskRun last;

    /**
     * @param out that nothing else is written to meanwhile
     * @param sizeBytes of the disk
     */
    public DiskManifestWriter(ContentWriter out, long sizeBytes) {
        this.out = out;
        this.sizeBytes = sizeBytes;
        piece.writeBytes(MAGIC.getBytes(StandardCharsets.US_ASCII));
        Varint.write(piece, sizeBytes);
    }

    /** The next stretch of the disk. Zeros behind zeros, and what goes on in one content, become one run. */
    public void add(DiskRun run) throws IOException {
        coveredBytes += run.lengthBytes();
        DiskRun before = last;
        if (before instanceof DiskRun.Zeros zeros && run instanceof DiskRun.Zeros more) {
            last = new DiskRun.Zeros(zeros.lengthBytes() + more.lengthBytes());
        } else if (before instanceof DiskRun.Part part
                && run instanceof DiskRun.Part more
                && part.content().equals(more.content())
                && part.offsetBytes() + part.lengthBytes() == more.offsetBytes()) {
            last = new DiskRun.Part(part.lengthBytes() + more.lengthBytes(), part.content(), part.offsetBytes());
        } else {
            write(before);
            last = run;
        }
    }

    private void write(@Nullable DiskRun run) throws IOException {
        switch (run) {
            case null -> {}
            case DiskRun.Zeros zeros -> {
                piece.write('z');
                Varint.write(piece, zeros.lengthBytes());
            }
            case DiskRun.Part part -> {
                piece.write('f');
                Varint.write(piece, part.lengthBytes());
                piece.writeBytes(part.content().bytes());
                Varint.write(piece, part.offsetBytes());
            }
            case DiskRun.Data data -> {
                piece.write('d');
                Varint.write(piece, data.lengthBytes());
                piece.writeBytes(data.chunk().bytes());
            }
        }
        if (piece.size() >= PIECE_BYTES) {
            hand();
        }
    }

    private void hand() throws IOException {
        byte[] bytes = piece.toByteArray();
        out.data(bytes, 0, bytes.length);
        piece.reset();
    }

    /**
     * The disk has ended. Gives the digest of its manifest.
     *
     * @throws IllegalStateException when the runs do not cover the disk
     */
    public Digest finish() throws IOException {
        if (coveredBytes != sizeBytes) {
            throw new IllegalStateException("the runs cover " + coveredBytes + " of " + sizeBytes + " bytes");
        }
        write(last);
        piece.write('e');
        hand();
        return out.end();
    }
}
