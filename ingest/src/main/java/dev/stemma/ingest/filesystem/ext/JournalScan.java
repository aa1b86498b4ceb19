package dev.stemma.ingest.filesystem.ext;

import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.OverBudget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the complete transactions of a journal: the first pass of {@code do_one_pass()} in {@code fs/jbd2/recovery.c}. The log ends
 * where no block of the journal stands, or one of another transaction than the next. What has no commit block yet is
 * dropped; what has one and does not fit its checksum is {@code Corrupt}, unless the times say that it is left from before.
 *
 * <p>Beyond what Linux does, the rest of the ring is searched: a complete transaction behind the end says that the log is
 * damaged before it, and Linux would leave it out without a word.
 */
final class JournalScan {

    /** Descriptor and revoke blocks; a usual journal of 1 GiB has less than 4,000 that are full. */
    private static final int MAX_CONTROLS = 1 << 20;

    private static final int DESCRIPTOR = 1;
    private static final int COMMIT = 2;
    private static final int REVOKE = 5;
    private static final int COMMIT_SUM = 0x10;
    private static final int COMMIT_SECONDS = 0x30;
    private static final int SUM_CRC32 = 1;
    private static final int SUM_BYTES = 4;

    private final JournalSuperblock journal;
    private final LogBlocks log;
    private final TransactionSum sum = new TransactionSum();
    private final List<Control> complete = new ArrayList<>();
    private final List<Control> pending = new ArrayList<>();
    private long at;
    private long visited;
    private int sequence;
    private int transactions;
    private long lastSeconds;
    private boolean misfit;
    private boolean torn;

    private JournalScan(JournalSuperblock journal, LogBlocks log) {
        this.journal = journal;
        this.log = log;
        this.at = journal.start();
        this.sequence = journal.sequence();
    }

    /**
     * A block that says what others are.
     *
     * @param revokes whether it revokes blocks, or describes the log blocks behind it
     */
    record Control(long logBlock, int sequence, boolean revokes) {}

    /**
     * @param controls of complete transactions, in log order
     * @param nextSequence that of the first transaction which is not complete
     * @param transactions how many are complete
     * @param dropped whether there is a part of one more
     */
    record Found(List<Control> controls, int nextSequence, int transactions, boolean dropped) {}

    static Found scan(JournalSuperblock journal, LogBlocks log) throws ImageProblem {
        JournalScan scan = new JournalScan(journal, log);
        if (journal.start() != 0) {
            boolean more = scan.step();
            while (more) {
                more = scan.step();
            }
        } else {
            scan.at = journal.first();
        }
        scan.requireEnd();
        return new Found(scan.complete, scan.sequence, scan.transactions, scan.torn || !scan.pending.isEmpty());
    }

    /** Takes one block of the journal and what it describes; false at the end of the log. */
    private boolean step() throws ImageProblem {
        byte[] bytes = log.bytes(at);
        Fields block = log.fields(at, bytes);
        if ((int) block.u32(0) != JournalSuperblock.MAGIC || (int) block.u32(8) != expected()) {
            return false;
        }
        return switch ((int) block.u32(4)) {
            case DESCRIPTOR -> {
                misfit |= !fitsTail(bytes, block);
                control(false);
                describe(bytes, JournalTag.of(block, journal).size());
                yield true;
            }
            case REVOKE -> {
                misfit |= !fitsTail(bytes, block);
                control(true);
                advance(1);
                yield true;
            }
            case COMMIT -> {
                advance(1);
                yield commit(bytes, block);
            }
            default -> false;
        };
    }

    private int expected() {
        return torn ? sequence + 1 : sequence;
    }

    private void control(boolean revokes) throws OverBudget {
        if (pending.size() + complete.size() >= MAX_CONTROLS) {
            throw new OverBudget("size-limit", log.origin(), "has more than " + MAX_CONTROLS + " descriptor blocks");
        }
        pending.add(new Control(at, sequence, revokes));
    }

    private void describe(byte[] descriptor, int count) throws ImageProblem {
        if (journal.sumsTransactions()) {
            sum.add(descriptor);
            for (int i = 1; i <= count; i++) {
                sum.add(log.bytes(journal.after(at, i)));
            }
        }
        advance(1L + count);
    }

    /** A ring cannot hold more blocks than it has; without this, it could go around for ever. */
    private void advance(long count) throws Corrupt {
        visited += count;
        if (visited > journal.end() - journal.first()) {
            throw new Corrupt("loop", log.origin(), "its transactions have more blocks than the journal");
        }
        at = journal.after(at, count);
    }

    private boolean commit(byte[] bytes, Fields block) throws ImageProblem {
        long seconds = block.i64(COMMIT_SECONDS);
        boolean fits = !misfit && fitsCommit(bytes, block);
        if (!fits && seconds < lastSeconds) {
            // Older than the transaction before it: left from an earlier use of these blocks.
            return false;
        }
        if (torn || !fits && (misfit || !journal.asyncCommit())) {
            throw new Corrupt(
                    "bad-checksum",
                    log.origin(),
                    "transaction " + Integer.toUnsignedString(sequence) + " of the journal does not fit its checksum",
                    "Run e2fsck in the guest, or index a copy that was shut down.");
        }
        sum.reset();
        if (!fits) {
            torn = true;
            pending.clear();
            return true;
        }
        lastSeconds = seconds;
        complete.addAll(pending);
        pending.clear();
        sequence++;
        transactions++;
        return true;
    }

    private void requireEnd() throws ImageProblem {
        long ring = journal.end() - journal.first();
        // An asynchronous commit block may be there before what it commits: then its transaction is not complete.
        int earliest = journal.asyncCommit() ? 1 : 0;
        for (long i = visited; i < ring; i++) {
            Fields block = log.head(journal.after(at, i - visited));
            int ahead = (int) block.u32(8) - sequence;
            if ((int) block.u32(0) == JournalSuperblock.MAGIC
                    && block.u32(4) == COMMIT
                    && ahead >= earliest
                    && ahead < ring
                    && block.i64(COMMIT_SECONDS) >= lastSeconds) {
                throw new Corrupt(
                        "bad-value",
                        log.origin(),
                        "the journal breaks off at transaction " + Integer.toUnsignedString(sequence)
                                + ", and a later one is complete",
                        "Run e2fsck in the guest, or index a copy that was shut down.");
            }
        }
    }

    private boolean fitsCommit(byte[] bytes, Fields block) throws Corrupt {
        int stored = (int) block.u32(COMMIT_SUM);
        if (journal.sumsTransactions()) {
            int type = block.u8(0xc);
            int size = block.u8(0xd);
            return type == SUM_CRC32 && size == SUM_BYTES && stored == sum.value()
                    || type == 0 && size == 0 && stored == 0;
        }
        return !journal.sumsBlocks() || sumWithout(bytes, COMMIT_SUM) == stored;
    }

    private boolean fitsTail(byte[] bytes, Fields block) throws Corrupt {
        int tail = bytes.length - SUM_BYTES;
        return !journal.sumsBlocks() || sumWithout(bytes, tail) == (int) block.u32(tail);
    }

    /** CRC-32C of a block whose own checksum counts as zeros. */
    private int sumWithout(byte[] bytes, int place) {
        byte[] copy = bytes.clone();
        Arrays.fill(copy, place, place + SUM_BYTES, (byte) 0);
        return Checksums.seeded(journal.seed())
                .start()
                .bytes(copy, 0, copy.length)
                .value();
    }
}
