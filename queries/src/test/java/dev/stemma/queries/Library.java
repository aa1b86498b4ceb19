package dev.stemma.queries;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Basis;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.store.Batch;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import dev.stemma.graph.tree.Child;
import dev.stemma.graph.tree.DirectoryNode;
import dev.stemma.graph.tree.TreeBuilder;
import dev.stemma.graph.tree.TreeEntry;
import dev.stemma.graph.tree.TreeNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;

/** Puts guests into an empty graph, node by node as {@code docs/reference/graph-schema.adoc} says. Not thread-safe. */
public final class Library {

    static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private final Graph graph;
    private final Set<String> written = new HashSet<>();
    private long sequence;
    private int observed;

    public Library(Graph graph) {
        this.graph = graph;
        write("MERGE (:Repository {id: 'repo-1', name: 'lab', kind: 'OPERATIONAL', connector: 'directory'})", Map.of());
    }

    private void write(String cypher, Map<String, Object> parameters) {
        graph.write(new Statement(cypher, parameters));
    }

    private void rows(String cypher, List<Map<String, Object>> rows) {
        Batch.STANDARD.run(graph, "UNWIND $rows AS row " + cypher, rows.iterator());
    }

    private static String id(String... parts) {
        return Digest.sha256(String.join("\0", parts).getBytes(StandardCharsets.UTF_8))
                .hex();
    }

    public static String imageId(String name) {
        return "img-" + id(location(name)).substring(0, 20);
    }

    static String location(String name) {
        return "/images/" + name + ".qcow2";
    }

    /** An image that was never indexed. */
    public String register(String name) {
        return register(name, "an image called " + name, NOW);
    }

    public String register(String name, String description, Instant modifiedAt) {
        write(
                "MERGE (i:Image {id: $id}) SET i += $properties WITH i MATCH (r:Repository {id: 'repo-1'}) MERGE (i)-[:STORED_IN]->(r)",
                Map.of(
                        "id",
                        imageId(name),
                        "properties",
                        Map.of(
                                "name",
                                name,
                                "description",
                                description,
                                "format",
                                "qcow2",
                                "location",
                                location(name),
                                "virtualBytes",
                                1L << 30,
                                "allocatedBytes",
                                1L << 20,
                                "modifiedAt",
                                modifiedAt,
                                "state",
                                "ACTIVE",
                                "registeredAt",
                                NOW)));
        return imageId(name);
    }

    /** Indexes a guest as an image, at the full level; what it held before is past. Returns the inventory's id. */
    public String index(String name, Guest guest) {
        return index(name, guest, Level.FULL);
    }

    public String index(String name, Guest guest, Level level) {
        String image = imageId(name);
        if (written.add("image " + name)) {
            register(name);
        }
        Map<Integer, String> roots = new HashMap<>();
        if (level == Level.FULL) {
            guest.fileSystems.forEach((partition, entries) -> roots.put(partition, tree(entries)));
        }
        packages(guest, level);
        String inventory = id(
                level.word(),
                roots.toString(),
                guest.system.toString(),
                String.join(" ", guest.packages.keySet()),
                guest.packages.values().stream()
                        .map(InstalledPackage::state)
                        .toList()
                        .toString(),
                guest.observations.toString(),
                guest.facts.toString(),
                guest.mounts.toString());
        if (written.add("inventory " + inventory)) {
            inventory(inventory, guest, level, roots);
        }
        write(
                """
                MATCH (image:Image {id: $image}), (inventory:Inventory {id: $inventory})
                OPTIONAL MATCH (image)-[old:HAS_INVENTORY]->() WHERE old.until IS NULL
                SET old.until = $now
                CREATE (image)-[:HAS_INVENTORY {observedAt: $now, level: $level, activity: 'test'}]->(inventory)
                """,
                Map.of(
                        "image",
                        image,
                        "inventory",
                        inventory,
                        "level",
                        level.word(),
                        "now",
                        NOW.plusSeconds(observed++)));
        return inventory;
    }

