package dev.stemma.queries.search;

import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.PackageRows;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A library of many images, written in bulk: packages of which few are everywhere and many in few images, directories that are shared
 * and ones that are not, configuration in some hundred variants. The same seed makes the same library.
 */
final class SyntheticCatalog {

    private static final int PACKAGES = 3_000;
    private static final int VERSIONS = 4;
    private static final int VARIANTS = 200;
    private static final int AT_ONCE = 25;

    private final Graph graph;
    private final int images;
    private final int packages;
    private final Map<String, String> texts = new HashMap<>();

    SyntheticCatalog(Graph graph, int images, int packages) {
        this.graph = graph;
        this.images = images;
        this.packages = packages;
    }

    static String packageName(int number) {
        return "package-" + number;
    }

    private static String purl(int number, int version) {
        return "pkg:deb/debian/" + packageName(number) + "@" + version + ".0-1?arch=amd64";
    }

    private void rows(String body, List<Map<String, Object>> rows) {
        for (int from = 0; from < rows.size(); from += 5_000) {
            graph.write(new Statement(
                    "CYPHER 25 UNWIND $rows AS row " + body,
                    Map.of("rows", rows.subList(from, Math.min(rows.size(), from + 5_000)))));
        }
    }

    void load() {
        List<Map<String, Object>> versions = new ArrayList<>();
        for (int number = 0; number < PACKAGES; number++) {
            for (int version = 0; version < VERSIONS; version++) {
                versions.add(Map.of(
                        "id",
                        "deb/" + packageName(number),
                        "name",
                        packageName(number),
                        "purl",
                        purl(number, version),
                        "version",
                        version + ".0-1"));
            }
        }
        rows(
                "MERGE (p:Package {id: row.id}) SET p.name = row.name, p.ecosystem = 'deb'"
                        + " CREATE (:PackageVersion {purl: row.purl, version: row.version, architecture: 'amd64'})-[:VERSION_OF]->(p)",
                versions);
        graph.write(new Statement("""
                CYPHER 25
                CREATE (:Repository {id: 'rep-1', name: 'lab', kind: 'OPERATIONAL', connector: 'directory', uri: 'file:///images'})
                CREATE (:OperatingSystem {id: 'os-0', distribution: 'debian', version: '12', prettyName: 'Debian GNU/Linux 12 (bookworm)', architecture: 'amd64'})
                CREATE (:OperatingSystem {id: 'os-1', distribution: 'fedora', version: '43', prettyName: 'Fedora Linux 43', architecture: 'amd64'})
                CREATE (:OperatingSystem {id: 'os-2', distribution: 'ubuntu', version: '24.04', prettyName: 'Ubuntu 24.04 LTS', architecture: 'arm64'})
                CREATE (:Role {id: 'web-server', name: 'web-server'})
                """, Map.of()));
        variants();
        Random random = new Random(7);
        for (int from = 0; from < images; from += AT_ONCE) {
            batch(from, Math.min(images, from + AT_ONCE), random);
        }
    }

