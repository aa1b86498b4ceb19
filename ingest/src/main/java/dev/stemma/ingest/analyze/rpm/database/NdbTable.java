package dev.stemma.ingest.analyze.rpm.database;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import dev.stemma.ingest.problem.Unsupported;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.Adler32;

/**
 * ndb, the "new database" of SUSE: pages of slots that name blobs (rpm, {@code lib/backend/ndb/rpmpkg.c}). Each blob carries its
 * length twice and an Adler-32 checksum, which is checked.
 */
final class NdbTable implements PackageTable {

    private static final int PAGE_BYTES = 4_096;
    private static final int SLOT_BYTES = 16;
    private static final int BLOCK_BYTES = 16;
    private static final int HEADER_BYTES = 32;
    private static final int HEAD_BYTES = 16;
    private static final int TAIL_BYTES = 12;
    private static final byte[] MAGIC = ascii("RpmP");
    private static final byte[] SLOT = ascii("Slot");
    private static final byte[] BLOB_START = ascii("BlbS");
    private static final byte[] BLOB_END = ascii("BlbE");

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void read(ByteSource database, Budget budget, HeaderSink sink) throws ImageProblem {
        Origin origin = database.origin();
        Fields header = Fields.read(database, "header", 0, HEADER_BYTES, ByteOrder.LITTLE_ENDIAN);
        if (!header.has(0, MAGIC)) {
            throw new Corrupt("bad-magic", origin, "does not start as an ndb database");
        }
        if (header.u32(4) != 0) {
            throw new Unsupported("unsupported-feature", origin, "is version " + header.u32(4) + " of ndb");
        }
        long pages = header.u32(12);
        if (pages == 0 || pages > database.sizeBytes() / PAGE_BYTES) {
            throw new Corrupt("truncated", origin, "claims " + pages + " pages of slots");
        }
        long unclaimed = database.sizeBytes();
        int records = 0;
        for (long page = 0; page < pages; page++) {
            budget.check(origin);
            Fields slots =
                    Fields.read(database, "slot page " + page, page * PAGE_BYTES, PAGE_BYTES, ByteOrder.LITTLE_ENDIAN);
            for (int at = page == 0 ? HEADER_BYTES : 0; at < PAGE_BYTES; at += SLOT_BYTES) {
                if (!slots.has(at, SLOT)) {
                    throw new Corrupt("bad-magic", slots.origin(), "has no slot at byte " + at);
                }
                long block = slots.u32(at + 8);
                if (block == 0) {
                    continue; // A free slot.
                }
                long number = slots.u32(at + 4);
                long lengthBytes = slots.u32(at + 12) * BLOCK_BYTES;
                // Blobs do not overlap: together they are no longer than the file.
                unclaimed -= lengthBytes;
                if (unclaimed < 0) {
                    throw new Corrupt("loop", slots.origin(), "names more bytes than there are");
                }
                if (++records > MAX_RECORDS) {
                    throw new OverBudget("entry-limit", origin, "has more than " + MAX_RECORDS + " packages");
                }
                byte[] blob;
                try {
                    blob = blob(database, number, block * BLOCK_BYTES, lengthBytes);
                } catch (ImageProblem e) {
                    sink.broken(e);
                    continue;
                }
                sink.header(number, blob);
            }
        }
    }

    private static byte[] blob(ByteSource database, long number, long start, long lengthBytes) throws ImageProblem {
        String name = "package " + number;
        if (lengthBytes > MAX_HEADER_BYTES) {
            throw new OverBudget(
                    "size-limit", database.origin().within(name), "has a header of " + lengthBytes + " bytes");
        }
        Fields fields = Fields.read(database, name, start, lengthBytes, ByteOrder.LITTLE_ENDIAN);
        long tail = lengthBytes - TAIL_BYTES;
        if (!fields.has(0, BLOB_START) || !fields.has(tail + 8, BLOB_END)) {
            throw new Corrupt("bad-magic", fields.origin(), "does not start and end as a blob");
        }
        long length = fields.u32(12);
        long blocks = (HEAD_BYTES + length + TAIL_BYTES + BLOCK_BYTES - 1) / BLOCK_BYTES;
        if (fields.u32(4) != number || fields.u32(tail + 4) != length || blocks * BLOCK_BYTES != lengthBytes) {
            throw new Corrupt("bad-value", fields.origin(), "says two things of its number or length");
        }
        Adler32 sum = new Adler32();
        sum.update(fields.bytes(0, tail));
        if (sum.getValue() != fields.u32(tail)) {
            throw new Corrupt("bad-checksum", fields.origin(), "does not have its checksum");
        }
        return fields.bytes(HEAD_BYTES, length);
    }
}
