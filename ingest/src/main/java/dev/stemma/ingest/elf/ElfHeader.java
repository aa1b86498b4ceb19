package dev.stemma.ingest.elf;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The header of a file in the Executable and Linking Format, of either class and byte order (System V ABI, chapters 4 and 5; elf(5)), and the tables it
 * leads to, which are read when they are asked for. Immutable; does not close the file.
 *
 * @param fields the header, in the file's byte order
 * @param wide whether it is of the 64-bit class
 */
public record ElfHeader(ByteSource file, Fields fields, boolean wide, ByteOrder order) {

    /** Bytes of a 64-bit header; a shorter file is taken for none. */
    public static final int BYTES = 64;

    private static final int MAX_SEGMENTS = 1_000;
    private static final int MAX_SECTIONS = 20_000;

    /** The header of a file; empty when it is no ELF file. */
    public static Optional<ElfHeader> find(ByteSource file) throws ImageProblem {
        if (file.sizeBytes() < BYTES) {
            return Optional.empty();
        }
        Fields start = Fields.read(file, "ELF header", 0, BYTES, ByteOrder.LITTLE_ENDIAN);
        int elfClass = start.u8(4);
        int data = start.u8(5);
        boolean known = start.has(0, (byte) 0x7f, (byte) 'E', (byte) 'L', (byte) 'F')
                && (elfClass == 1 || elfClass == 2)
                && (data == 1 || data == 2);
        if (!known) {
            return Optional.empty();
        }
        ByteOrder order = data == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        return Optional.of(
                new ElfHeader(file, Fields.of(start.bytes(0, BYTES), start.origin(), order), elfClass == 2, order));
    }

    /**
     * The segments, none where there is no table.
     *
     * @throws Corrupt when the table is too large, or does not lie in the file
     */
    public List<Segment> segments() throws ImageProblem {
        long table = wide ? fields.u63(32) : fields.u32(28);
        int size = fields.u16(wide ? 54 : 42);
        int count = fields.u16(wide ? 56 : 44);
        if (table == 0 || count == 0) {
            return List.of();
        }
        if (count > MAX_SEGMENTS || size < (wide ? 56 : 32)) {
            throw new Corrupt("bad-value", fields.origin(), "has " + count + " segments of " + size + " bytes");
        }
        Fields all = Fields.read(file, "segment table", table, (long) size * count, order);
        return IntStream.range(0, count)
                .mapToObj(i -> new Segment(all, (long) i * size, wide))
                .toList();
    }

    /**
     * The sections, none where there is no table.
     *
     * @throws Corrupt when the table is too large, or does not lie in the file
     */
    public List<Section> sections() throws ImageProblem {
        long table = wide ? fields.u63(40) : fields.u32(32);
        int size = fields.u16(wide ? 58 : 46);
        int count = fields.u16(wide ? 60 : 48);
        if (table == 0 || count == 0) {
            return List.of();
        }
        if (count > MAX_SECTIONS || size < (wide ? 64 : 40)) {
            throw new Corrupt("bad-value", fields.origin(), "has " + count + " sections of " + size + " bytes");
        }
        Fields all = Fields.read(file, "section table", table, (long) size * count, order);
        return IntStream.range(0, count)
                .mapToObj(i -> new Section(all, (long) i * size, wide))
                .toList();
    }

    /** Index of the section that holds the sections' names. */
    public int nameSection() throws Corrupt {
        return fields.u16(wide ? 62 : 50);
    }

    /** A row of the segment table; a value that cannot be is found when it is asked for. */
    public record Segment(Fields table, long at, boolean wide) {
        /** What it is: 1 loaded, 2 dynamic section, 3 name of the loader, 4 notes. */
        public long type() throws Corrupt {
            return table.u32(at);
        }

        /** Where it lies in the file. */
        public long offset() throws Corrupt {
            return wide ? table.u63(at + 8) : table.u32(at + 4);
        }

        /** Where it is loaded. */
        public long address() throws Corrupt {
            return wide ? table.u63(at + 16) : table.u32(at + 8);
        }

        /** Bytes in the file. */
        public long length() throws Corrupt {
            return wide ? table.u63(at + 32) : table.u32(at + 16);
        }
    }

    /** A row of the section table; a value that cannot be is found when it is asked for. */
    public record Section(Fields table, long at, boolean wide) {
        /** Where its name begins in the section of names. */
        public long name() throws Corrupt {
            return table.u32(at);
        }

        /** What it is: 7 notes, 8 without bytes in the file. */
        public long type() throws Corrupt {
            return table.u32(at + 4);
        }

        /** Where it lies in the file. */
        public long offset() throws Corrupt {
            return wide ? table.u63(at + 24) : table.u32(at + 16);
        }

        /** Its bytes. */
        public long length() throws Corrupt {
            return wide ? table.u63(at + 32) : table.u32(at + 20);
        }
    }
}
