package dev.stemma.ingest;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Seeded writes all over a file system, as commands of {@code qemu-io}: data and metadata alike. */
final class Scribble {

    private static final int WRITES = 60;
    private static final int SECTOR_BYTES = 512;

    private Scribble() {}

    /** @param startBytes where the file system begins; its first 64 KiB are left alone, so that there is something to read */
    static List<String> writes(long seed, long startBytes, long endBytes) {
        Random random = new Random(seed);
        long first = startBytes / SECTOR_BYTES + 128;
        return IntStream.range(0, WRITES)
                .mapToObj(_ -> "write -P " + random.nextInt(256) + " "
                        + random.nextLong(first, endBytes / SECTOR_BYTES - 32) * SECTOR_BYTES + " "
                        + random.nextInt(1, 16) * SECTOR_BYTES)
                .toList();
    }
}
