package dev.stemma.ingest.filesystem.ext;

import java.util.zip.CRC32C;

/**
 * The two checksums of ext4: CRC-32C ({@code metadata_csum}) and CRC-16 ({@code uninit_bg}), see "Checksums" in the kernel's
 * ext4 documentation.
 *
 * <p>ext4 starts CRC-32C from a seed, which Java's (fast, intrinsic) {@link CRC32C} cannot. Four bytes take the register from
 * its fixed start to any state, so the seed becomes a prefix of four bytes.
 */
final class Checksums {

    private static final int CASTAGNOLI_REFLECTED = 0x82f63b78;
    private static final int ANSI_REFLECTED = 0xa001;

    private final int prefix;

    private Checksums(int prefix) {
        this.prefix = prefix;
    }

    /** Checksums of a file system whose seed is the given one. */
    static Checksums seeded(int seed) {
        int state = seed;
        for (int bit = 0; bit < 32; bit++) {
            // The polynomial's top bit is set, so the top bit of the state tells whether it was folded in.
            state = state < 0 ? (state ^ CASTAGNOLI_REFLECTED) << 1 | 1 : state << 1;
        }
        return new Checksums(~state);
    }

    /** The seed made from a UUID, where the superblock states none. */
    static int seedOf(byte[] uuid) {
        return whole(uuid, 0, uuid.length);
    }

    /** CRC-32C of the bytes, started from all ones and not inverted at the end. */
    static int whole(byte[] bytes, int from, int count) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, count);
        return ~(int) crc.getValue();
    }

    /** A running checksum that has taken the seed. */
    Running start() {
        Running running = new Running(new CRC32C());
        running.u32(prefix);
        return running;
    }

    /** CRC-16 (ANSI, reflected) as the kernel's {@code crc16()}. */
    static int crc16(int start, byte[] bytes, int from, int count) {
        int crc = start;
        for (int i = from; i < from + count; i++) {
            crc ^= bytes[i] & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) != 0 ? crc >>> 1 ^ ANSI_REFLECTED : crc >>> 1;
            }
        }
        return crc;
    }

    /** A checksum that is fed piece by piece, by arrays: the platform's fast way takes no single bytes. Not thread-safe. */
    record Running(CRC32C crc) {

        Running u32(long value) {
            byte[] raw = {(byte) value, (byte) (value >>> 8), (byte) (value >>> 16), (byte) (value >>> 24)};
            crc.update(raw, 0, raw.length);
            return this;
        }

        Running bytes(Structure fields, int offset, int count) {
            crc.update(fields.bytes(), fields.start() + offset, count);
            return this;
        }

        Running bytes(byte[] bytes, int from, int count) {
            crc.update(bytes, from, count);
            return this;
        }

        Running zeros(int count) {
            crc.update(new byte[count], 0, count);
            return this;
        }

        int value() {
            return ~(int) crc.getValue();
        }
    }
}
