package dev.stemma.ingest.analyze.zip;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.OverBudget;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The central directory of a ZIP archive (PKWARE APPNOTE.TXT 6.3.10, sections 4.3.12 to 4.3.16), with its 64-bit form and with
 * bytes in front of the archive as self-starting jars have them.
 *
 * @param entries those that were asked for, in the order of the directory
 */
public record ZipDirectory(List<ZipEntry> entries) {

    private static final int END_BYTES = 22;
    private static final int MAX_COMMENT = 65_535;
    private static final int LOCATOR_BYTES = 20;
    private static final int END_64_BYTES = 56;
    private static final int ITEM_BYTES = 46;
    private static final int MAX_DIRECTORY_BYTES = 32 << 20;
    private static final int MAX_KEPT = 20_000;
    private static final long ALL_ONES = 0xffff_ffffL;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    public ZipDirectory {
        entries = List.copyOf(entries);
    }

    /** Where the directory lies, and how far everything is shifted by what is in front. */
    private record Place(long offset, long length, long count, long shift) {}

    /**
     * Reads the directory; empty when the bytes are no archive.
     *
     * @param wanted by name
     * @throws Corrupt when the directory contradicts itself
     * @throws OverBudget {@code size-limit} when it is too large, or too many entries are wanted
     */
    public static Optional<ZipDirectory> read(ByteSource archive, Predicate<String> wanted) throws ImageProblem {
        long size = archive.sizeBytes();
        if (size < END_BYTES) {
            return Optional.empty();
        }
        long tailBytes = Math.min(size, END_BYTES + MAX_COMMENT + LOCATOR_BYTES);
        Fields tail = Fields.read(archive, "end of archive", size - tailBytes, tailBytes, ORDER);
        for (long at = tailBytes - END_BYTES; at >= 0; at--) {
            if (tail.has(at, (byte) 'P', (byte) 'K', (byte) 5, (byte) 6)
                    && at + END_BYTES + tail.u16(at + 20) <= tailBytes) {
                return Optional.of(
                        new ZipDirectory(entries(archive, place(archive, tail, size - tailBytes, at), wanted)));
            }
        }
        return Optional.empty();
    }

    private static Place place(ByteSource archive, Fields tail, long tailStart, long at) throws ImageProblem {
        long end = tailStart + at;
        long count = tail.u16(at + 10);
        long length = tail.u32(at + 12);
        long offset = tail.u32(at + 16);
        long locator = at - LOCATOR_BYTES;
        if ((offset == ALL_ONES || length == ALL_ONES || count == 0xffff)
                && tail.has(locator, (byte) 'P', (byte) 'K', (byte) 6, (byte) 7)) {
            // What is in front shifts the locator's own number too; without any, it is right as it stands.
            Fields wide = Fields.read(archive, "end of archive", tail.u63(locator + 8), END_64_BYTES, ORDER);
            if (wide.has(0, (byte) 'P', (byte) 'K', (byte) 6, (byte) 6)) {
                return new Place(wide.u63(48), wide.u63(40), wide.u63(32), 0);
            }
        }
        long start = end - length;
        if (start < offset) {
            throw new Corrupt("out-of-bounds", tail.origin(), "its directory does not fit before its end");
        }
        return new Place(start, length, count, start - offset);
    }

    private static List<ZipEntry> entries(ByteSource archive, Place place, Predicate<String> wanted)
            throws ImageProblem {
        if (place.length > MAX_DIRECTORY_BYTES) {
            throw new OverBudget("size-limit", archive.origin(), "has a directory of " + place.length + " bytes");
        }
        Fields directory = Fields.read(archive, "central directory", place.offset, place.length, ORDER);
        List<ZipEntry> entries = new ArrayList<>();
        long at = 0;
        for (long i = 0; i < place.count; i++) {
            if (!directory.has(at, (byte) 'P', (byte) 'K', (byte) 1, (byte) 2)) {
                throw new Corrupt("bad-magic", directory.origin(), "entry " + i + " is none");
            }
            int nameBytes = directory.u16(at + 28);
            int extraBytes = directory.u16(at + 30);
            String name = new String(directory.bytes(at + ITEM_BYTES, nameBytes), StandardCharsets.UTF_8);
            if (wanted.test(name)) {
                if (entries.size() >= MAX_KEPT) {
                    throw new OverBudget("size-limit", archive.origin(), "has more than " + MAX_KEPT + " such entries");
                }
                entries.add(entry(directory, at, name, place.shift));
            }
            at += ITEM_BYTES + nameBytes + extraBytes + directory.u16(at + 32);
        }
        return entries;
    }

    private static ZipEntry entry(Fields directory, long at, String name, long shift) throws Corrupt {
        long[] numbers = {directory.u32(at + 24), directory.u32(at + 20), directory.u32(at + 42)};
        long extra = at + ITEM_BYTES + directory.u16(at + 28);
        long end = extra + directory.u16(at + 30);
        while (extra + 4 <= end) {
            long body = extra + 4;
            extra = body + directory.u16(extra + 2);
            if (directory.u16(body - 4) == 1) {
                // The 64-bit numbers are there only for those fields that are all ones, in this order.
                for (int i = 0; i < numbers.length; i++) {
                    if (numbers[i] == ALL_ONES && body + 8 <= extra) {
                        numbers[i] = directory.u63(body);
                        body += 8;
                    }
                }
            }
        }
        return new ZipEntry(
                name,
                directory.u16(at + 10),
                (directory.u16(at + 8) & 1) != 0,
                numbers[1],
                numbers[0],
                numbers[2] > Long.MAX_VALUE - shift ? Long.MAX_VALUE : numbers[2] + shift);
    }
}
