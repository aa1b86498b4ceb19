package dev.stemma.ingest.analyze.program;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.elf.ElfHeader;
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

    private static final int MAX_NAMES_BYTES = 4 << 20;
    private static final int LOADED = 1;
    private static final int NO_BITS = 8;

    private final ElfHeader header;
    private final List<Loaded> loaded = new ArrayList<>();
    private boolean loadedRead;

    /** A segment that is loaded. */
    private record Loaded(long address, long offset, long length) {}

    private ElfFile(ElfHeader header) {
        this.header = header;
    }

    /** The file as a program; empty when it is none. */
    static Optional<ElfFile> open(ByteSource file) throws ImageProblem {
        return ElfHeader.find(file).map(ElfFile::new);
    }

    ByteOrder order() {
        return header.order();
    }

    /**
     * The first section with each of these names, in their order, empty for those that are not there.
     *
     * @throws Corrupt when the section table or a section of these names does not lie in the file
     */
    List<Optional<ByteSource>> sections(List<String> names) throws ImageProblem {
        List<Optional<ByteSource>> found =
                new ArrayList<>(java.util.Collections.nCopies(names.size(), Optional.empty()));
        List<ElfHeader.Section> sections = header.sections();
        if (sections.isEmpty()) {
            return found;
        }
        if (header.nameSection() >= sections.size()) {
            throw new Corrupt(
                    "bad-value",
                    header.fields().origin(),
                    "has " + sections.size() + " sections, and their names in number " + header.nameSection());
        }
        Fields texts = texts(sections.get(header.nameSection()));
        for (ElfHeader.Section section : sections) {
            for (int k = 0; k < names.size(); k++) {
                byte[] name = (names.get(k) + '\0').getBytes(StandardCharsets.US_ASCII);
                if (found.get(k).isEmpty() && section.type() != NO_BITS && texts.has(section.name(), name)) {
                    found.set(
                            k,
                            Optional.of(header.file()
                                    .slice("section " + names.get(k), section.offset(), section.length())));
                }
            }
        }
        return found;
    }

    private Fields texts(ElfHeader.Section section) throws ImageProblem {
        long length = section.length();
        if (length > MAX_NAMES_BYTES) {
            throw new OverBudget("size-limit", section.table().origin(), "has " + length + " bytes of section names");
        }
        return Fields.read(header.file(), "section names", section.offset(), length, header.order());
    }

    /**
     * Bytes at an address of the loaded program.
     *
     * @throws Corrupt when no segment has them in the file
     */
    Fields at(long address, int length) throws ImageProblem {
        readLoaded();
        for (Loaded one : loaded) {
            long into = address - one.address;
            if (into >= 0 && into <= one.length - length) {
                return Fields.read(header.file(), "loaded bytes", one.offset + into, length, header.order());
            }
        }
        throw new Corrupt(
                "out-of-bounds", header.fields().origin(), "has no bytes at address " + Long.toHexString(address));
    }

    private void readLoaded() throws ImageProblem {
        if (loadedRead) {
            return;
        }
        loadedRead = true;
        for (ElfHeader.Segment one : header.segments()) {
            if (one.type() == LOADED) {
                loaded.add(new Loaded(one.address(), one.offset(), one.length()));
            }
        }
    }
}
