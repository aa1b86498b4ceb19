package dev.stemma.ingest.reference;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.ContentWriter;
import dev.stemma.ingest.content.DiskManifestWriter;
import dev.stemma.ingest.content.DiskRun;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.content.StoreWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Disks that are stored as if files lay on them: cut at random into parts of contents, data that no file owns, and zeros. */
public final class CutDisk {

    private CutDisk() {}

    /** Stores the bytes as a disk, durably; zeros of 4 KiB and more are zeros of the manifest. */
    public static ImageManifest.Disk store(ContentStore store, byte[] bytes, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        try (StoreWriter writer = store.writer();
                ContentWriter content = writer.content()) {
            List<DiskRun> runs = new ArrayList<>();
            for (int at = 0; at < bytes.length; ) {
                int zeros = zeros(bytes, at);
                if (zeros >= 4_096 || at + zeros == bytes.length) {
                    runs.add(new DiskRun.Zeros(zeros));
                    at += zeros;
                } else {
                    int length =
                            Math.min(bytes.length - at, random.nextInt(1, random.nextInt(4) == 0 ? 300_000 : 9_000));
                    add(runs, content, Arrays.copyOfRange(bytes, at, at + length), random);
                    at += length;
                }
            }
            return finish(writer, content, runs, bytes.length);
        }
    }

    /** Stores these runs, whose contents are in the store. */
    public static ImageManifest.Disk ofRuns(ContentStore store, List<DiskRun> runs) throws IOException {
        try (StoreWriter writer = store.writer();
                ContentWriter content = writer.content()) {
            long size = runs.stream().mapToLong(DiskRun::lengthBytes).sum();
            return finish(writer, content, runs, size);
        }
    }

    private static ImageManifest.Disk finish(
            StoreWriter writer, ContentWriter content, List<DiskRun> runs, long sizeBytes) throws IOException {
        DiskManifestWriter manifest = new DiskManifestWriter(content, sizeBytes);
        for (DiskRun run : runs) {
            manifest.add(run);
        }
        Digest name = manifest.finish();
        content.finish();
        writer.commit();
        return new ImageManifest.Disk(sizeBytes, name);
    }

    private static int zeros(byte[] bytes, int from) {
        int end = from;
        while (end < bytes.length && bytes[end] == 0) {
            end++;
        }
        return end - from;
    }

    private static void add(List<DiskRun> runs, ContentWriter content, byte[] piece, SplittableRandom random)
            throws IOException {
        if (random.nextBoolean()) {
            for (ContentWriter.Chunk chunk : content.chunks(piece, 0, piece.length)) {
                runs.add(new DiskRun.Data(chunk.lengthBytes(), chunk.digest()));
            }
            return;
        }
        byte[] before = new byte[random.nextInt(100_000)];
        random.nextBytes(before);
        content.data(before, 0, before.length);
        content.data(piece, 0, piece.length);
        content.data(before, 0, before.length / 2);
        runs.add(new DiskRun.Part(piece.length, content.end(), before.length));
    }
}