    /** What images share: the contents of {@code /usr/bin} and {@code /etc/ssh}. */
    private void variants() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int variant = 0; variant < VARIANTS; variant++) {
            String sshd = "# variant " + variant + "\nPermitRootLogin " + (variant % 3 == 0 ? "yes" : "no") + "\nPort "
                    + (22 + variant) + "\n" + "AcceptEnv LANG LC_*\n".repeat(40);
            texts.put(SearchBenchmark.digest(sshd), sshd);
            List<Map<String, Object>> files = new ArrayList<>();
            files.add(entry("sshd_config", SearchBenchmark.digest(sshd)));
            rows.add(Map.of("id", "ssh-" + variant, "files", files));
            List<Map<String, Object>> tools = new ArrayList<>();
            for (int tool = 0; tool < 100; tool++) {
                tools.add(entry("tool-" + tool, tool(tool, variant)));
            }
            rows.add(Map.of("id", "bin-" + variant, "files", tools));
        }
        for (Map<String, Object> row : rows) {
            rows(
                    "CREATE (d:Directory {id: row.id}) WITH d, row UNWIND row.files AS file MERGE (f:File {id: file.digest})"
                            + " SET f.sizeBytes = 100 CREATE (d)-[:ENTRY {name: file.name, mode: 420, uid: 0, gid: 0}]->(f)",
                    List.of(row));
        }
        rows(
                "MATCH (bin:Directory {id: row.bin}) CREATE (:Directory {id: row.usr})-[:ENTRY {name: 'bin', mode: 493, uid: 0, gid: 0}]->(bin)",
                java.util.stream.IntStream.range(0, VARIANTS)
                        .mapToObj(variant -> Map.<String, Object>of("bin", "bin-" + variant, "usr", "usr-" + variant))
                        .toList());
    }

    private static Map<String, Object> entry(String name, String digest) {
        return Map.of("name", name, "digest", digest);
    }

    /** Every tenth tool differs in each variant; the others have ten versions, each in a tenth of the images. */
    private static String tool(int tool, int variant) {
        return SearchBenchmark.digest("tool " + tool + " " + (tool % 10 == 0 ? variant : 1_000 + variant % 10));
    }

    private void batch(int from, int to, Random random) {
        List<Map<String, Object>> rows = new ArrayList<>();
        List<Map<String, Object>> packages = new ArrayList<>();
        for (int i = from; i < to; i++) {
            String hostname = "host-" + i + "\n";
            texts.put(SearchBenchmark.digest(hostname), hostname);
            int variant = random.nextInt(VARIANTS);
            Map<String, Object> row = new HashMap<>();
            row.put("id", "img-%020d".formatted(i));
            row.put("name", (i % 3 == 0 ? "web-" : "db-") + i);
            row.put("location", "/images/" + (i % 40) + "/" + i + ".qcow2");
            row.put(
                    "modified",
                    Instant.parse("2026-01-01T00:00:00Z")
                            .plusSeconds(random.nextInt(300 * 86_400))
                            .atZone(ZoneOffset.UTC));
            row.put("inventory", SearchBenchmark.digest("inventory " + i));
            row.put("sequence", i + 1L);
            row.put("os", "os-" + random.nextInt(3));
            row.put("ssh", "ssh-" + variant);
            row.put("usr", "usr-" + variant);
            row.put("hostname", SearchBenchmark.digest(hostname));
            row.put("web", i % 3 == 0);
            packages.addAll(PackageRows.installed(String.valueOf(row.get("inventory")), purls(random)));
            rows.add(row);
        }
        rows("""
                MATCH (repository:Repository {id: 'rep-1'}), (os:OperatingSystem {id: row.os}), (ssh:Directory {id: row.ssh}), (usr:Directory {id: row.usr})
                CREATE (image:Image {id: row.id, name: row.name, location: row.location, format: 'qcow2', state: 'ACTIVE', modifiedAt: row.modified, registeredAt: row.modified})
                CREATE (image)-[:STORED_IN]->(repository)
                CREATE (i:Inventory {id: row.inventory, level: 'full', sequence: row.sequence})
                CREATE (image)-[:HAS_INVENTORY {observedAt: row.modified, level: 'full'}]->(i)
                CREATE (i)-[:RUNS]->(os)
                CREATE (i)-[:HAS_VOLUME {index: 0}]->(:Volume {id: 'vol ' + row.inventory})-[:HAS_PARTITION {number: 1}]->
                       (:Partition {id: 'par ' + row.inventory, number: 1})-[:HOLDS]->(fs:FileSystem {id: 'fs ' + row.inventory})
                CREATE (root:Directory {id: 'root ' + row.inventory}), (etc:Directory {id: 'etc ' + row.inventory})
                CREATE (fs)-[:ROOT]->(root)
                CREATE (root)-[:ENTRY {name: 'etc', mode: 493, uid: 0, gid: 0}]->(etc), (root)-[:ENTRY {name: 'usr', mode: 493, uid: 0, gid: 0}]->(usr)
                CREATE (etc)-[:ENTRY {name: 'ssh', mode: 493, uid: 0, gid: 0}]->(ssh)
                MERGE (hostname:File {id: row.hostname}) SET hostname.sizeBytes = 9
                CREATE (etc)-[:ENTRY {name: 'hostname', mode: 420, uid: 0, gid: 0}]->(hostname)
                WITH row, i
                FOREACH (_ IN CASE WHEN row.web THEN [1] ELSE [] END | MERGE (role:Role {id: 'web-server'}) CREATE (i)-[:HAS_ROLE]->(role))
                """, rows);
        rows(PackageRows.CYPHER, packages);
    }

    /** Low numbers are in most images. */
    private List<String> purls(Random random) {
        BitSet numbers = new BitSet();
        List<String> purls = new ArrayList<>();
        while (purls.size() < packages) {
            double x = random.nextDouble();
            int number = (int) (PACKAGES * x * x);
            if (!numbers.get(number)) {
                numbers.set(number);
                purls.add(purl(number, random.nextInt(VERSIONS)));
            }
        }
        return purls;
    }

    /** In about 50 of 10,000 images. */
    String someFile(Random random) {
        return tool(10 * random.nextInt(10), random.nextInt(VARIANTS));
    }

    /** In about 1,000 of 10,000 images. */
    String commonFile(Random random) {
        return tool(1 + random.nextInt(9), random.nextInt(VARIANTS));
    }

    String phrase(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> "text:\"PermitRootLogin " + (random.nextBoolean() ? "yes" : "no") + "\"";
            case 1 -> "text:\"Port " + (22 + random.nextInt(VARIANTS)) + "\" role:web-server";
            default -> "text:\"host " + random.nextInt(images) + "\"";
        };
    }

    TextSource texts() {
        return new TextSource() {
            @Override
            public Map<String, String> all() {
                Map<String, String> all = new HashMap<>();
                texts.keySet().forEach(digest -> all.put(digest, "1"));
                return all;
            }

            @Override
            public Optional<String> text(String digest) {
                return Optional.ofNullable(texts.get(digest));
            }
        };
    }
}
