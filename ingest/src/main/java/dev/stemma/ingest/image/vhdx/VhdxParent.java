package dev.stemma.ingest.image.vhdx;

import dev.stemma.ingest.bytes.Fields;
import dev.stemma.ingest.image.layer.BackingName;
import dev.stemma.ingest.image.layer.Layer;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Unsupported;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The parent locator of a differencing VHDX: keys and values. Source: [MS-VHDX], section 2.6.2.6. */
final class VhdxParent {

    private static final String VHDX = "b04aefb7-d19e-4a81-b789-25b8e9445913";
    private static final int MAX_PAIRS = 64;

    private VhdxParent() {}

    static Layer.Backing read(Fields locator) throws ImageProblem {
        if (!Guids.text(locator.bytes(0, 16)).equals(VHDX)) {
            throw new Unsupported("unsupported-feature", locator.origin(), "names a parent that is no VHDX");
        }
        int count = locator.u16(18);
        if (count > MAX_PAIRS) {
            throw new Corrupt("bad-value", locator.origin(), "claims " + count + " pairs");
        }
        Map<String, String> pairs = new HashMap<>();
        for (int i = 0; i < count; i++) {
            Fields entry = locator.part("pair " + (i + 1), 20 + i * 12L, 12);
            pairs.put(text(locator, entry.u32(0), entry.u16(8)), text(locator, entry.u32(4), entry.u16(10)));
        }
        String path = pairs.getOrDefault("relative_path", pairs.getOrDefault("absolute_win32_path", ""));
        if (path.isEmpty()) {
            throw new Unsupported(
                    "backing-unnamed",
                    locator.origin(),
                    "holds the differences to another VHDX, of which it gives no path",
                    "Merge it into a copy where it came from (Merge-VHD).");
        }
        String linkage = pairs.getOrDefault("parent_linkage", "").toLowerCase(Locale.ROOT);
        return new Layer.Backing(
                BackingName.ofWindows(path), Optional.of("vhdx"), Optional.of(linkage.replaceAll("[{}]", "")));
    }

    private static String text(Fields locator, long at, int length) throws Corrupt {
        return new String(locator.bytes(at, length), StandardCharsets.UTF_16LE);
    }
}
