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
 * What Go's linker writes into a program ({@code debug/buildinfo} of Go's library; {@code go version -m} prints it): the release of Go, the
 * main module, and every module that the program was built from, replacements resolved.
 *
 * @param goVersion {@code go1.22.4}, further words for experiments left out; may be any text that the builder chose
 * @param main empty for programs that were built outside of modules, whose parts nobody can tell
 */
record GoBuildInfo(String goVersion, Optional<Module> main, List<Module> modules) {

    private static final byte[] MAGIC = "\u00ff Go buildinf:".getBytes(StandardCharsets.ISO_8859_1);
    private static final int HEADER_BYTES = 32;
    private static final int MAX_BYTES = 16 << 20;
    private static final int MAX_MODULES = 20_000;
    private static final int SENTINEL = 16;
    private static final int ALIGNMENT = 16;

    GoBuildInfo {
        modules = List.copyOf(modules);
    }

    /**
     * A module that the program was built from.
     *
     * @param version {@code (devel)} for one that was built from a directory
     */
    record Module(String path, String version) {}

    /** Reads the section {@code .go.buildinfo}; empty when it does not hold what it should. */
    static Optional<GoBuildInfo> read(ElfFile program, ByteSource section) throws ImageProblem {
        if (section.sizeBytes() > MAX_BYTES) {
            throw new OverBudget("size-limit", section.origin(), "has " + section.sizeBytes() + " bytes");
        }
        Fields info = Fields.read(section, "build info", 0, section.sizeBytes(), program.order());
        for (long at = 0; at + HEADER_BYTES <= info.sizeBytes(); at += ALIGNMENT) {
            if (info.has(at, MAGIC)) {
                boolean inline = (info.u8(at + 15) & 2) != 0;
                return Optional.of(inline ? inline(info, at + HEADER_BYTES) : pointed(program, info, at));
            }
        }
        return Optional.empty();
    }

    /** Since Go 1.18: both texts follow, each after its length. */
    private static GoBuildInfo inline(Fields info, long start) throws ImageProblem {
        long[] at = {start};
        byte[] version = counted(info, at);
        return of(version, counted(info, at));
    }

    private static byte[] counted(Fields info, long[] at) throws Corrupt {
        long length = 0;
        for (int shift = 0; ; shift += 7) {
            int b = info.u8(at[0]++);
            if (shift > 28) {
                throw new Corrupt("bad-value", info.origin(), "a length goes on too long");
            }
            length |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                break;
            }
        }
        byte[] text = info.bytes(at[0], length);
        at[0] += length;
        return text;
    }

    /** Before: the addresses of two texts of Go, each an address and a length. */
    private static GoBuildInfo pointed(ElfFile program, Fields info, long at) throws ImageProblem {
        int pointerBytes = info.u8(at + 14);
        ByteOrder stated = (info.u8(at + 15) & 1) != 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        if (pointerBytes != 4 && pointerBytes != 8 || stated != program.order()) {
            throw new Corrupt(
                    "bad-value", info.origin(), "has addresses of " + pointerBytes + " bytes, or of another order");
        }
        byte[] version = text(program, pointer(info, at + 16, pointerBytes), pointerBytes);
        return of(version, text(program, pointer(info, at + 16 + pointerBytes, pointerBytes), pointerBytes));
    }

    private static long pointer(Fields fields, long at, int bytes) throws Corrupt {
        return bytes == 4 ? fields.u32(at) : fields.u63(at);
    }

    private static byte[] text(ElfFile program, long address, int pointerBytes) throws ImageProblem {
        if (address == 0) {
            return new byte[0];
        }
        Fields text = program.at(address, 2 * pointerBytes);
        long length = pointer(text, pointerBytes, pointerBytes);
        if (length > MAX_BYTES) {
            throw new Corrupt("bad-value", text.origin(), "a text of " + length + " bytes");
        }
        return length == 0
                ? new byte[0]
                : program.at(pointer(text, 0, pointerBytes), (int) length).bytes(0, length);
    }

    private static GoBuildInfo of(byte[] version, byte[] modules) {
        int length = modules.length;
        boolean framed = length >= 2 * SENTINEL + 1 && modules[length - SENTINEL - 1] == '\n';
        String lines = framed ? new String(modules, SENTINEL, length - 2 * SENTINEL, StandardCharsets.UTF_8) : "";
        String words = new String(version, StandardCharsets.UTF_8);
        int blank = words.indexOf(' ');
        return parse(blank < 0 ? words : words.substring(0, blank), lines);
    }

    /** Lines of a word and its values, all separated by tabs; {@code =>} replaces the module before it. */
    private static GoBuildInfo parse(String version, String lines) {
        Optional<Module> main = Optional.empty();
        List<Module> modules = new ArrayList<>();
        for (String line : (Iterable<String>) lines.lines().limit(2 * MAX_MODULES)::iterator) {
            String[] fields = line.split("\t", 4);
            if (fields.length < 2) {
                continue;
            }
            Module module = new Module(fields[1], fields.length > 2 ? fields[2] : "");
            switch (fields[0]) {
                case "mod" -> main = Optional.of(module);
                case "dep" -> modules.add(module);
                case "=>" -> {
                    if (!modules.isEmpty()) {
                        modules.set(modules.size() - 1, replaced(modules.getLast(), module));
                    }
                }
                default -> {}
            }
        }
        return new GoBuildInfo(version, main, modules);
    }

    /** A directory in place of a module has no name of its own that would mean anything elsewhere. */
    private static Module replaced(Module module, Module by) {
        boolean directory = by.version.isEmpty() || by.path.startsWith(".") || by.path.startsWith("/");
        return directory ? new Module(module.path, "(devel)") : by;
    }
}
