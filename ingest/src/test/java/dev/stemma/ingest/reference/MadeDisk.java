package dev.stemma.ingest.reference;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.filesystem.Places;
import dev.stemma.ingest.problem.Budget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A disk that knows what lies on it: files in one piece or in several, with holes and without, alike and different, and between them what no file
 * owns. Blocks are of 4 KiB, and the last one of a file ends in zeros.
 */
final class MadeDisk {

    static final int BLOCK = 4_096;

    private static final Budget BUDGET = Budget.of(Duration.ofMinutes(10));

    private final long sizeBytes;
    private final List<Placed> files = new ArrayList<>();
    private final List<Placed> loose = new ArrayList<>();

    /** @param pieces of the content, on the disk; empty where it is not a file's */
    private record Placed(byte[] content, List<Places.Piece> pieces) {}

    private MadeDisk(long sizeBytes) {
        this.sizeBytes = sizeBytes;
    }

    /** Contents of a few bytes up to a megabyte, of which some are there twice and some have holes. */
    static List<byte[]> contents(long seed, int count) {
        Random random = new Random(seed);
        List<byte[]> contents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] content = new byte[1 + random.nextInt(i % 10 == 0 ? 1 << 20 : 60_000)];
            random.nextBytes(content);
            if (i % 7 == 3 && content.length > 5 * BLOCK) {
                java.util.Arrays.fill(content, BLOCK, 3 * BLOCK, (byte) 0);
            }
            contents.add(i % 9 == 8 ? contents.getFirst().clone() : content);
        }
        return contents;
    }

    /** Lays contents out on a disk; another seed places them elsewhere. */
    static MadeDisk of(List<byte[]> contents, long seed, long sizeBytes) {
        MadeDisk disk = new MadeDisk(sizeBytes);
        Random random = new Random(seed);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < contents.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        long at = 1 << 20;
        for (int i : order) {
            byte[] content = contents.get(i);
            List<Places.Piece> pieces = new ArrayList<>();
            int step = i % 4 == 1 ? 3 * BLOCK : Integer.MAX_VALUE / 2;
            for (int from = 0; from < content.length; from += step) {
                int length = Math.min(step, content.length - from);
                if (i % 7 == 3 && zeros(content, from, length)) {
                    continue;
                }
                pieces.add(new Places.Piece(from, at, length));
                at += (length + BLOCK - 1) / BLOCK * BLOCK + (i % 4 == 1 ? BLOCK : 0);
            }
            disk.files.add(new Placed(content, pieces));
            if (i % 5 == 0) {
                byte[] noise = new byte[1 + random.nextInt(100_000)];
                new Random(i).nextBytes(noise);
                disk.loose.add(new Placed(noise, List.of(new Places.Piece(0, at, noise.length))));
                at += (noise.length + BLOCK - 1) / BLOCK * BLOCK + random.nextInt(30) * BLOCK;
            }
        }
        if (at > sizeBytes) {
            throw new IllegalArgumentException("the disk has no room for " + at + " bytes");
        }
        return disk;
    }

    private static boolean zeros(byte[] content, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (content[i] != 0) {
                return false;
            }
        }
        return true;
    }

    Path write(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), sizeBytes - 1);
            for (List<Placed> all : List.of(files, loose)) {
                for (Placed placed : all) {
                    for (Places.Piece piece : placed.pieces()) {
                        channel.write(
                                ByteBuffer.wrap(
                                        placed.content(), (int) piece.contentBytes(), (int) piece.lengthBytes()),
                                piece.diskBytes());
                    }
                }
            }
        }
        return file;
    }

    /** Checks in what was written. */
    ImageManifest.Disk checkIn(ContentStore store, Path written) throws Exception {
        try (CheckIn checkIn = CheckIn.into(store);
                FileSource source = FileSource.open(written)) {
            CheckIn.DiskFiles disk = checkIn.disk();
            try (CheckIn.Lane lane = disk.lane()) {
                for (Placed file : files) {
                    lane.begin();
                    lane.data(file.content(), file.content().length);
                    lane.end(new Places(file.content().length, file.pieces()), Digest.sha256(file.content()));
                }
            }
            checkIn.end(disk, source, _ -> {});
            return store.roots().read(checkIn.finish()).disks().getFirst();
        }
    }
}
