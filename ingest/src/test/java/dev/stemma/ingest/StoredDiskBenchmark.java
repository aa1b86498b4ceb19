package dev.stemma.ingest;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.image.nbd.NbdSource;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.reference.CheckIn;
import dev.stemma.ingest.reference.StoredDisk;
import dev.stemma.ingest.reference.nbd.NbdExport;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Says how soon the first byte of a stored disk comes through an export, and how fast the others: {@code java … StoredDiskBenchmark STORE IMAGE}, where
 * the store is made when there is none and the image checked in.
 */
final class StoredDiskBenchmark {

    private static final int SECTOR_BYTES = 4_096;
    private static final Origin ORIGIN = Origin.of("disk");

    private StoredDiskBenchmark() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]).toAbsolutePath();
        try (ContentStore store = ContentStore.open(directory.resolve("store"))) {
            ImageManifest.Disk stored;
            try (CheckIn checkIn = CheckIn.into(store)) {
                Digest image = StoreBenchmark.checkIn(Path.of(args[1]).toRealPath(), 2, checkIn);
                stored = store.roots().read(image).disks().getFirst();
            }
            System.out.printf(
                    "%d bytes of manifest%n", store.content(stored.manifest()).sizeBytes());
            for (int pass = 1; pass <= 8; pass++) {
                firstByte(store, stored, directory, pass);
            }
            for (int pass = 1; pass <= 3; pass++) {
                StoredDisk disk = StoredDisk.open(store, stored, ORIGIN);
                all("from the store", disk);
                some("from the store", disk);
                try (NbdExport export = NbdExport.open(disk, directory);
                        NbdSource source = NbdSource.open(export.socket(), ORIGIN, Budget.of(Duration.ofHours(1)))) {
                    all("through the socket", source);
                }
            }
        }
    }

    private static void firstByte(ContentStore store, ImageManifest.Disk stored, Path directory, int pass)
            throws Exception {
        long began = System.nanoTime();
        StoredDisk disk = StoredDisk.open(store, stored, ORIGIN);
        try (NbdExport export = NbdExport.open(disk, directory)) {
            long opened = System.nanoTime();
            try (NbdSource source = NbdSource.open(export.socket(), ORIGIN, Budget.of(Duration.ofHours(1)))) {
                byte[] bytes = new byte[SECTOR_BYTES];
                source.read(0, MemorySegment.ofArray(bytes));
                long first = System.nanoTime();
                source.read(source.sizeBytes() - SECTOR_BYTES, MemorySegment.ofArray(bytes));
                System.out.printf(
                        "%d: opened after %.1f ms, first bytes after %.1f ms, last after %.1f ms%n",
                        pass, (opened - began) / 1e6, (first - began) / 1e6, (System.nanoTime() - began) / 1e6);
            }
        }
    }

    private static void all(String how, ByteSource source) throws Exception {
        long began = System.nanoTime();
        byte[] piece = new byte[2 << 20];
        long bytes = 0;
        for (ByteSource.Extent extent : source.extents(0, source.sizeBytes())) {
            for (long at = 0; at < extent.lengthBytes() && !extent.hole(); at += piece.length) {
                int length = (int) Math.min(piece.length, extent.lengthBytes() - at);
                source.read(
                        extent.offsetBytes() + at, MemorySegment.ofArray(piece).asSlice(0, length));
                bytes += length;
            }
        }
        long nanos = System.nanoTime() - began;
        System.out.printf("%s: %d MB of data, %d MB/s%n", how, bytes / 1_000_000, bytes * 1_000 / nanos);
    }

    private static void some(String how, ByteSource source) throws Exception {
        int count = 2_000;
        byte[] piece = new byte[SECTOR_BYTES];
        SplittableRandom random = new SplittableRandom(1);
        long began = System.nanoTime();
        for (int i = 0; i < count; i++) {
            source.read(random.nextLong(source.sizeBytes() - SECTOR_BYTES), MemorySegment.ofArray(piece));
        }
        System.out.printf("%s: 4 KiB anywhere in %d µs%n", how, (System.nanoTime() - began) / 1_000 / count);
    }
}
