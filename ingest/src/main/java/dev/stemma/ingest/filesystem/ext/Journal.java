package dev.stemma.ingest.filesystem.ext;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import dev.stemma.ingest.problem.Unsupported;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The journal in a file system's own inode, and its replay in memory: the second and third pass of {@code do_one_pass()} in
 * {@code fs/jbd2/recovery.c}. A block counts as its last transaction left it, unless that or a later transaction revokes it.
 */
final class Journal {

    /** Different blocks that are replayed or revoked; four times the blocks of a usual journal of 1 GiB. */
    private static final int MAX_BLOCKS = 1 << 20;

    private static final int REVOKE_HEADER_BYTES = 16;
    private static final int FAST_COMMIT_HEAD = 9;

    private final JournalSuperblock facts;
    private final LogBlocks log;
    private final ByteSource disk;
    private final Map<Long, Integer> revoked = new HashMap<>();
    private final TreeMap<Long, ReplayedSource.Place> replayed = new TreeMap<>();
    private long skipped;

    private Journal(JournalSuperblock facts, LogBlocks log, ByteSource disk) {
        this.facts = facts;
        this.log = log;
        this.disk = disk;
    }

    /**
     * What a replay made of a disk.
     *
     * @param source the bytes to read from now on
     * @param summary for people
     */
    record Replay(ReplayedSource source, String summary) {}

    /**
     * @param superblock of the disk as it is
     * @throws Unsupported {@code needs-recovery} when the journal lies on another device
     * @throws Corrupt when there is none
     */
    static Journal open(Superblock superblock, ByteSource disk, Budget budget) throws ImageProblem {
        Origin at = superblock.origin().within("superblock");
        if ((superblock.compat() & Feature.COMPAT_HAS_JOURNAL) == 0) {
            throw new Corrupt("bad-value", at, "it needs its journal and has none", "Run e2fsck in the guest.");
        }
        if (superblock.journalInode() == 0) {
            throw recovery(at, "its journal lies on another device");
        }
        Pages pages = new Pages(disk, budget, superblock.facts().sizeBytes(), superblock.blockBytes());
        InodeTable inodes = new InodeTable(superblock, new Groups(superblock, pages), pages);
        Inode inode = inodes.inode(superblock.journalInode());
        if (inode.kind() != Inode.REGULAR || inode.has(Inode.FLAG_INLINE_DATA) || inode.has(Inode.FLAG_ENCRYPTED)) {
            throw new Corrupt("bad-value", inode.origin(), "is not a journal");
        }
        LogBlocks log = new LogBlocks(inode, pages, disk, budget);
        JournalSuperblock facts = JournalSuperblock.parse(log.read(0), superblock.blockBytes(), log.count());
        return new Journal(facts, log, disk);
    }

    /** Whether it says that it holds no transaction. */
    boolean isEmpty() {
        return facts.start() == 0;
    }

    /**
     * Replays it in memory. To be called once.
     *
     * @throws Unsupported {@code needs-recovery} when fast commits follow
     * @throws Corrupt when a complete transaction is damaged
     */
    Replay replay() throws ImageProblem {
        JournalScan.Found found = JournalScan.scan(facts, log);
        refuseFastCommits(found.nextSequence());
        for (JournalScan.Control control : found.controls()) {
            if (control.revokes()) {
                revoke(control);
            }
        }
        for (JournalScan.Control control : found.controls()) {
            if (!control.revokes()) {
                replay(control);
            }
        }
        ReplayedSource source = new ReplayedSource(disk, facts.blockBytes(), replayed);
        String summary = "it was not unmounted; " + found.transactions()
                + " transactions of its journal were replayed in memory, "
                + source.replayedBlocks() + " blocks, " + skipped + " revoked"
                + (found.dropped() ? "; the last one is not complete and was dropped" : "");
        return new Replay(source, summary);
    }

    /**
     * Fast commits continue the transaction after the last complete one; else they are left from before. Linux leaves one block
     * between the ring and the first of them ({@code j_fc_first}); other writers may not.
     */
    private void refuseFastCommits(int nextSequence) throws ImageProblem {
        for (long at = facts.end(); facts.fastCommits() && at < Math.min(facts.end() + 2, log.count()); at++) {
            Structure block = Structure.of(log.bytes(at), log.origin().within("log block " + at));
            if (block.u16(0) == FAST_COMMIT_HEAD && block.s32(8) == nextSequence) {
                throw recovery(log.origin(), "its journal ends in fast commits");
            }
        }
    }

    private void revoke(JournalScan.Control control) throws ImageProblem {
        Fields block = log.read(control.logBlock());
        long used = block.u32(12);
        if (used < REVOKE_HEADER_BYTES || used > block.sizeBytes() - facts.tailBytes()) {
            throw new Corrupt("bad-value", block.origin(), "the revoke block uses " + used + " bytes");
        }
        int recordBytes = facts.wide() ? 8 : 4;
        for (int at = REVOKE_HEADER_BYTES; at + recordBytes <= used; at += recordBytes) {
            // Log order is the order of sequence numbers, so the last is the latest.
            revoked.put(facts.wide() ? block.i64(at) : block.u32(at), control.sequence());
        }
        requireRoom(revoked.size());
    }

    private void replay(JournalScan.Control control) throws ImageProblem {
        List<JournalTag> tags = JournalTag.of(log.read(control.logBlock()), facts);
        long at = control.logBlock();
        for (JournalTag tag : tags) {
            at = facts.after(at, 1);
            Integer until = revoked.get(tag.block());
            if (until != null && until - control.sequence() >= 0) {
                skipped++;
                continue;
            }
            if (tag.block() < 0 || tag.block() > disk.sizeBytes() / facts.blockBytes() - 1) {
                throw new Corrupt(
                        "out-of-bounds",
                        log.origin(),
                        "a transaction writes block " + tag.block() + ", which is not there");
            }
            if (!tag.fits(log.bytes(at), control.sequence(), facts)) {
                throw new Corrupt(
                        "bad-checksum",
                        log.origin().within("log block " + at),
                        "what the journal holds for block " + tag.block() + " does not fit its checksum",
                        "Run e2fsck in the guest, or index a copy that was shut down.");
            }
            replayed.put(tag.block(), new ReplayedSource.Place(log.offsetBytes(at), tag.escaped()));
        }
        requireRoom(replayed.size());
    }

    private void requireRoom(int blocks) throws OverBudget {
        if (blocks > MAX_BLOCKS) {
            throw new OverBudget("size-limit", log.origin(), "has more than " + MAX_BLOCKS + " blocks to replay");
        }
    }

    private static Unsupported recovery(Origin at, String why) {
        return new Unsupported(
                "needs-recovery",
                at,
                "it was not unmounted, and " + why,
                "Shut the guest down cleanly, or let libguestfs read it.");
    }
}
