package dev.stemma.ingest.filesystem.fat;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** FAT12, FAT16 and FAT32. Stateless. */
public final class FatFormat implements FileSystemReader.Format {

    private static final byte[] WORD = "FAT".getBytes(StandardCharsets.US_ASCII);

    @Override
    public boolean detect(ByteSource bytes) throws ImageProblem {
        if (bytes.sizeBytes() < BootSector.LENGTH_BYTES) {
            return false;
        }
        Fields sector = sector(bytes);
        boolean jump = sector.u8(0) == 0xeb || sector.u8(0) == 0xe9;
        return jump
                && sector.has(510, (byte) 0x55, (byte) 0xaa)
                && (sector.has(BootSector.WORD_AT, WORD) || sector.has(BootSector.WORD_AT_32, WORD));
    }

    @Override
    public FileSystemReader open(ByteSource bytes, Budget budget) throws ImageProblem {
        return FatReader.open(BootSector.parse(sector(bytes), bytes.sizeBytes()), bytes, budget);
    }

    private static Fields sector(ByteSource bytes) throws ImageProblem {
        return Fields.read(bytes, "boot sector", 0, BootSector.LENGTH_BYTES, ByteOrder.LITTLE_ENDIAN);
    }
}
