package dev.stemma.ontology;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A small library of the schema's shape with all that makes answers differ: parallel relationships, cycles, missing
 * properties, shared inventories, strange names. The same seed gives the same library.
 */
public final class RandomLibrary {

    private static final ZonedDateTime START = ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    private static final List<String> NAMES =
            List.of("base", "web", "db", "nginx", "a b/c%\"'\\x5c", "größe", "\uD83D\uDE00", "\uFF5E", "x.y+z");
    private static final List<String> PACKAGES = List.of("nginx", "bash", "openssl", "libc6", "größe");

    private final Graph graph;
    private final Random random;
    private final int scale;

    /**
     * @param scale images, roughly
     */
    public RandomLibrary(Graph graph, long seed, int scale) {
        this.graph = graph;
        this.random = new Random(seed);
        this.scale = scale;
    }

    /** Writes the library into the empty graph. */
    public void write() {
        nodes("Repository", 2, i -> Map.of("id", "rep-" + i, "name", name(), "kind", "OPERATIONAL"));
        nodes("Image", scale, this::image);
        nodes("Inventory", scale, this::inventory);
        nodes(
                "Activity",
                scale / 2 + 1,
                i -> Map.of(
                        "id",
                        "act-" + i,
                        "kind",
                        random.nextBoolean() ? "index" : "derive",
                        "startedAt",
                        time(),
                        "endedAt",
                        time()));
        nodes("Agent", 2, i -> Map.of("id", "agent-" + i, "name", name(), "kind", i == 0 ? "person" : "software"));
        nodes(
                "OperatingSystem",
                3,
                i -> Map.of("id", "os-" + i, "distribution", i == 0 ? "debian" : "ubuntu", "version", "1" + i));
        nodes(
                "Package",
                PACKAGES.size(),
                i -> Map.of("id", "deb/" + PACKAGES.get(i), "name", PACKAGES.get(i), "ecosystem", "deb"));
        nodes(
                "PackageVersion",
                PACKAGES.size() * 2,
                i -> Map.of(
                        "purl", "pkg:deb/debian/" + PACKAGES.get(i / 2) + "@1." + i + "?arch=amd64",
                        "version", "1." + i,
                        "architecture", "amd64"));
        nodes("PackageGroup", scale, i -> Map.of("id", "group-" + i, "packages", (long) i));
        link("PackageVersion", "purl", "VERSION_OF", "Package", "id", versions());
        nodes(
                "Volume",
                3,
                i -> Map.of("id", "vol-" + i, "virtualBytes", 1L << (20 + i), "table", i == 0 ? "gpt" : "none"));
        nodes("Partition", 3, i -> Map.of("id", "part-" + i, "number", (long) i, "name", name(), "bootable", i == 0));
        nodes("FileSystem", 3, i -> Map.of("id", "fs-" + i, "type", "ext4", "createdAt", time(), "sizeBytes", 5L * i));
        nodes("Directory", 5, i -> Map.of("id", "dir-" + i));
        nodes("DirectoryChunk", 2, i -> Map.of("id", "chunk-" + i));
        nodes("File", 6, i -> Map.of("id", "file-" + i, "sizeBytes", (long) random.nextInt(100)));
        nodes("Link", 2, i -> Map.of("id", "link-" + i, "target", name()));
        nodes("Device", 1, i -> Map.of("id", "block:8:0", "kind", "block", "major", 8L, "minor", 0L));
        nodes("Observation", 2, i -> Map.of("id", "obs-" + i, "code", "x-" + i, "where", name(), "message", name()));
        relationships();
        versionChains();
    }

