package dev.stemma.ingest.analyze.rpm;

import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An rpm header as the database stores it: two counts, index entries of 16 bytes (tag, type, offset, count), and the data that they
 * point into, all big-endian (rpm, {@code docs/manual/format_header.md}). Entries after the region that was signed add to it or
 * replace what it says, so the last of a tag counts.
 *
 * <p>Strings come out as Latin-1 characters, so that no byte is lost.
 */
final class Header {

    private static final int MAX_ENTRIES = 0xffff; // rpm's own HEADER_TAGS_MAX
    /** Values of one tag; the packages with most files have some 100,000. */
    private static final int MAX_VALUES = 2_000_000;

    private static final int PROLOGUE_BYTES = 8;
    private static final int ENTRY_BYTES = 16;
    private static final int CHAR = 1;
    private static final int INT8 = 2;
    private static final int INT16 = 3;
    private static final int INT32 = 4;
    private static final int STRING = 6;
    private static final int STRING_ARRAY = 8;
    private static final int I18N_STRING = 9;

    private final Fields data;
    private final Map<Tag, Entry> entries;

    private Header(Fields data, Map<Tag, Entry> entries) {
        this.data = data;
        this.entries = entries;
    }

    /** The tags that are read, with their numbers ({@code include/rpm/rpmtag.h}). */
    enum Tag {
        NAME(1000),
        VERSION(1001),
        RELEASE(1002),
        EPOCH(1003),
        ARCHITECTURE(1022),
        OLD_FILE_NAMES(1027),
        FILE_STATES(1029),
        FILE_MODES(1030),
        FILE_DIGESTS(1035),
        FILE_FLAGS(1037),
        SOURCE_RPM(1044),
        FILE_VERIFY_FLAGS(1045),
        DIRECTORY_INDEXES(1116),
        BASE_NAMES(1117),
        DIRECTORY_NAMES(1118),
        FILE_DIGEST_ALGORITHM(5011);

        private static final Map<Long, Tag> BY_NUMBER =
                Arrays.stream(values()).collect(Collectors.toMap(tag -> tag.number, tag -> tag));

        private final long number;

        Tag(long number) {
            this.number = number;
        }
    }

    private record Entry(int type, long offset, long count) {}

    static Header parse(byte[] bytes, Origin origin) throws Corrupt {
        Fields whole = Fields.of(bytes, origin, ByteOrder.BIG_ENDIAN);
        long count = whole.u32(0);
        long length = whole.u32(4);
        if (count < 1 || count > MAX_ENTRIES || PROLOGUE_BYTES + count * ENTRY_BYTES + length != bytes.length) {
            throw new Corrupt(
                    "bad-value",
                    origin,
                    "claims " + count + " tags and " + length + " bytes of data, and has " + bytes.length + " in all");
        }
        Map<Tag, Entry> entries = new EnumMap<>(Tag.class);
        for (int i = 0; i < count; i++) {
            long at = PROLOGUE_BYTES + (long) i * ENTRY_BYTES;
            Tag tag = Tag.BY_NUMBER.get(whole.u32(at));
            if (tag != null) {
                entries.put(tag, new Entry((int) whole.u32(at + 4), whole.u32(at + 8), whole.u32(at + 12)));
            }
        }
        return new Header(whole.part("data", PROLOGUE_BYTES + count * ENTRY_BYTES, length), entries);
    }

    /** The first or only string of a tag; empty when it is not there. */
    Optional<String> text(Tag tag) throws Corrupt {
        Entry entry = entries.get(tag);
        if (entry == null) {
            return Optional.empty();
        }
        requireText(tag, entry);
        return Optional.of(string(tag, entry.offset));
    }

    /** All strings of a tag; empty when it is not there. */
    List<String> texts(Tag tag) throws Corrupt, OverBudget {
        Entry entry = entries.get(tag);
        List<String> texts = new ArrayList<>();
        if (entry != null) {
            requireText(tag, entry);
            long at = entry.offset;
            long count = entry.type == STRING ? 1 : bounded(tag, entry.count);
            for (long i = 0; i < count; i++) {
                String text = string(tag, at);
                texts.add(text);
                at += text.length() + 1L;
            }
        }
        return texts;
    }

    /** The whole numbers of a tag, without sign; empty when it is not there. */
    long[] numbers(Tag tag) throws Corrupt, OverBudget {
        Entry entry = entries.get(tag);
        if (entry == null) {
            return new long[0];
        }
        int size =
                switch (entry.type) {
                    case CHAR, INT8 -> 1;
                    case INT16 -> 2;
                    case INT32 -> 4;
                    default -> throw new Corrupt("bad-value", data.origin(), tag + " is of type " + entry.type);
                };
        if (entry.count > (data.sizeBytes() - entry.offset) / size) {
            throw new Corrupt("bad-value", data.origin(), tag + " is not " + entry.count + " numbers");
        }
        long[] numbers = new long[(int) bounded(tag, entry.count)];
        for (int i = 0; i < numbers.length; i++) {
            long at = entry.offset + (long) i * size;
            numbers[i] = size == 1 ? data.u8(at) : size == 2 ? data.u16(at) : data.u32(at);
        }
        return numbers;
    }

    private long bounded(Tag tag, long count) throws OverBudget {
        if (count > MAX_VALUES) {
            throw new OverBudget("entry-limit", data.origin(), tag + " has " + count + " values");
        }
        return count;
    }

    private void requireText(Tag tag, Entry entry) throws Corrupt {
        if (entry.type != STRING && entry.type != STRING_ARRAY && entry.type != I18N_STRING) {
            throw new Corrupt("bad-value", data.origin(), tag + " is of type " + entry.type);
        }
    }

    private String string(Tag tag, long offset) throws Corrupt {
        long end = offset;
        while (end < data.sizeBytes() && data.u8(end) != 0) {
            end++;
        }
        if (end >= data.sizeBytes()) {
            throw new Corrupt("out-of-bounds", data.origin(), tag + " does not end within the header");
        }
        return new String(data.bytes(offset, end - offset), StandardCharsets.ISO_8859_1);
    }
}
