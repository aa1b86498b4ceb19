package dev.stemma.ingest.image.vdi;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.image.layer.Layer;
import dev.stemma.ingest.image.layer.Pages;
import dev.stemma.ingest.image.layer.Run;
import dev.stemma.ingest.image.layer.Soundness;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unsupported;
import java.nio.ByteOrder;

/**
 * A VDI file of version 1.1, fixed or dynamic: one table of blocks. Sources: VirtualBox' VDICore.h and block/vdi.c of QEMU.
 *
 * @param tableOffset of the block map: 4 bytes a block, its number among the stored blocks
 * @param strideBytes from one stored block to the next
 */
public record VdiLayer(
        ByteSource file,
        Pages table,
        long virtualBytes,
        long tableOffset,
        long dataOffset,
        long blockBytes,
        long strideBytes)
        implements Layer {

    private static final int HEADER_BYTES = 0x1c8;
    private static final long SIGNATURE = 0xbeda107fL;
    private static final int MAX_BLOCKS = 1 << 26;
    private static final long NOT_STORED = 0xffffffffL;
    private static final long ZEROS = 0xfffffffeL;

    /**
     * Reads and checks header and table.
     *
     * @throws Corrupt {@code truncated}, {@code bad-magic}, {@code bad-value}
     * @throws Unsupported {@code unsupported-feature}; {@code backing-unnamed} for a difference image, which names its parent by id only
     */
    public static VdiLayer open(ByteSource file, Budget budget) throws ImageProblem {
        Origin origin = file.origin().within("vdi header");
        if (file.sizeBytes() < HEADER_BYTES) {
            throw new Corrupt("truncated", origin, "the header does not fit into " + file.sizeBytes() + " bytes");
        }
        Fields header = Fields.read(file, "vdi header", 0, HEADER_BYTES, ByteOrder.LITTLE_ENDIAN);
        if (header.u32(0x40) != SIGNATURE) {
            throw new Corrupt("bad-magic", origin, "has no VDI signature at byte 64");
        }
        if (header.u32(0x44) != 0x00010001) {
            throw new Unsupported(
                    "unsupported-feature", origin, "is of version " + Long.toHexString(header.u32(0x44)) + ", not 1.1");
        }
        requireType(header.u32(0x4c), origin);
        long virtualBytes = header.u63(0x170);
        long blockBytes = header.u32(0x178);
        long extraBytes = header.u32(0x17c);
        long blocks = header.u32(0x180);
        long tableOffset = header.u32(0x154);
        require(
                blockBytes >= 4_096 && blockBytes <= 64 << 20 && Long.bitCount(blockBytes) == 1,
                "has blocks of " + blockBytes + " bytes",
                origin);
        require(extraBytes % 512 == 0 && extraBytes <= blockBytes, "has blocks with " + extraBytes + " more", origin);
        require(
                virtualBytes > 0 && blocks <= MAX_BLOCKS && virtualBytes <= blocks * blockBytes,
                "claims a disk of " + virtualBytes + " bytes in " + blocks + " blocks",
                origin);
        require(
                tableOffset % 4 == 0
                        && tableOffset >= HEADER_BYTES - 0x48
                        && tableOffset <= file.sizeBytes() - blocks * 4,
                "its table of " + blocks + " blocks lies at byte " + tableOffset,
                origin);
        VdiLayer layer = new VdiLayer(
                file,
                new Pages(file, "vdi table", ByteOrder.LITTLE_ENDIAN),
                virtualBytes,
                tableOffset,
                header.u32(0x158) + extraBytes,
                blockBytes,
                blockBytes + extraBytes);
        Soundness.require(layer, file.sizeBytes(), false, file.origin().within("vdi table"), budget);
        return layer;
    }

    private static void requireType(long type, Origin origin) throws Unsupported {
        if (type == 4) {
            throw new Unsupported(
                    "backing-unnamed",
                    origin,
                    "holds the differences to another VDI, which it names by an id alone",
                    "Merge it into a copy: VBoxManage clonemedium disk SOURCE TARGET --format VDI.");
        }
        if (type != 1 && type != 2) {
            throw new Unsupported("unsupported-feature", origin, "is of type " + type + ", neither dynamic nor fixed");
        }
    }

    private static void require(boolean condition, String message, Origin origin) throws Corrupt {
        if (!condition) {
            throw new Corrupt("bad-value", origin, message);
        }
    }

    @Override
    public Run run(long offsetBytes) throws ImageProblem {
        long within = offsetBytes & (blockBytes - 1);
        long length = Math.min(virtualBytes - offsetBytes, blockBytes - within);
        long block = table.u32(tableOffset + offsetBytes / blockBytes * 4);
        return block == NOT_STORED || block == ZEROS
                ? new Run.Zeros(length)
                : new Run.Stored(file, dataOffset + block * strideBytes + within, length);
    }
}