    private void versionChains() {
        nodes(
                "VersionChain",
                3,
                i -> Map.of("id", "chn-" + i, "name", "chain-" + i, "createdAt", time(), "last", (long) i));
        nodes("Channel", 3, i -> Map.of("id", "cha-" + i, "name", i == 0 ? "stable" : name()));
        random("VersionChain", "HAS_VERSION", "Image", scale / 2, this::place);
        random("VersionChain", "HAD_VERSION", "Image", 3, () -> with(place(), "until", time()));
        random("Image", "HAS_BRANCH", "Image", scale / 2, () -> Map.of("number", (long) entries++, "since", time()));
        distinct("VersionChain", "HAS_CHANNEL", "Channel", 3, Map::of);
        distinct("Channel", "POINTS_TO", "Image", 3, () -> Map.of("since", time()));
        random("Channel", "POINTED_TO", "Image", 4, () -> Map.of("since", START.plusHours(entries++), "until", time()));
        nodes(
                "Machine",
                3,
                i -> Map.of(
                        "id",
                        "mac-" + i,
                        "name",
                        name(),
                        "kind",
                        "VIRTUAL",
                        "state",
                        "ACTIVE",
                        "registeredAt",
                        time()));
        distinct("Machine", "DEPLOYED_FROM", "Image", 3, () -> Map.of("since", time()));
        random("Image", "HAS_BRANCH", "Machine", 3, () -> Map.of("number", (long) entries++, "since", time()));
        random("Machine", "GENERATED_BY", "Activity", 2, Map::of);
        random("Activity", "USED", "Machine", 2, Map::of);
        random(
                "Image",
                "HAD_PARENT",
                "Image",
                3,
                () -> Map.of(
                        "kind",
                        "backing-file",
                        "basis",
                        "OBSERVED",
                        "since",
                        START.plusHours(entries++),
                        "until",
                        time()));
        distinct("Activity", "CHANGED", "Image", 4, () -> Map.of("from", "active", "to", name()));
    }

    private Map<String, Object> place() {
        long ordinal = entries++;
        return Map.of("number", "1." + ordinal, "ordinal", ordinal, "since", time());
    }

    private static Map<String, Object> with(Map<String, Object> properties, String name, Object value) {
        Map<String, Object> more = new HashMap<>(properties);
        more.put(name, value);
        return more;
    }

    private void relationships() {
        random("Image", "STORED_IN", "Repository", scale, () -> Map.of());
        random("Image", "HAS_INVENTORY", "Inventory", scale * 2, () -> {
            Map<String, Object> properties =
                    new HashMap<>(Map.of("observedAt", time(), "level", random.nextBoolean() ? "full" : "basic"));
            if (random.nextBoolean()) {
                properties.put("until", time());
            }
            return properties;
        });
        random("Image", "DERIVED_FROM", "Image", scale * 3 / 2, this::derivation);
        graph.write(
                Statement.of("MATCH (s:Image)-[r:DERIVED_FROM]->(e:Image) WITH s, e, r.kind AS kind, r.basis AS basis,"
                        + " collect(r) AS rs UNWIND tail(rs) AS more DELETE more"));
        random("Image", "GENERATED_BY", "Activity", scale / 2, () -> Map.of());
        random("Inventory", "GENERATED_BY", "Activity", scale / 2, () -> Map.of());
        random("Activity", "USED", "Image", scale / 2, () -> Map.of());
        random("Activity", "ASSOCIATED_WITH", "Agent", scale / 2, () -> Map.of());
        distinct("Inventory", "HAS_PACKAGES", "PackageGroup", scale * 2, () -> Map.of());
        random("Inventory", "RUNS", "OperatingSystem", scale, () -> Map.of());
        distinct(
                "PackageGroup",
                "INSTALLS",
                "PackageVersion",
                scale * 3,
                () -> random.nextInt(4) == 0
                        ? Map.of()
                        : Map.of("state", "installed", "held", random.nextBoolean(), "present", true));
        random("Inventory", "HAS_VOLUME", "Volume", scale / 2, index("index"));
        random("Volume", "HAS_PARTITION", "Partition", 4, index("number"));
        random("Partition", "HOLDS", "FileSystem", 4, () -> Map.of());
        distinct("FileSystem", "ROOT", "Directory", 3, () -> Map.of("mode", 493L, "uid", 0L, "gid", 0L));
        random("Directory", "ENTRY", "Directory", 5, this::entry);
        random("Directory", "ENTRY", "File", 10, this::entry);
        random("Directory", "ENTRY", "Link", 3, this::entry);
        random("DirectoryChunk", "ENTRY", "File", 4, this::entry);
        random("DirectoryChunk", "ENTRY", "Device", 1, this::entry);
        random("Directory", "CHUNK", "DirectoryChunk", 3, index("index"));
        random("PackageVersion", "OWNS", "File", 6, this::owned);
        random("PackageVersion", "OWNS", "Link", 2, this::owned);
        random("Inventory", "HAS_OBSERVATION", "Observation", 4, () -> Map.of());
    }

