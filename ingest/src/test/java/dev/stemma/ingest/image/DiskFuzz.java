package dev.stemma.ingest.image;

import dev.stemma.ingest.fuzz.ImageFuzz;
import dev.stemma.ingest.fuzz.Scratch;
import dev.stemma.ingest.image.layer.BackingName;
import dev.stemma.ingest.image.layer.Layer;
import dev.stemma.ingest.image.layer.LayeredSource;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unsupported;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.zip.CRC32C;

/** Damaged disks of one format: headers, tables, compressed blocks. The variants are what qemu-img writes. */
public final class DiskFuzz extends ImageFuzz {

    private static final long READ_AT_MOST = 4 << 20;
    private static final int[][] VHDX_SEALED = {
        {64 << 10, 4_096}, {128 << 10, 4_096}, {192 << 10, 64 << 10}, {256 << 10, 64 << 10}
    };

    private final DiskFormat format;
    private final List<String> variants;

    private DiskFuzz(DiskFormat format, String... variants) {
        this.format = format;
        this.variants = List.of(variants);
    }

    /** A target for each format. */
    public static List<DiskFuzz> all() {
        return List.of(
                new DiskFuzz(
                        DiskFormat.QCOW2,
                        "",
                        "-c",
                        "-o extended_l2=on",
                        "-c -o compression_type=zstd",
                        "-o compat=0.10"),
                new DiskFuzz(DiskFormat.QCOW, "", "-c"),
                new DiskFuzz(DiskFormat.VMDK, "", "-o subformat=streamOptimized", "-o zeroed_grain=on"),
                new DiskFuzz(DiskFormat.VPC, "-o force_size=on", "-o force_size=on,subformat=fixed"),
                new DiskFuzz(DiskFormat.VHDX, "-o block_size=1M"),
                new DiskFuzz(DiskFormat.VDI, ""),
                new DiskFuzz(DiskFormat.PARALLELS, "-o cluster_size=64k"));
    }

    @Override
    public String name() {
        return format.word();
    }

    @Override
    public void make(Path directory) throws Exception {
        Path raw = work(directory).resolve("raw");
        try (FileChannel channel = FileChannel.open(raw, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long at : new long[] {0, 200_000, 1_000_000, (2 << 20) - 3_000}) {
                channel.write(
                        java.nio.ByteBuffer.wrap(
                                "Stemma ".repeat(400).getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                        at);
            }
            channel.write(java.nio.ByteBuffer.wrap(new byte[1]), (2 << 20) - 1);
        }
        for (int i = 0; i < variants.size(); i++) {
            DiskFormatOracleIT.convert(
                    format.word(),
                    variants.get(i),
                    raw,
                    set(directory, "variant-" + i).resolve("disk"));
        }
    }

    @Override
    protected void seal(List<Scratch> images) {
        Scratch image = images.getFirst();
        if (format == DiskFormat.VHDX) {
            for (int[] structure : VHDX_SEALED) {
                byte[] bytes = image.copy(structure[0], structure[1]);
                java.util.Arrays.fill(bytes, 4, 8, (byte) 0);
                CRC32C sum = new CRC32C();
                sum.update(bytes, 0, bytes.length);
                image.putLittle(structure[0] + 4, (int) sum.getValue());
            }
        }
    }

    @Override
    protected void read(String set, List<Scratch> images) throws ImageProblem {
        Budget budget = Budget.of(Duration.ofSeconds(10));
        Scratch image = images.getFirst();
        Layer layer = Layers.open(format, image, name -> sibling(image, name), budget);
        try (LayeredSource disk = new LayeredSource(layer, null, Origin.of("disk"), budget)) {
            MemorySegment target = MemorySegment.ofArray(new byte[1 << 18]);
            long end = Math.min(disk.sizeBytes(), READ_AT_MOST);
            for (long at = 0; at < end; at += target.byteSize()) {
                disk.read(at, target.asSlice(0, Math.min(target.byteSize(), end - at)));
            }
            disk.extents(0, end);
            long last = Math.max(0, disk.sizeBytes() - 512);
            disk.read(last, target.asSlice(0, disk.sizeBytes() - last));
        }
    }

    /** Whatever is named, the file itself is what lies there. */
    private static Scratch sibling(Scratch image, BackingName name) throws Unsupported {
        if (!name.plain()) {
            throw new Unsupported("unsupported-feature", image.origin(), "names a file elsewhere");
        }
        return image;
    }
}
