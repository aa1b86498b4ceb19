package dev.stemma.ingest.filesystem.fat;

import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Unsupported;

/**
 * The first sector, vetted: everything that it places lies on the volume. All positions in bytes from the volume's start.
 *
 * @param bits of an entry of the table: 12, 16 or 28
 * @param tableBytes of one copy, at most what the clusters need
 * @param rootAt the fixed root directory of FAT12 and FAT16; 0 for FAT32
 * @param rootCluster of FAT32; 0 otherwise
 * @param dataAt where cluster 2 lies
 * @param clusters how many there are; they are numbered from 2
 * @param volumeId as it stands
 * @param label eleven bytes as they stand
 * @param dirty whether the sector says that the volume was not unmounted
 */
record BootSector(
        int bits,
        long tableAt,
        long tableBytes,
        long rootAt,
        int rootBytes,
        int rootCluster,
        long dataAt,
        int clusterBytes,
        int clusters,
        long sizeBytes,
        long volumeId,
        byte[] label,
        boolean dirty) {

    static final int LENGTH_BYTES = 512;
    static final int WORD_AT = 0x36;
    static final int WORD_AT_32 = 0x52;

    private static final int MAX_FAT12 = 0xff4;
    private static final int MAX_FAT16 = 0xfff4;
    private static final int MAX_FAT32 = 0x0fff_fff6;
    private static final int MAX_CLUSTER_BYTES = 256 << 10;
    private static final int ENTRY_BYTES = 32;
    private static final long ENTRY_MASK = 0x0fff_ffffL;

    static BootSector parse(Fields sector, long availableBytes) throws ImageProblem {
        int sectorBytes = sector.u16(11);
        require(
                sector,
                powerOfTwo(sectorBytes) && sectorBytes >= 512 && sectorBytes <= 4_096,
                "a sector size",
                sectorBytes);
        int clusterBytes = sector.u8(13) * sectorBytes;
        require(sector, powerOfTwo(sector.u8(13)) && clusterBytes <= MAX_CLUSTER_BYTES, "a cluster size", clusterBytes);
        int reserved = sector.u16(14);
        int copies = sector.u8(16);
        require(sector, reserved > 0, "so many reserved sectors:", reserved);
        require(sector, copies > 0 && copies <= 16, "so many copies of its table:", copies);
        boolean fat32 = sector.u16(22) == 0;
        long tableSectors = fat32 ? sector.u32(36) : sector.u16(22);
        long sectors = sector.u16(19) == 0 ? sector.u32(32) : sector.u16(19);
        long rootEntries = sector.u16(17);
        require(sector, tableSectors > 0, "a table of so many sectors:", tableSectors);
        require(sector, rootEntries > 0 || fat32, "a root directory of so many entries:", rootEntries);
        int mirroring = fat32 ? sector.u16(40) : 0;
        if ((mirroring & 0x80) != 0 && (mirroring & 0xf) != 0) {
            throw new Unsupported(
                    "unsupported-feature",
                    sector.origin(),
                    "another copy of the table than the first is the active one",
                    "libguestfs reads it.");
        }
        long sizeBytes = sectors * sectorBytes;
        if (sizeBytes > availableBytes) {
            throw new Corrupt(
                    "truncated",
                    sector.origin(),
                    "the file system has " + sizeBytes + " bytes, and " + availableBytes + " are there",
                    "Copy the image again from its source.");
        }
        long tableAt = (long) reserved * sectorBytes;
        long rootAt = tableAt + copies * tableSectors * sectorBytes;
        long rootBytes = fat32 ? 0 : Math.ceilDiv(rootEntries * ENTRY_BYTES, (long) sectorBytes) * sectorBytes;
        long dataAt = rootAt + rootBytes;
        if (dataAt > sizeBytes) {
            throw new Corrupt(
                    "out-of-bounds", sector.origin(), "its data starts at byte " + dataAt + " of " + sizeBytes);
        }
        long clusters = (sizeBytes - dataAt) / clusterBytes;
        int bits = fat32 ? 28 : clusters > MAX_FAT12 ? 16 : 12;
        long most = fat32 ? MAX_FAT32 : bits == 16 ? MAX_FAT16 : MAX_FAT12;
        require(sector, clusters <= most, "so many clusters:", clusters);
        clusters = Math.min(clusters, tableSectors * sectorBytes * 8 / (fat32 ? 32 : bits) - 2);
        require(sector, clusters > 0, "so many clusters:", clusters);
        int extended = fat32 ? 64 : 36;
        return new BootSector(
                bits,
                tableAt,
                Math.ceilDiv((clusters + 2) * (fat32 ? 32 : bits), 8L),
                fat32 ? 0 : rootAt,
                (int) rootBytes,
                fat32 ? (int) (sector.u32(44) & ENTRY_MASK) : 0,
                dataAt,
                clusterBytes,
                (int) clusters,
                sizeBytes,
                sector.u32(extended + 3L),
                sector.bytes(extended + 7L, 11),
                (sector.u8(extended + 1L) & 1) != 0);
    }

    private static boolean powerOfTwo(int value) {
        return Integer.bitCount(value) == 1;
    }

    private static void require(Fields sector, boolean sane, String what, long value) throws Corrupt {
        if (!sane) {
            throw new Corrupt("bad-value", sector.origin(), "claims " + what + " " + value);
        }
    }

    /** Where a cluster lies; it must be one of the volume's. */
    long at(int cluster) {
        return dataAt + (cluster - 2L) * clusterBytes;
    }

    boolean has(long cluster) {
        return cluster >= 2 && cluster < clusters + 2L;
    }

    /** As {@code blkid} prints it. */
    String uuid() {
        return String.format("%04X-%04X", volumeId >>> 16, volumeId & 0xffff);
    }
}
