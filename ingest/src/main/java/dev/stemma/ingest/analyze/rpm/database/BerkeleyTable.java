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

/**
 * Berkeley DB's hash access method, in which rpm up to 4.16 keeps headers by number (Berkeley DB 5.3, {@code dbinc/db_page.h} and
 * {@code hash/}). Buckets are found as the library finds them; what lies on pages that no bucket leads to is not read.
 *
 * <p>Record 0 is rpm's counter. Numbers are in the byte order of the machine that wrote them, which the magic number tells.
 */
final class BerkeleyTable implements PackageTable {

    private static final long HASH_MAGIC = 0x061561;
    private static final int META_BYTES = 512;
    private static final int CHECKSUMS = 1;
    private static final int PAGE_HEADER_BYTES = 26;
    private static final int TYPE_HASH_UNSORTED = 2;
    private static final int TYPE_HASH = 13;
    private static final int TYPE_OVERFLOW = 7;
    private static final int ITEM_INLINE = 1;
    private static final int ITEM_OVERFLOW = 3;
    private static final int SPARES = 96;
    private static final int SPARES_COUNT = 32;

    @Override
    public void read(ByteSource database, Budget budget, HeaderSink sink) throws ImageProblem {
        new Reading(database, budget, sink).run();
    }

    private static final class Reading {
        private final ByteSource database;
        private final HeaderSink sink;
        private final Fields meta;
        private final ByteOrder order;
        private final int pageBytes;
        private final Visited visited;
        private int records;
        /** Values share no page, so that together they are no longer than the database. */
        private long unclaimedBytes;

        Reading(ByteSource database, Budget budget, HeaderSink sink) throws ImageProblem {
            this.database = database;
            this.sink = sink;
            Fields little = Fields.read(database, "metadata page", 0, META_BYTES, ByteOrder.LITTLE_ENDIAN);
            this.order = little.u32(12) == HASH_MAGIC ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
            this.meta = Fields.of(little.bytes(0, META_BYTES), little.origin(), order);
            Origin origin = meta.origin();
            if (meta.u32(12) != HASH_MAGIC) {
                throw new Corrupt("bad-magic", origin, "does not start as a hash database of Berkeley DB");
            }
            long version = meta.u32(16);
            if (version < 8 || version > 10) {
                throw new Unsupported("unsupported-feature", origin, "is version " + version + " of the hash format");
            }
            if (meta.u8(24) != 0) {
                throw new Unsupported("encrypted", origin, "is encrypted");
            }
            if ((meta.u8(26) & CHECKSUMS) != 0) {
                throw new Unsupported("unsupported-feature", origin, "has checksums in its pages");
            }
            long size = meta.u32(20);
            if (size < META_BYTES || size > 64 << 10 || Long.bitCount(size) != 1) {
                throw new Corrupt("bad-value", origin, "has pages of " + size + " bytes");
            }
            this.pageBytes = (int) size;
            long last = meta.u32(32);
            if ((last + 1) * pageBytes > database.sizeBytes()) {
                throw new Corrupt("truncated", origin, "has " + (last + 1) + " pages, and the file ends before");
            }
            this.visited = new Visited(1, last, database.origin(), budget);
            this.unclaimedBytes = database.sizeBytes();
        }

        void run() throws ImageProblem {
            long buckets = meta.u32(72) + 1;
            if (buckets > database.sizeBytes() / pageBytes) {
                throw new Corrupt("bad-value", meta.origin(), "has " + buckets + " buckets, more than pages");
            }
            for (long bucket = 0; bucket < buckets; bucket++) {
                // db_log2 of the library rounds up.
                int group = 64 - Long.numberOfLeadingZeros(bucket);
                if (group >= SPARES_COUNT) {
                    throw new Corrupt("bad-value", meta.origin(), "has a bucket " + bucket);
                }
                bucket(bucket + meta.u32(SPARES + 4L * group));
            }
        }

