package dev.stemma.ingest.reference;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.content.ContentWriter;
import dev.stemma.ingest.content.DiskManifestWriter;
import dev.stemma.ingest.content.DiskRun;
import dev.stemma.ingest.problem.ImageProblem;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Iterator;

/**
 * Writes a disk's manifest: the parts of files whose contents are in the store already, what lies between them, and zeros. Reads what lies between,
 * and nothing that the image leaves out. Not thread-safe; used once.
 */
final class DiskCheckIn {

    private static final int BLOCK_BYTES = 4 << 10;
    private static final int PIECE_BYTES = 256 << 10;

    private final ByteSource disk;
    private final ContentWriter data;
    private final DiskManifestWriter manifest;
    private final CheckIn.Steps steps;
    private final byte[] piece = new byte[PIECE_BYTES];
    private long dataBytes;

    /**
     * @param data for what no file owns
     * @param manifest for the manifest; another writer than {@code data}
     */
    DiskCheckIn(ByteSource disk, ContentWriter data, ContentWriter manifest, CheckIn.Steps steps) {
        this.disk = disk;
        this.data = data;
        this.manifest = new DiskManifestWriter(manifest, disk.sizeBytes());
        this.steps = steps;
    }

    /** Gives the digest of the disk's manifest. */
    Digest run(FileRuns files) throws ImageProblem, IOException {
        long at = 0;
        for (Iterator<FileRuns.Run> runs = files.inOrder(); runs.hasNext(); ) {
            FileRuns.Run run = runs.next();
            between(at, run.diskBytes());
            manifest.add(new DiskRun.Part(run.lengthBytes(), run.content(), run.offsetBytes()));
            at = run.endBytes();
        }
        between(at, disk.sizeBytes());
        return manifest.finish();
    }

    /** Bytes that no file owns and that are not zeros. */
    long dataBytes() {
        return dataBytes;
    }

    private void between(long from, long to) throws ImageProblem, IOException {
        if (from == to) {
            return;
        }
        for (ByteSource.Extent extent : disk.extents(from, to - from)) {
            if (extent.hole()) {
                manifest.add(new DiskRun.Zeros(extent.lengthBytes()));
            } else {
                read(extent.offsetBytes(), extent.offsetBytes() + extent.lengthBytes());
            }
        }
    }

    /** Blocks that are zeros, and stretches of blocks that are not. */
    private void read(long from, long to) throws ImageProblem, IOException {
        for (long at = from; at < to; at += PIECE_BYTES) {
            int length = (int) Math.min(PIECE_BYTES, to - at);
            steps.read(length);
            disk.read(at, MemorySegment.ofArray(piece).asSlice(0, length));
            int start = 0;
            while (start < length) {
                boolean zero = zero(start, end(start, length));
                int end = end(start, length);
                while (end < length && zero(end, end(end, length)) == zero) {
                    end = end(end, length);
                }
                if (zero) {
                    manifest.add(new DiskRun.Zeros(end - start));
                } else {
                    keep(start, end);
                }
                start = end;
            }
        }
    }

    private static int end(int start, int length) {
        return Math.min(length, start + BLOCK_BYTES);
    }

    private boolean zero(int from, int to) {
        return Arrays.mismatch(piece, from, to, ZEROS, 0, to - from) < 0;
    }

    private static final byte[] ZEROS = new byte[BLOCK_BYTES];

    private void keep(int from, int to) throws IOException {
        dataBytes += to - from;
        for (ContentWriter.Chunk chunk : data.chunks(piece, from, to - from)) {
            manifest.add(new DiskRun.Data(chunk.lengthBytes(), chunk.digest()));
        }
    }
}
