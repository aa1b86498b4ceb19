package dev.stemma.ingest.summary;

import dev.stemma.graph.model.ContentSummary;
import dev.stemma.graph.model.GuestName;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What an ELF file says of itself (System V ABI, chapters 4 and 5; elf(5)), of either class and byte order: kind, build id, libraries,
 * loader. Reads headers, notes and the dynamic section; every count and length is bounded.
 */
final class ElfFacts {

    static final int HEADER_BYTES = 64;
    private static final int MAX_SEGMENTS = 1_000;
    private static final int MAX_SECTIONS = 20_000;
    private static final int MAX_NOTES_BYTES = 64 << 10;
    private static final int MAX_DYNAMIC_BYTES = 64 << 10;
    private static final int MAX_LIBRARIES = 500;
    private static final int MAX_NAME_BYTES = 255;
    private static final int LOADED = 1;
    private static final int DYNAMIC = 2;
    private static final int LOADER = 3;
    private static final int NOTE = 4;
    private static final int NOTE_SECTION = 7;
    private static final int BUILD_ID = 3;
    private static final long FLAG_PIE = 0x0800_0000;

    private final ByteSource file;
    private final Fields header;
    private final boolean wide;
    private final ByteOrder order;
    private final List<Part> parts = new ArrayList<>();
    private final List<String> libraries = new ArrayList<>();
    private Optional<String> libraryName = Optional.empty();
    private boolean pie;

    /** A segment, or a section that holds notes. */
    private record Part(long type, long offset, long address, long length) {}

    private ElfFacts(ByteSource file, Fields header, boolean wide, ByteOrder order) {
        this.file = file;
        this.header = header;
        this.wide = wide;
        this.order = order;
    }

    /**
     * @return empty when it is no ELF file
     * @throws Corrupt when it is one, and its tables do not lie in it
     */
    static Optional<ContentSummary> of(ByteSource file) throws ImageProblem {
        if (file.sizeBytes() < HEADER_BYTES) {
            return Optional.empty();
        }
        Fields start = Fields.read(file, "ELF header", 0, HEADER_BYTES, ByteOrder.LITTLE_ENDIAN);
        int elfClass = start.u8(4);
        int data = start.u8(5);
        boolean known = start.has(0, (byte) 0x7f, (byte) 'E', (byte) 'L', (byte) 'F')
                && (elfClass == 1 || elfClass == 2)
                && (data == 1 || data == 2);
        if (!known) {
            return Optional.empty();
        }
        ByteOrder order = data == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        Fields header = Fields.of(start.bytes(0, HEADER_BYTES), start.origin(), order);
        return Optional.of(new ElfFacts(file, header, elfClass == 2, order).summary());
    }

    private ContentSummary summary() throws ImageProblem {
        segments();
        noteSections();
        Optional<String> interpreter = Optional.empty();
        Optional<String> buildId = Optional.empty();
        for (Part part : parts) {
            if (part.type == LOADER && interpreter.isEmpty()) {
                interpreter = Optional.of(name(part.offset, Math.min(part.length, MAX_NAME_BYTES)));
            } else if (part.type == NOTE && buildId.isEmpty()) {
                buildId = buildId(part);
            } else if (part.type == DYNAMIC) {
                dynamic(part);
            }
        }
        return new ContentSummary(mimeType(), buildId, libraries, libraryName, interpreter);
    }

    private String mimeType() throws Corrupt {
        return switch (header.u16(16)) {
            case 1 -> "application/x-object";
            case 2 -> "application/x-executable";
            case 3 -> pie ? "application/x-pie-executable" : "application/x-sharedlib";
            case 4 -> "application/x-coredump";
            default -> "application/octet-stream";
        };
    }

    private void segments() throws ImageProblem {
        long table = wide ? header.u63(32) : header.u32(28);
        int size = header.u16(wide ? 54 : 42);
        int count = header.u16(wide ? 56 : 44);
        if (table == 0 || count == 0) {
            return;
        }
        if (count > MAX_SEGMENTS || size < (wide ? 56 : 32)) {
            throw new Corrupt("bad-value", header.origin(), "has " + count + " segments of " + size + " bytes");
        }
        Fields all = Fields.read(file, "segment table", table, (long) size * count, order);
        for (int i = 0; i < count; i++) {
            long at = (long) i * size;
            parts.add(
                    wide
                            ? new Part(all.u32(at), all.u63(at + 8), all.u63(at + 16), all.u63(at + 32))
                            : new Part(all.u32(at), all.u32(at + 4), all.u32(at + 8), all.u32(at + 16)));
        }
    }

