package dev.stemma.ingest.filesystem.ext;

import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import java.util.ArrayList;
import java.util.List;

/**
 * Which block of the file system one of the log blocks behind a descriptor block is ({@code journal_block_tag_t} and
 * {@code journal_block_tag3_t}).
 *
 * @param block of the file system; 64 bits as they stand
 * @param escaped whether the first four bytes, a journal's magic number by chance, are zeros in the log
 * @param checksum of sequence number and log block: 32 bits, with the second version their lower 16
 */
record JournalTag(long block, boolean escaped, int checksum) {

    private static final int HEADER_BYTES = 12;
    private static final int UUID_BYTES = 16;
    private static final int ESCAPED = 1;
    private static final int SAME_UUID = 2;
    private static final int LAST = 8;

    /** The tags of a descriptor block, up to the one marked as the last or the end of the block, as Linux reads them. */
    static List<JournalTag> of(Fields descriptor, JournalSuperblock journal) throws Corrupt {
        int tagBytes = journal.v3() ? 16 : 8 + (journal.v2() ? 2 : 0) + (journal.wide() ? 4 : 0);
        int end = descriptor.sizeBytes() - journal.tailBytes();
        List<JournalTag> tags = new ArrayList<>();
        for (int at = HEADER_BYTES; at + tagBytes <= end; ) {
            int flags = descriptor.u16(at + 6);
            long high = journal.wide() ? descriptor.u32(at + 8) << 32 : 0;
            int checksum = journal.v3() ? (int) descriptor.u32(at + 12) : descriptor.u16(at + 4);
            tags.add(new JournalTag(descriptor.u32(at) | high, (flags & ESCAPED) != 0, checksum));
            if ((flags & LAST) != 0) {
                break;
            }
            at += tagBytes + ((flags & SAME_UUID) != 0 ? 0 : UUID_BYTES);
        }
        return tags;
    }

    /** Whether the log block is the one that was written for this tag. */
    boolean fits(byte[] logBlock, int sequence, JournalSuperblock journal) {
        if (!journal.sumsBlocks()) {
            return true;
        }
        int sum = Checksums.seeded(journal.seed())
                .start()
                .u32(Integer.toUnsignedLong(Integer.reverseBytes(sequence)))
                .bytes(logBlock, 0, logBlock.length)
                .value();
        return journal.v3() ? sum == checksum : (sum & 0xffff) == checksum;
    }
}