        private void bucket(long first) throws ImageProblem {
            for (long page = first; page != 0; ) {
                Fields fields = page(page);
                int type = fields.u8(25);
                if (type == 0) {
                    return; // Set aside for a bucket that is still empty.
                }
                if (type != TYPE_HASH && type != TYPE_HASH_UNSORTED) {
                    throw new Corrupt("bad-value", fields.origin(), "has type " + type + " in a bucket");
                }
                int entries = fields.u16(20);
                if (entries % 2 != 0 || PAGE_HEADER_BYTES + 2 * entries > pageBytes) {
                    throw new Corrupt("bad-value", fields.origin(), "has " + entries + " keys and values");
                }
                for (int i = 0; i < entries; i += 2) {
                    record(fields, i);
                }
                page = fields.u32(16);
            }
        }

        private Fields page(long number) throws ImageProblem {
            visited.enter(number);
            Fields fields = Fields.read(database, "page " + number, number * pageBytes, pageBytes, order);
            if (fields.u8(25) != 0 && fields.u32(8) != number) {
                throw new Corrupt("bad-value", fields.origin(), "says that it is page " + fields.u32(8));
            }
            return fields;
        }

        private void record(Fields page, int index) throws ImageProblem {
            if (++records > MAX_RECORDS) {
                throw new OverBudget("entry-limit", page.origin(), "has more than " + MAX_RECORDS + " packages");
            }
            long number;
            byte[] header;
            try {
                Fields key = item(page, index);
                if (key.u8(0) != ITEM_INLINE || key.sizeBytes() != 5) {
                    throw new Corrupt("bad-value", key.origin(), "is no record number");
                }
                number = key.u32(1);
                if (number == 0) {
                    return;
                }
                header = value(item(page, index + 1));
            } catch (ImageProblem e) {
                sink.broken(e);
                return;
            }
            sink.header(number, header);
        }

        /** Items lie from the end of the page to its start, each up to where the one before it begins. */
        private Fields item(Fields page, int index) throws Corrupt {
            int start = page.u16(PAGE_HEADER_BYTES + 2L * index);
            int end = index == 0 ? pageBytes : page.u16(PAGE_HEADER_BYTES + 2L * (index - 1));
            if (start < PAGE_HEADER_BYTES || start >= end || end > pageBytes) {
                throw new Corrupt("bad-value", page.origin(), "has an item from byte " + start + " to " + end);
            }
            return page.part("item " + index, start, end - start);
        }

        private byte[] value(Fields item) throws ImageProblem {
            int type = item.u8(0);
            if (type == ITEM_INLINE) {
                return item.bytes(1, item.sizeBytes() - 1L);
            }
            if (type != ITEM_OVERFLOW) {
                throw new Corrupt("bad-value", item.origin(), "is of type " + type);
            }
            long length = item.u32(8);
            if (length > MAX_HEADER_BYTES) {
                throw new OverBudget("size-limit", item.origin(), "has a header of " + length + " bytes");
            }
            if (length > unclaimedBytes) {
                throw new Corrupt(
                        "truncated",
                        item.origin(),
                        "has a header of " + length + " bytes, more than the database has for it");
            }
            unclaimedBytes -= length;
            byte[] whole = new byte[(int) length];
            int done = 0;
            for (long next = item.u32(4); next != 0; ) {
                Fields page = page(next);
                int stored = page.u16(22);
                if (page.u8(25) != TYPE_OVERFLOW || stored > whole.length - done) {
                    throw new Corrupt(
                            "bad-value",
                            page.origin(),
                            "does not continue " + item.origin().name());
                }
                System.arraycopy(page.bytes(PAGE_HEADER_BYTES, stored), 0, whole, done, stored);
                done += stored;
                next = page.u32(16);
            }
            if (done != whole.length) {
                throw new Corrupt("truncated", item.origin(), "has " + done + " of " + length + " bytes");
            }
            return whole;
        }
    }
}
