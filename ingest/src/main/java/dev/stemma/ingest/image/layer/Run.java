package dev.stemma.ingest.image.layer;

import dev.stemma.ingest.bytes.ByteSource;

/** A stretch of a guest's disk of which one thing is true. */
public sealed interface Run {

    /** Length on the guest's disk, more than 0. */
    long lengthBytes();

    /** The same of its first part. */
    Run first(long lengthBytes);

    /** It lies in a file as it is; what sticks out of the file's end is zeros. */
    record Stored(ByteSource file, long offsetBytes, long lengthBytes) implements Run {
        @Override
        public Run first(long length) {
            return new Stored(file, offsetBytes, length);
        }
    }

    /** It is zeros. */
    record Zeros(long lengthBytes) implements Run {
        @Override
        public Run first(long length) {
            return new Zeros(length);
        }
    }

    /** This layer does not have it: the file below does, and where there is none it is zeros. */
    record Below(long lengthBytes) implements Run {
        @Override
        public Run first(long length) {
            return new Below(length);
        }
    }

    /** It is a part of a compressed block. */
    record Packed(PackedBlock block, long skipBytes, long lengthBytes) implements Run {
        @Override
        public Run first(long length) {
            return new Packed(block, skipBytes, length);
        }
    }

    /**
     * A compressed block: the unit that is unpacked at once.
     *
     * @param packedBytes how long the packed form is at most; padding behind it does no harm
     * @param blockBytes length when unpacked
     * @param usedBytes how much of it lies on the disk: its last block may be shorter
     */
    record PackedBlock(
            ByteSource file, long offsetBytes, int packedBytes, int blockBytes, int usedBytes, Packing packing) {}

    /** How blocks are packed. */
    enum Packing {
        /** Deflate without a header: qcow and qcow2. */
        DEFLATE,
        /** A zstd frame: qcow2. */
        ZSTD,
        /** VMDK's marker (sector, length), then zlib. */
        GRAIN
    }
}
