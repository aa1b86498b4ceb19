package dev.stemma.ingest.volume;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A physical volume by its label ({@code lib/format_text/layout.h}): one of the first four sectors says {@code LABELONE} and where the
 * header lies, which names areas of metadata.
 *
 * @param uuid 32 characters, as the metadata have it without dashes
 * @param areas of metadata, by position and length
 */
record PhysicalVolume(String uuid, ByteSource bytes, List<Area> areas) {

    private static final int SECTOR_BYTES = 512;
    private static final int LABEL_SECTORS = 4;
    private static final int UUID_BYTES = 32;
    /** Both lists of areas lie in the label's sector, so there cannot be more. */
    private static final int MAX_AREAS = 16;

    private static final byte[] LABEL = "LABELONE".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TYPE = "LVM2 001".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AREA_MAGIC = " LVM2 x[5A%r0N*>".getBytes(StandardCharsets.US_ASCII);

    /** Metadata larger than that are refused; LVM's own default is an area of 1 MiB. */
    private static final int MAX_TEXT_BYTES = 16 << 20;

    private static final long IGNORED = 1;

    PhysicalVolume {
        areas = List.copyOf(areas);
    }

    /** A stretch of the device. */
    record Area(long offsetBytes, long lengthBytes) {}

    /**
     * Looks for a label.
     *
     * @throws Corrupt {@code bad-checksum}, {@code bad-value}, {@code out-of-bounds} when there is one that cannot be believed
     */
    static Optional<PhysicalVolume> find(ByteSource bytes) throws ImageProblem {
        for (int sector = 0; sector < LABEL_SECTORS; sector++) {
            long start = (long) sector * SECTOR_BYTES;
            if (start + SECTOR_BYTES > bytes.sizeBytes()) {
                return Optional.empty();
            }
            Fields label = Fields.read(bytes, "LVM label", start, SECTOR_BYTES, ByteOrder.LITTLE_ENDIAN);
            if (label.has(0, LABEL) && label.has(24, TYPE)) {
                return Optional.of(parse(bytes, label, sector));
            }
        }
        return Optional.empty();
    }

    private static PhysicalVolume parse(ByteSource bytes, Fields label, int sector) throws ImageProblem {
        LvmChecksum.require(label.bytes(20, SECTOR_BYTES - 20), label.u32(16), label.origin());
        if (label.i64(8) != sector) {
            throw new Corrupt("bad-value", label.origin(), "says that it lies in sector " + label.i64(8));
        }
        long at = label.u32(20);
        String uuid = new String(label.bytes(at, UUID_BYTES), StandardCharsets.ISO_8859_1);
        at += UUID_BYTES + 8;
        List<Area> data = new ArrayList<>();
        at = areas(label, at, data);
        List<Area> metadata = new ArrayList<>();
        areas(label, at, metadata);
        return new PhysicalVolume(uuid, bytes, metadata);
    }

    private static long areas(Fields label, long start, List<Area> areas) throws Corrupt {
        long at = start;
        while (label.i64(at) != 0) {
            if (areas.size() == MAX_AREAS) {
                throw new Corrupt("bad-value", label.origin(), "names more than " + MAX_AREAS + " areas");
            }
            areas.add(new Area(label.u63(at), label.u63(at + 8)));
            at += 16;
        }
        return at + 16;
    }

    /**
     * The group that an area's metadata describe, as last committed.
     *
     * @return empty for an area that is out of use, or of a volume without a group
     * @throws Corrupt for an area whose header or text cannot be believed
     */
    Optional<LvmSection> metadata(Area area) throws ImageProblem {
        Fields header =
                Fields.read(bytes, "LVM metadata header", area.offsetBytes, SECTOR_BYTES, ByteOrder.LITTLE_ENDIAN);
        Origin origin = header.origin();
        if (!header.has(4, AREA_MAGIC)) {
            throw new Corrupt("bad-magic", origin, "has another magic number than LVM's");
        }
        LvmChecksum.require(header.bytes(4, SECTOR_BYTES - 4), header.u32(0), origin);
        long size = header.u63(32);
        if (header.i64(24) != area.offsetBytes || size < SECTOR_BYTES || area.offsetBytes > bytes.sizeBytes() - size) {
            throw new Corrupt("bad-value", origin, "says that it has " + size + " bytes from " + header.i64(24));
        }
        long offset = header.u63(40);
        long length = header.u63(48);
        if (offset == 0 || length == 0 || (header.u32(60) & IGNORED) != 0) {
            return Optional.empty();
        }
        if (offset < SECTOR_BYTES || offset >= size || length > size - SECTOR_BYTES || length > MAX_TEXT_BYTES) {
            throw new Corrupt("out-of-bounds", origin, "has its text at " + offset + ", of " + length + " bytes");
        }
        byte[] text = ring(area.offsetBytes, size, offset, (int) length);
        Origin place = bytes.origin().within("LVM metadata");
        LvmChecksum.require(text, header.u32(56), place);
        return Optional.of(LvmText.parse(text, place));
    }

    /** The area is a ring: what does not fit before its end goes on after its header. */
    private byte[] ring(long start, long size, long offset, int length) throws ImageProblem {
        int first = (int) Math.min(length, size - offset);
        byte[] text = new byte[length];
        read(start + offset, text, 0, first);
        read(start + SECTOR_BYTES, text, first, length - first);
        return text;
    }

    private void read(long offset, byte[] text, int at, int length) throws ImageProblem {
        bytes.read(offset, java.lang.foreign.MemorySegment.ofArray(text).asSlice(at, length));
    }
}
