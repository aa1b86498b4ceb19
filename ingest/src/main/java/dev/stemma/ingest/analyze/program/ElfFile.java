package dev.stemma.ingest.analyze.program;

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

/**
 * A program in the Executable and Linking Format (System V ABI, chapters 4 and 5; elf(5)), of either class and byte order:
 * its sections by name, and its bytes by the address they are loaded at. Reads the header and the section table when it is
 * opened, the segment table when an address is asked for.
 */
final class ElfFile {

    private static final int HEADER_BYTES = 64;
    private static final int MAX_SECTIONS = 20_000;
    private static final int MAX_SEGMENTS = 1_000;
    private static final int MAX_NAMES_BYTES = 4 << 20;
    private static final int LOADED = 1;
    private static final int NO_BITS = 8;

    private final ByteSource file;
    private final Fields header;
    private final boolean wide;
    private final ByteOrder order;
    private final List<Segment> segments = new ArrayList<>();
    private boolean segmentsRead;

    private record Segment(long address, long offset, long length) {}

    private ElfFile(ByteSource file, Fields header, boolean wide, ByteOrder order) {
        this.file = file;
        this.header = header;
        this.wide = wide;
        this.order = order;
    }

    /** The file as a program; empty when it is none. */
    static Optional<ElfFile> open(ByteSource file) throws ImageProblem {
        if (file.sizeBytes() < HEADER_BYTES) {
            return Optional.empty();
        }
        Fields start = Fields.read(file, "ELF header", 0, HEADER_BYTES, ByteOrder.LITTLE_ENDIAN);
        int elfClass = start.u8(4);
        int data = start.u8(5);
        if (!start.has(0, (byte) 0x7f, (byte) 'E', (byte) 'L', (byte) 'F')
                || elfClass < 1
                || elfClass > 2
                || data < 1
                || data > 2) {
            return Optional.empty();
        }
        ByteOrder order = data == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        Fields header = Fields.of(start.bytes(0, HEADER_BYTES), start.origin(), order);
        return Optional.of(new ElfFile(file, header, elfClass == 2, order));
    }

    ByteOrder order() {
        return order;
    }

    /**
     * The first section with each of these names, in their order, empty for those that are not there.
     *
     * @throws Corrupt when the section table or a section of these names does not lie in the file
     */
    List<Optional<ByteSource>> sections(List<String> names) throws ImageProblem {
        List<Optional<ByteSource>> found =
                new ArrayList<>(java.util.Collections.nCopies(names.size(), Optional.empty()));
        long table = wide ? header.u63(40) : header.u32(32);
        int size = header.u16(wide ? 58 : 46);
        int count = header.u16(wide ? 60 : 48);
        int nameSection = header.u16(wide ? 62 : 50);
        if (table == 0 || count == 0) {
            return found;
        }
        if (size < (wide ? 64 : 40) || count > MAX_SECTIONS || nameSection >= count) {
            throw new Corrupt("bad-value", header.origin(), "has " + count + " sections of " + size + " bytes");
        }
        Fields sections = Fields.read(file, "section table", table, (long) size * count, order);
        Fields texts = texts(sections, nameSection * (long) size);
        for (int i = 0; i < count; i++) {
            long at = (long) i * size;
            for (int k = 0; k < names.size(); k++) {
                byte[] name = (names.get(k) + '\0').getBytes(StandardCharsets.US_ASCII);
                if (found.get(k).isEmpty() && sections.u32(at + 4) != NO_BITS && texts.has(sections.u32(at), name)) {
                    found.set(k, Optional.of(section(names.get(k), sections, at)));
                }
            }
        }
        return found;
    }

    private Fields texts(Fields sections, long at) throws ImageProblem {
        long length = length(sections, at);
        if (length > MAX_NAMES_BYTES) {
            throw new OverBudget("size-limit", sections.origin(), "has " + length + " bytes of section names");
        }
        return Fields.read(file, "section names", offset(sections, at), length, order);
    }

    private ByteSource section(String name, Fields sections, long at) throws ImageProblem {
        return file.slice("section " + name, offset(sections, at), length(sections, at));
    }

    private long offset(Fields sections, long at) throws Corrupt {
        return wide ? sections.u63(at + 24) : sections.u32(at + 16);
    }

    private long length(Fields sections, long at) throws Corrupt {
        return wide ? sections.u63(at + 32) : sections.u32(at + 20);
    }

    /**
     * Bytes at an address of the loaded program.
     *
     * @throws Corrupt when no segment has them in the file
     */
    Fields at(long address, int length) throws ImageProblem {
        readSegments();
        for (Segment segment : segments) {
            long into = address - segment.address;
            if (into >= 0 && into <= segment.length - length) {
                return Fields.read(file, "loaded bytes", segment.offset + into, length, order);
            }
        }
        throw new Corrupt("out-of-bounds", header.origin(), "has no bytes at address " + Long.toHexString(address));
    }

    private void readSegments() throws ImageProblem {
        if (segmentsRead) {
            return;
        }
        segmentsRead = true;
        long table = wide ? header.u63(32) : header.u32(28);
        int size = header.u16(wide ? 54 : 42);
        int count = header.u16(wide ? 56 : 44);
        if (count > MAX_SEGMENTS || count > 0 && size < (wide ? 56 : 32)) {
            throw new Corrupt("bad-value", header.origin(), "has " + count + " segments of " + size + " bytes");
        }
        Fields all = Fields.read(file, "segment table", table, (long) size * count, order);
        for (int i = 0; i < count; i++) {
            long at = (long) i * size;
            if (all.u32(at) == LOADED) {
                segments.add(
                        wide
                                ? new Segment(all.u63(at + 16), all.u63(at + 8), all.u63(at + 32))
                                : new Segment(all.u32(at + 8), all.u32(at + 4), all.u32(at + 16)));
            }
        }
    }
}