    private void inventory(String id, Guest guest, Level level, Map<Integer, String> roots) {
        long entries = guest.fileSystems.values().stream().mapToLong(Map::size).sum();
        Map<String, Object> properties = new HashMap<>(Map.of(
                "level",
                level.word(),
                "sequence",
                ++sequence,
                "entries",
                level == Level.FULL ? entries : 0,
                "files",
                level == Level.FULL ? entries : 0,
                "fileBytes",
                0L,
                "packages",
                guest.packages.size(),
                "analyzers",
                List.of("dpkg/1", "ext/1"),
                "committedAt",
                NOW));
        if (level == Level.FULL) {
            properties.put("manifest", id(id, "manifest"));
        }
        write("CREATE (i:Inventory {id: $id}) SET i += $properties", Map.of("id", id, "properties", properties));
        String volume = id("volume", id);
        write(
                "MATCH (i:Inventory {id: $id}) CREATE (i)-[:HAS_VOLUME {index: 0}]->(:Volume {id: $volume, virtualBytes: 1073741824, table: 'gpt'})",
                Map.of("id", id, "volume", volume));
        guest.fileSystems
                .keySet()
                .forEach(partition -> partition(volume, partition, Optional.ofNullable(roots.get(partition))));
        rows(
                """
                MATCH (i:Inventory {id: row.id})-[:HAS_VOLUME]->()-[:HAS_PARTITION {number: row.partition}]->()-[:HOLDS]->(fs)
                CREATE (i)-[:MOUNTS {path: row.path, guest: 0, volume: 0, partition: row.partition}]->(fs)
                """,
                guest.mounts.entrySet().stream()
                        .map(mount ->
                                Map.<String, Object>of("id", id, "path", mount.getKey(), "partition", mount.getValue()))
                        .toList());
        guest.system.ifPresent(os -> write(
                """
                MATCH (i:Inventory {id: $id})
                MERGE (os:OperatingSystem {id: $os})
                SET os.distribution = $distribution, os.version = $version, os.patchLevel = $patchLevel,
                    os.prettyName = $prettyName, os.architecture = $architecture
                MERGE (i)-[:RUNS]->(os)
                """,
                Map.of(
                        "id", id,
                        "os", id(os.toString()),
                        "distribution", os.distribution(),
                        "version", os.version(),
                        "patchLevel", os.patchLevel(),
                        "prettyName", os.prettyName(),
                        "architecture", os.architecture())));
        facts(id, guest);
        rows(PackageRows.CYPHER, PackageRows.of(id, guest.packages.values()));
        rows(
                "MATCH (i:Inventory {id: row.id}) MERGE (o:Observation {id: row.observation}) SET o += row.properties"
                        + " MERGE (i)-[:HAS_OBSERVATION]->(o)",
                guest.observations.stream()
                        .map(each -> Map.<String, Object>of(
                                "id",
                                id,
                                "observation",
                                id(each.toString()),
                                "properties",
                                Map.of(
                                        "code", each.code(),
                                        "severity", each.severity().name(),
                                        "where", each.where(),
                                        "message", each.message(),
                                        "by", each.by())))
                        .toList());
    }

    private void facts(String inventory, Guest guest) {
        Map<String, List<Map<String, Object>>> byType = new HashMap<>();
        guest.facts.values().forEach(fact -> byType.computeIfAbsent(
                        fact.relationship() + " " + fact.label(), _ -> new ArrayList<>())
                .add(Map.of(
                        "inventory",
                        inventory,
                        "id",
                        id(fact.label(), fact.properties().toString()),
                        "properties",
                        fact.properties(),
                        "held",
                        fact.held())));
        byType.forEach((type, rows) -> rows(
                "MATCH (i:Inventory {id: row.inventory}) MERGE (f:" + type.split(" ")[1]
                        + " {id: row.id}) SET f += row.properties CREATE (i)-[h:" + type.split(" ")[0]
                        + "]->(f) SET h = row.held",
                rows));
    }

