package dev.stemma.ingest.analyze.program;

import dev.stemma.ingest.analyze.json.JsonReader;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.OverBudget;
import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The audit data of Rust programs (cargo-auditable, PARSING.md and its JSON schema): zlib-compressed JSON in the section
 * {@code .dep-v0} that lists the crates of the program. Crates of the build alone are not in the program and left out.
 */
record RustAudit(List<Crate> crates) {

    private static final int MAX_PACKED_BYTES = 8 << 20;

    /** The format's own advice: more than that is an attack. */
    private static final int MAX_BYTES = 8 << 20;

    RustAudit {
        crates = List.copyOf(crates);
    }

    record Crate(String name, String version) {}

    static RustAudit read(ByteSource section) throws ImageProblem {
        if (section.sizeBytes() > MAX_PACKED_BYTES) {
            throw new OverBudget("size-limit", section.origin(), "has " + section.sizeBytes() + " bytes");
        }
        Fields packed = Fields.read(section, "audit data", 0, section.sizeBytes(), ByteOrder.LITTLE_ENDIAN);
        JsonReader json = JsonReader.of(inflated(packed), packed.origin());
        List<Crate> crates = new ArrayList<>();
        json.object((name, value) -> {
            if (name.equals("packages")) {
                value.array(element -> crate(element, crates));
            } else {
                value.skip();
            }
        });
        return new RustAudit(crates);
    }

    private static void crate(JsonReader element, List<Crate> crates) throws Corrupt {
        String[] found = {"", "", "runtime"};
        element.object((name, value) -> {
            switch (name) {
                case "name" -> found[0] = value.text().orElse("");
                case "version" -> found[1] = value.text().orElse("");
                case "kind" -> found[2] = value.text().orElse("");
                default -> value.skip();
            }
        });
        if (!found[2].equals("build")) {
            crates.add(new Crate(found[0], found[1]));
        }
    }

    private static byte[] inflated(Fields packed) throws ImageProblem {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] piece = new byte[16 << 10];
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(packed.bytes(0, packed.sizeBytes()));
            while (!inflater.finished()) {
                int count = inflater.inflate(piece);
                if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new Corrupt("truncated", packed.origin(), "ends within its compressed data");
                }
                out.write(piece, 0, count);
                if (out.size() > MAX_BYTES) {
                    throw new OverBudget("size-limit", packed.origin(), "expands to more than " + MAX_BYTES + " bytes");
                }
            }
        } catch (DataFormatException e) {
            throw new Corrupt("bad-value", packed.origin(), "is not zlib data: " + e.getMessage(), null, e);
        }
        return out.toByteArray();
    }
}
