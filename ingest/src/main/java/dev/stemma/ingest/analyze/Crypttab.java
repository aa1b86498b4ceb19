package dev.stemma.ingest.analyze;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The table of encrypted devices, crypttab(5): under which name of the device mapper each container is opened. */
final class Crypttab {

    private static final GuestPath PATH = GuestPath.parse("/etc/crypttab");
    private static final int MAX_BYTES = 1 << 16;
    private static final int MAX_LINES = 1_000;

    private Crypttab() {}

    /** What an opened container is called, {@code luks:UUID}, by the path of its device; those that are named by UUID. */
    static Map<String, String> read(GuestFiles files) throws ImageProblem {
        Map<String, String> names = new LinkedHashMap<>();
        byte[] bytes = files.read(PATH, MAX_BYTES).orElse(new byte[0]);
        for (String line : new String(bytes, StandardCharsets.ISO_8859_1).split("\n", MAX_LINES)) {
            String[] fields = line.strip().split("[ \t]+", 4);
            if (fields.length >= 2 && !fields[0].startsWith("#") && fields[1].startsWith("UUID=")) {
                names.put(
                        "/dev/mapper/" + fields[0],
                        "luks:"
                                + fields[1]
                                        .substring("UUID=".length())
                                        .replace("\"", "")
                                        .toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }
}