    private void partition(String volume, int number, Optional<String> root) {
        String fileSystem = id("fs", volume, Integer.toString(number), root.orElse(""));
        write(
                """
                MATCH (v:Volume {id: $volume})
                CREATE (v)-[:HAS_PARTITION {number: $number}]->(p:Partition {id: $partition, number: $number,
                  offsetBytes: $number * 1048576, sizeBytes: 1048576, type: 'linux', bootable: false})
                CREATE (p)-[:HOLDS]->(:FileSystem {id: $fs, type: 'ext4', uuid: $uuid, sizeBytes: 1048576, reader: 'java'})
                """,
                Map.of(
                        "volume", volume,
                        "number", number,
                        "partition", id("partition", fileSystem),
                        "fs", fileSystem,
                        "uuid", "0000-000" + number));
        root.ifPresent(directory -> write(
                "MATCH (fs:FileSystem {id: $fs}), (d:Directory {id: $root}) CREATE (fs)-[:ROOT {mode: 493, uid: 0, gid: 0}]->(d)",
                Map.of("fs", fileSystem, "root", directory)));
    }

    private void packages(Guest guest, Level level) {
        List<Map<String, Object>> versions = new ArrayList<>();
        List<Map<String, Object>> owned = new ArrayList<>();
        for (InstalledPackage installed : guest.packages.values()) {
            if (written.add(installed.purl())) {
                versions.add(Map.of(
                        "purl", installed.purl(),
                        "version", installed.version(),
                        "architecture", installed.architecture(),
                        "package", "deb/" + installed.name(),
                        "name", installed.name()));
            }
            if (level == Level.FULL && written.add("owned " + installed.purl())) {
                for (InstalledPackage.OwnedPath path : installed.owned()) {
                    Entry entry = guest.at(path.path());
                    if (entry != null && !(entry.payload() instanceof dev.stemma.graph.model.Payload.Directory)) {
                        owned.add(Map.of(
                                "purl", installed.purl(),
                                "node", TreeEntry.of(entry).child().nodeId(),
                                "path", path.path().escaped(),
                                "configuration", path.configuration()));
                    }
                }
            }
        }
        rows(
                "MERGE (p:Package {id: row.package}) SET p.name = row.name, p.ecosystem = 'deb'"
                        + " CREATE (:PackageVersion {purl: row.purl, version: row.version, architecture: row.architecture})-[:VERSION_OF]->(p)",
                versions);
        rows(
                "MATCH (v:PackageVersion {purl: row.purl}) MATCH (n:File|Link {id: row.node})"
                        + " CREATE (v)-[:OWNS {path: row.path, configuration: CASE WHEN row.configuration THEN true END}]->(n)",
                owned);
    }

    private String tree(NavigableMap<GuestPath, Entry> entries) {
        List<TreeNode> nodes = new ArrayList<>();
        TreeBuilder builder = new TreeBuilder(node -> {
            if (written.add(node.id().hex())) {
                nodes.add(node);
            }
        });
        entries.values().forEach(builder::add);
        String root = builder.finish().hex();
        nodes(nodes);
        return root;
    }

    private void nodes(List<TreeNode> nodes) {
        Map<String, List<Map<String, Object>>> created = new HashMap<>();
        Map<String, List<Map<String, Object>>> entries = new HashMap<>();
        List<Map<String, Object>> chunks = new ArrayList<>();
        for (TreeNode node : nodes) {
            String label = node instanceof DirectoryNode ? "Directory" : "DirectoryChunk";
            created.computeIfAbsent(label, _ -> new ArrayList<>())
                    .add(Map.of("id", node.id().hex(), "properties", Map.of()));
            switch (node.content()) {
                case TreeNode.Content.Chunks held -> {
                    for (int i = 0; i < held.ids().size(); i++) {
                        chunks.add(Map.of(
                                "parent",
                                node.id().hex(),
                                "child",
                                held.ids().get(i).hex(),
                                "index",
                                i));
                    }
                }
                case TreeNode.Content.Entries held ->
                    held.entries().forEach(entry -> {
                        leaf(entry.child(), created);
                        entries.computeIfAbsent(label + " " + label(entry.child()), _ -> new ArrayList<>())
                                .add(entry(node, entry));
                    });
            }
        }
        created.forEach((label, rows) -> rows("CREATE (n:" + label + " {id: row.id}) SET n += row.properties", rows));
        rows(
                "MATCH (p:Directory|DirectoryChunk {id: row.parent}) MATCH (c:DirectoryChunk {id: row.child}) CREATE (p)-[:CHUNK {index: row.index}]->(c)",
                chunks);
        entries.forEach((labels, rows) -> {
            String[] ends = labels.split(" ");
            rows(
                    "MATCH (p:" + ends[0] + " {id: row.parent}) MATCH (c:" + ends[1]
                            + " {id: row.child}) CREATE (p)-[e:ENTRY]->(c) SET e = row.properties",
                    rows);
        });
    }