    /** What is not yet linked, such as a kernel module, has sections alone. */
    private void noteSections() throws ImageProblem {
        long table = wide ? header.u63(40) : header.u32(32);
        int size = header.u16(wide ? 58 : 46);
        int count = header.u16(wide ? 60 : 48);
        if (!parts.isEmpty() || table == 0 || count == 0) {
            return;
        }
        if (count > MAX_SECTIONS || size < (wide ? 64 : 40)) {
            throw new Corrupt("bad-value", header.origin(), "has " + count + " sections of " + size + " bytes");
        }
        Fields all = Fields.read(file, "section table", table, (long) size * count, order);
        for (int i = 0; i < count; i++) {
            long at = (long) i * size;
            if (all.u32(at + 4) == NOTE_SECTION) {
                parts.add(
                        wide
                                ? new Part(NOTE, all.u63(at + 24), 0, all.u63(at + 32))
                                : new Part(NOTE, all.u32(at + 16), 0, all.u32(at + 20)));
            }
        }
    }

    private Optional<String> buildId(Part part) throws ImageProblem {
        long length = Math.min(part.length, MAX_NOTES_BYTES);
        Fields notes = Fields.read(file, "notes", part.offset, length, order);
        for (long at = 0; at <= length - 12; ) {
            long nameBytes = notes.u32(at);
            long valueBytes = notes.u32(at + 4);
            long value = at + 12 + padded(nameBytes);
            if (nameBytes > length || valueBytes > length || value > length - valueBytes) {
                return Optional.empty();
            }
            boolean gnu = nameBytes == 4 && notes.has(at + 12, (byte) 'G', (byte) 'N', (byte) 'U', (byte) 0);
            if (gnu && notes.u32(at + 8) == BUILD_ID && valueBytes > 0 && valueBytes <= 64) {
                return Optional.of(HexFormat.of().formatHex(notes.bytes(value, valueBytes)));
            }
            at = value + padded(valueBytes);
        }
        return Optional.empty();
    }

    private static long padded(long bytes) {
        return (bytes + 3) & ~3L;
    }

    private void dynamic(Part part) throws ImageProblem {
        int size = wide ? 16 : 8;
        long length = Math.min(part.length, MAX_DYNAMIC_BYTES) / size * size;
        Fields entries = Fields.read(file, "dynamic section", part.offset, length, order);
        List<Long> needed = new ArrayList<>();
        long strings = -1;
        long self = -1;
        for (long at = 0; at < length; at += size) {
            long tag = wide ? entries.i64(at) : (int) entries.u32(at);
            long value = wide ? entries.i64(at + 8) : entries.u32(at + 4);
            if (tag == 0) {
                break;
            } else if (tag == 1 && needed.size() < MAX_LIBRARIES) {
                needed.add(value);
            } else if (tag == 5) {
                strings = value;
            } else if (tag == 14) {
                self = value;
            } else if (tag == 0x6fff_fffbL) {
                pie = (value & FLAG_PIE) != 0;
            }
        }
        if (strings < 0) {
            return;
        }
        for (long at : needed) {
            libraries.add(string(strings, at));
        }
        libraryName = self < 0 ? Optional.empty() : Optional.of(string(strings, self));
    }

    /** The string at a place of the table that is loaded at an address. */
    private String string(long table, long at) throws ImageProblem {
        for (Part part : parts) {
            long into = table - part.address;
            if (part.type == LOADED && into >= 0 && into < part.length && at >= 0 && at < part.length - into) {
                return name(part.offset + into + at, Math.min(MAX_NAME_BYTES, part.length - into - at));
            }
        }
        throw new Corrupt("out-of-bounds", header.origin(), "has no string at address " + Long.toHexString(table));
    }

    /** The bytes up to the first zero, escaped as names are. */
    private String name(long offset, long maxBytes) throws ImageProblem {
        long length = Math.min(maxBytes, Math.max(0, file.sizeBytes() - offset));
        byte[] bytes = Fields.read(file, "name", offset, length, order).bytes(0, length);
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return GuestName.of(java.util.Arrays.copyOf(bytes, end)).escaped();
    }
}
