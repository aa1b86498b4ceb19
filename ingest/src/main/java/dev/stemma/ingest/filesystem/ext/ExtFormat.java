package dev.stemma.ingest.filesystem.ext;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import java.lang.foreign.MemorySegment;

/** ext2, ext3 and ext4. Stateless. */
public final class ExtFormat implements FileSystemReader.Format {

    @Override
    public boolean detect(ByteSource bytes) throws ImageProblem {
        if (bytes.sizeBytes() < Superblock.OFFSET_BYTES + Superblock.LENGTH_BYTES) {
            return false;
        }
        return superblock(bytes).u16(Superblock.MAGIC_OFFSET) == Superblock.MAGIC;
    }

    /** Besides what the interface says, {@code bad-checksum} when the superblock's checksum is wrong, as Linux does. */
    @Override
    public FileSystemReader open(ByteSource bytes, Budget budget) throws ImageProblem {
        Superblock superblock = Superblock.parse(superblock(bytes), bytes.origin(), bytes.sizeBytes());
        return new ExtReader(superblock, bytes, budget);
    }

    private static Structure superblock(ByteSource bytes) throws ImageProblem {
        byte[] raw = new byte[Superblock.LENGTH_BYTES];
        bytes.read(Superblock.OFFSET_BYTES, MemorySegment.ofArray(raw));
        return Structure.of(raw, bytes.origin());
    }
}
