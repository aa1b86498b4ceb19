package dev.stemma.ingest.image.vmdk;

import dev.stemma.ingest.image.layer.BackingName;
import dev.stemma.ingest.image.layer.Layer;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.Origin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text that describes a virtual disk. Source: VMware's Virtual Disk Format 5.0.
 *
 * @param kind {@code createType}
 * @param contentId by which an overlay knows its parent
 * @param backing the parent, for deltas
 */
record Descriptor(String kind, Optional<String> contentId, Optional<Layer.Backing> backing, List<Extent> extents) {

    static final String MAGIC = "# Disk DescriptorFile";

    /** More than anybody writes; the longest have a line of 60 characters for each 2 GB. */
    static final int MAX_BYTES = 1 << 20;

    private static final int MAX_EXTENTS = 1_024;
    private static final String NO_PARENT = "ffffffff";
    private static final Pattern EXTENT = Pattern.compile(
            "(RW|RDONLY|NOACCESS)\\s+(\\d{1,15})\\s+([A-Z]{1,12})(?:\\s+\"([^\"]*)\"(?:\\s+(\\d{1,15}))?)?.*");

    /** A line of the extent list; sizes and offsets in bytes. */
    record Extent(boolean readable, long sizeBytes, String type, Optional<BackingName> file, long offsetBytes) {}

    static Descriptor parse(byte[] bytes, Origin origin) throws Corrupt {
        // One character a byte: names come out as the bytes they were.
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\0');
        Map<String, String> values = new HashMap<>();
        List<Extent> extents = new ArrayList<>();
        for (String raw : (end < 0 ? text : text.substring(0, end)).split("\\r?\\n", -1)) {
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher extent = EXTENT.matcher(line);
            if (extent.matches()) {
                if (extents.size() >= MAX_EXTENTS) {
                    throw new Corrupt("bad-value", origin, "names more than " + MAX_EXTENTS + " extents");
                }
                extents.add(extent(extent));
            } else {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    String key = line.substring(0, equals).strip().toLowerCase(Locale.ROOT);
                    values.putIfAbsent(key, unquoted(line.substring(equals + 1).strip()));
                }
            }
        }
        Optional<String> id = Optional.ofNullable(values.get("cid")).map(Descriptor::contentId);
        return new Descriptor(values.getOrDefault("createtype", ""), id, backing(values, origin), List.copyOf(extents));
    }

    private static Extent extent(Matcher line) {
        String offset = line.group(5);
        return new Extent(
                !line.group(1).equals("NOACCESS"),
                Long.parseLong(line.group(2)) * 512,
                line.group(3),
                Optional.ofNullable(line.group(4)).map(Descriptor::name),
                offset == null ? 0 : Long.parseLong(offset) * 512);
    }

    private static Optional<Layer.Backing> backing(Map<String, String> values, Origin origin) throws Corrupt {
        String parent = contentId(values.getOrDefault("parentcid", NO_PARENT));
        if (parent.equals(NO_PARENT)) {
            return Optional.empty();
        }
        String hint = values.getOrDefault("parentfilenamehint", "");
        if (hint.isEmpty()) {
            throw new Corrupt("bad-value", origin, "has a parent (" + parent + ") and does not name it");
        }
        return Optional.of(new Layer.Backing(
                hint.indexOf('\\') >= 0 ? BackingName.ofWindows(hint) : name(hint),
                Optional.of("vmdk"),
                Optional.of(parent)));
    }

    /** VMware writes 8 digits, QEMU as many as it needs. */
    private static String contentId(String text) {
        String digits = text.toLowerCase(Locale.ROOT);
        return "0".repeat(Math.max(0, 8 - digits.length())) + digits;
    }

    private static BackingName name(String latin) {
        return BackingName.of(latin.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String unquoted(String value) {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }
}
