package dev.stemma.ingest.summary;

import dev.stemma.graph.model.ContentSummary;
import dev.stemma.graph.model.GuestName;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.elf.ElfHeader;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What an ELF file says of itself (System V ABI, chapters 4 and 5; elf(5)), of either class and byte order: kind, build id, libraries,
 * loader. Reads headers, notes and the dynamic section; every count and length is bounded.
 */
final class ElfFacts {

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

    private final ElfHeader header;
    private final List<Part> parts = new ArrayList<>();
    private final List<String> libraries = new ArrayList<>();
    private Optional<String> libraryName = Optional.empty();
    private boolean pie;

    /** A segment, or a section that holds notes. */
    private record Part(long type, long offset, long address, long length) {}

    private ElfFacts(ElfHeader header) {
        this.header = header;
    }

    /**
     * @return empty when it is no ELF file
     * @throws Corrupt when it is one, and its tables do not lie in it
     */
    static Optional<ContentSummary> of(ByteSource file) throws ImageProblem {
        Optional<ElfHeader> header = ElfHeader.find(file);
        return header.isPresent() ? Optional.of(new ElfFacts(header.get()).summary()) : Optional.empty();
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
        return switch (header.fields().u16(16)) {
            case 1 -> "application/x-object";
            case 2 -> "application/x-executable";
            case 3 -> pie ? "application/x-pie-executable" : "application/x-sharedlib";
            case 4 -> "application/x-coredump";
            default -> "application/octet-stream";
        };
    }

    private void segments() throws ImageProblem {
        for (ElfHeader.Segment one : header.segments()) {
            parts.add(new Part(one.type(), one.offset(), one.address(), one.length()));
        }
    }

    /** What is not yet linked, such as a kernel module, has sections alone. */
    private void noteSections() throws ImageProblem {
        if (!parts.isEmpty()) {
            return;
        }
        for (ElfHeader.Section one : header.sections()) {
            if (one.type() == NOTE_SECTION) {
                parts.add(new Part(NOTE, one.offset(), 0, one.length()));
            }
        }
    }

    private Optional<String> buildId(Part part) throws ImageProblem {
        long length = Math.min(part.length, MAX_NOTES_BYTES);
        Fields notes = read("notes", part.offset, length);
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
        boolean wide = header.wide();
        int size = wide ? 16 : 8;
        long length = Math.min(part.length, MAX_DYNAMIC_BYTES) / size * size;
        Fields entries = read("dynamic section", part.offset, length);
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
        throw new Corrupt(
                "out-of-bounds", header.fields().origin(), "has no string at address " + Long.toHexString(table));
    }

    /** The bytes up to the first zero, escaped as names are. */
    private String name(long offset, long maxBytes) throws ImageProblem {
        long length = Math.min(maxBytes, Math.max(0, header.file().sizeBytes() - offset));
        byte[] bytes = read("name", offset, length).bytes(0, length);
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return GuestName.of(java.util.Arrays.copyOf(bytes, end)).escaped();
    }

    private Fields read(String what, long offset, long length) throws ImageProblem {
        return Fields.read(header.file(), what, offset, length, header.order());
    }
}