    private void leaf(Child child, Map<String, List<Map<String, Object>>> created) {
        if (child instanceof Child.Directory || !written.add(label(child) + child.nodeId())) {
            return;
        }
        Map<String, Object> properties =
                switch (child) {
                    case Child.File file -> Map.of("sizeBytes", file.sizeBytes());
                    case Child.UnreadFile file -> Map.of("sizeBytes", file.sizeBytes());
                    case Child.Link link -> Map.of("target", link.target().escaped());
                    case Child.Device device ->
                        Map.of(
                                "kind",
                                device.block() ? "block" : "char",
                                "major",
                                device.major(),
                                "minor",
                                device.minor());
                    case Child.Directory _, Child.Pipe _, Child.Socket _ -> Map.of();
                };
        created.computeIfAbsent(label(child), _ -> new ArrayList<>())
                .add(Map.of("id", child.nodeId(), "properties", properties));
    }

    private static String label(Child child) {
        return child.getClass().getSimpleName();
    }

    private static Map<String, Object> entry(TreeNode node, TreeEntry entry) {
        Map<String, Object> properties = new HashMap<>(
                Map.of("name", entry.name().escaped(), "mode", entry.mode(), "uid", entry.uid(), "gid", entry.gid()));
        if (!entry.xattrs().isEmpty()) {
            properties.put(
                    "xattrs",
                    entry.xattrs().entrySet().stream()
                            .map(xattr -> xattr.getKey().escaped() + "="
                                    + Base64.getEncoder()
                                            .encodeToString(xattr.getValue().bytes()))
                            .toList());
        }
        return Map.of("parent", node.id().hex(), "child", entry.child().nodeId(), "properties", properties);
    }

    /** One image derives from another. */
    public void derive(String child, String parent, String kind, Basis basis, Optional<Double> confidence) {
        Map<String, Object> properties = new HashMap<>(Map.of("kind", kind, "basis", basis.name(), "since", NOW));
        confidence.ifPresent(value -> properties.put("confidence", value));
        write(
                "MATCH (c:Image {id: $child}), (p:Image {id: $parent}) CREATE (c)-[d:DERIVED_FROM]->(p) SET d = $properties",
                Map.of("child", imageId(child), "parent", imageId(parent), "properties", properties));
    }

    /** A derivation that somebody recorded. */
    public void record(String child, String parent, String kind, String agent) {
        derive(child, parent, kind, Basis.RECORDED, Optional.empty());
        write(
                """
                MATCH (c:Image {id: $child}), (p:Image {id: $parent})
                CREATE (c)-[:GENERATED_BY]->(a:Activity {id: $activity, kind: 'derive', startedAt: $now, endedAt: $now})-[:USED]->(p)
                MERGE (who:Agent {id: $agent, name: $agent, kind: 'person'})
                CREATE (a)-[:ASSOCIATED_WITH]->(who)
                """,
                Map.of(
                        "child",
                        imageId(child),
                        "parent",
                        imageId(parent),
                        "activity",
                        "act-" + child + "-" + parent,
                        "agent",
                        agent,
                        "now",
                        NOW));
    }
}
