package dev.stemma.ingest.analyze.dpkg;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Paths that dpkg-divert(1) moved aside: three lines each, the path, where other packages' file goes instead, and the
 * package that may keep the path ({@code :} for a local one, which moves every package's).
 */
record Diversions(Map<String, Diversion> byPath) {

    private static final GuestPath FILE = GuestPath.parse("/var/lib/dpkg/diversions");
    private static final int MAX_BYTES = 16 << 20;

    record Diversion(String to, String keeper) {}

    static Diversions read(GuestFiles files) throws ImageProblem {
        byte[] bytes = files.read(FILE, MAX_BYTES).orElse(new byte[0]);
        String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1);
        Map<String, Diversion> byPath = new HashMap<>();
        for (int i = 0; i + 2 < lines.length; i += 3) {
            byPath.put(lines[i], new Diversion(lines[i + 1], lines[i + 2]));
        }
        return new Diversions(Map.copyOf(byPath));
    }

    /** Where a package's file lies; paths are Latin-1 characters, as everywhere in this room. */
    String where(String path, String packageName) {
        Diversion diversion = byPath.get(path);
        return diversion == null || diversion.keeper.equals(packageName) ? path : diversion.to;
    }
}
