package dev.stemma.ingest.filesystem.xfs;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/** XFS, versions 4 and 5. Stateless. */
public final class XfsFormat implements FileSystemReader.Format {

    @Override
    public boolean detect(ByteSource bytes) throws ImageProblem {
        if (bytes.sizeBytes() < Superblock.LENGTH_BYTES) {
            return false;
        }
        byte[] magic = new byte[4];
        bytes.read(0, MemorySegment.ofArray(magic));
        return dev.stemma.ingest.bytes.Fields.of(magic, bytes.origin(), ByteOrder.BIG_ENDIAN)
                .has(0, Superblock.MAGIC);
    }

    /** Besides what the interface says, {@code bad-checksum} when the superblock's checksum is wrong, as Linux does. */
    @Override
    public FileSystemReader open(ByteSource bytes, Budget budget) throws ImageProblem {
        Superblock superblock = Superblock.read(bytes);
        Log.requireClean(superblock, bytes);
        return new XfsReader(superblock, bytes, budget);
    }
}