    private Map<String, Object> image(int i) {
        Map<String, Object> image = new HashMap<>(
                Map.of("id", "img-" + i, "name", name(), "location", "/images/" + i, "modifiedAt", time()));
        if (random.nextBoolean()) {
            image.put("virtualBytes", (long) random.nextInt(5));
            image.put("format", random.nextBoolean() ? "raw" : "qcow2");
        }
        if (random.nextInt(3) == 0) {
            image.put("description", name() + " " + name());
        }
        return image;
    }

    private Map<String, Object> inventory(int i) {
        return Map.of(
                "id",
                "inv-" + i,
                "level",
                random.nextBoolean() ? "full" : "basic",
                "sequence",
                (long) i,
                "files",
                (long) random.nextInt(10),
                "analyzers",
                random.nextBoolean() ? List.of("ext/1", "dpkg/2") : List.of(),
                "committedAt",
                time());
    }

    private Map<String, Object> derivation() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("kind", random.nextBoolean() ? "backing-file" : "copy");
        properties.put("basis", random.nextBoolean() ? "OBSERVED" : "INFERRED");
        if (random.nextBoolean()) {
            properties.put("confidence", random.nextInt(11) / 10.0);
        }
        return properties;
    }

    private int entries;

    private Map<String, Object> entry() {
        Map<String, Object> properties = new HashMap<>(
                Map.of("name", entries++ + name(), "mode", 420L, "uid", (long) random.nextInt(2), "gid", 0L));
        if (random.nextInt(3) == 0) {
            properties.put("xattrs", List.of("security.a=AA==", "user.b=BB=="));
        }
        return properties;
    }

    private Map<String, Object> owned() {
        return Map.of("path", "/usr/" + entries++ + name(), "configuration", random.nextBoolean());
    }

    private java.util.function.Supplier<Map<String, Object>> index(String property) {
        return () -> Map.of(property, (long) entries++);
    }

    private List<Map<String, Object>> versions() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < PACKAGES.size() * 2; i++) {
            String name = PACKAGES.get(i / 2);
            rows.add(Map.of(
                    "s", "pkg:deb/debian/" + name + "@1." + i + "?arch=amd64", "e", "deb/" + name, "p", Map.of()));
        }
        return rows;
    }

    private String name() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    private ZonedDateTime time() {
        return START.plusDays(random.nextInt(300)).plusNanos(random.nextInt(3) * 500_000_000L);
    }

    private void nodes(String label, int count, java.util.function.IntFunction<Map<String, Object>> properties) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(properties.apply(i));
        }
        graph.write(new Statement("UNWIND $rows AS row CREATE (n:" + label + ") SET n = row", Map.of("rows", rows)));
    }

    /** Relationships between random nodes; two nodes may get several. */
    private void random(
            String start,
            String type,
            String end,
            int count,
            java.util.function.Supplier<Map<String, Object>> properties) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(Map.of("s", random.nextInt(1 << 20), "e", random.nextInt(1 << 20), "p", properties.get()));
        }
        graph.write(new Statement(
                ("MATCH (s:%s) WITH s ORDER BY coalesce(s.id, s.purl) WITH collect(s) AS starts MATCH (e:%s) WITH starts, e"
                                + " ORDER BY coalesce(e.id, e.purl) WITH starts, collect(e) AS ends UNWIND $rows AS row"
                                + " WITH starts[row.s %% size(starts)] AS s, ends[row.e %% size(ends)] AS e, row"
                                + " CREATE (s)-[r:%s]->(e) SET r = row.p")
                        .formatted(start, end, type),
                Map.of("rows", rows)));
    }

    /** At most one relationship between two nodes. */
    private void distinct(
            String start,
            String type,
            String end,
            int count,
            java.util.function.Supplier<Map<String, Object>> properties) {
        random(start, type, end, count, properties);
        graph.write(Statement.of(
                ("MATCH (s:%s)-[r:%s]->(e:%s) WITH s, e, collect(r) AS rs UNWIND tail(rs) AS more DELETE" + " more")
                        .formatted(start, type, end)));
    }

    private void link(
            String start, String startKey, String type, String end, String endKey, List<Map<String, Object>> rows) {
        graph.write(new Statement(
                ("UNWIND $rows AS row MATCH (s:%s {%s: row.s}) MATCH (e:%s {%s: row.e}) CREATE (s)-[r:%s]->(e)"
                                + " SET r = row.p")
                        .formatted(start, startKey, end, endKey, type),
                Map.of("rows", rows)));
    }
}
