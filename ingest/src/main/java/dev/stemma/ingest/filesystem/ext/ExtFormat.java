package dev.stemma.ingest.filesystem.ext;

import dev.stemma.graph.model.Observation.Severity;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.Observed;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Unsupported;
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

    /**
     * Replays the journal in memory where that is needed, and says so by an observation. Besides what the interface says,
     * {@code bad-checksum} when the checksum of the superblock or of a transaction is wrong, as Linux does.
     */
    @Override
    public FileSystemReader open(ByteSource bytes, Budget budget) throws ImageProblem {
        Superblock superblock = Superblock.parse(superblock(bytes), bytes.origin(), bytes.sizeBytes());
        Observed observed = new Observed(ExtReader.NAME, superblock.origin().toString(), "e2fsck");
        if (!superblock.has(Feature.INCOMPAT_RECOVER)) {
            noteIgnoredJournal(superblock, bytes, budget, observed);
            return new ExtReader(superblock, bytes, observed, budget);
        }
        Journal.Replay replay = Journal.open(superblock, bytes, budget).replay();
        Superblock replayed = Superblock.parse(superblock(replay.source()), bytes.origin(), bytes.sizeBytes());
        if (replayed.blockBytes() != superblock.blockBytes()) {
            throw new Corrupt("bad-value", superblock.origin(), "the journal changes the block size");
        }
        observed.add("journal-replayed", Severity.NOTE, replay.summary(), "Nothing; the image was not changed.");
        return new ExtReader(replayed, replay.source(), observed, budget);
    }

    /** Linux goes by the superblock alone, and throws such a journal away; e2fsck replays it. */
    private static void noteIgnoredJournal(Superblock superblock, ByteSource bytes, Budget budget, Observed observed)
            throws ImageProblem {
        if ((superblock.compat() & Feature.COMPAT_HAS_JOURNAL) == 0 || superblock.journalInode() == 0) {
            return;
        }
        try {
            if (!Journal.open(superblock, bytes, budget).isEmpty()) {
                observed.add(
                        "journal-ignored",
                        Severity.PARTIAL,
                        "it says that it was unmounted, and its journal holds transactions all the same",
                        "Run e2fsck on a copy to see what they change.");
            }
        } catch (Corrupt | Unsupported unusable) {
            // A journal that nobody needs; Linux would make it anew or refuse to write.
            return;
        }
    }

    private static Structure superblock(ByteSource bytes) throws ImageProblem {
        byte[] raw = new byte[Superblock.LENGTH_BYTES];
        bytes.read(Superblock.OFFSET_BYTES, MemorySegment.ofArray(raw));
        return Structure.of(raw, bytes.origin());
    }
}
