package dev.stemma.queries.catalog;

import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.OperatingSystem;
import dev.stemma.graph.model.PackageGroups;
import dev.stemma.queries.catalog.CsvTables.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes images as the reference page on the graph has them. What images share is written when the first has it; memory holds the numbers of
 * package groups, directories and files that were written, and of nothing that each image has alone. Not thread-safe.
 */
final class CatalogWriter {

    private static final Set<String> WEB_SERVERS =
            Set.of("nginx", "nginx-extras", "apache2", "lighttpd", "haproxy", "varnish");
    private static final long GIBIBYTE = 1L << 30;

    private final CsvTables tables;
    private final PackageTable packages;
    private final TreeTables trees;
    private final CatalogFiles files;
    private final DigestNumbers groups = new DigestNumbers();
    private final Map<String, Integer> packageNodes = new HashMap<>();
    private final Map<OperatingSystem, Integer> systems = new HashMap<>();
    private final int[] versions;
    private final boolean[] owned;

    CatalogWriter(CsvTables tables, PackageTable packages) {
        this.tables = tables;
        this.packages = packages;
        trees = new TreeTables(tables);
        files = new CatalogFiles(packages);
        versions = new int[packages.size()];
        Arrays.fill(versions, -1);
        owned = new boolean[packages.size()];
        tables.row(Table.REPOSITORY, 0, "rep-1", "lab", "OPERATIONAL", "directory", "file:///images");
        tables.row(Table.ROLE, 0, "web-server", "web-server");
    }

    /** Writes an image; what it was made of was written before. */
    void write(CatalogImage image, Depth depth) {
        int number = image.number();
        String level = depth == Depth.PACKAGES ? "basic" : "full";
        tables.row(
                Table.IMAGE,
                number,
                image.id(),
                image.name(),
                "qcow2",
                image.location(),
                20 * GIBIBYTE,
                image.allocatedBytes(),
                image.modified(),
                "ACTIVE",
                image.created());
        tables.row(Table.STORED_IN, number, 0);
        if (image.parent() >= 0) {
            int activity = activity("act-" + number, image.derivation(), image.created());
            tables.row(Table.GENERATED_BY, number, activity);
            tables.row(Table.USED, activity, image.parent());
            tables.row(Table.DERIVED_FROM, number, image.parent(), image.derivation(), "RECORDED", image.created());
        }
        tables.row(Table.VOLUME, number, CatalogImage.digest("volume " + number), 20 * GIBIBYTE, "gpt");
        tables.row(Table.HAS_VOLUME, number, number, 0);
        tables.row(
                Table.PARTITION,
                number,
                CatalogImage.digest("partition " + number),
                1,
                1 << 20,
                20 * GIBIBYTE - (2 << 20),
                "linux",
                true);
        tables.row(Table.HAS_PARTITION, number, number, 1);
        String fileSystem = CatalogImage.digest("file system " + number);
        tables.row(Table.FILE_SYSTEM, number, fileSystem, "ext4", fileSystem.substring(0, 8), 19 * GIBIBYTE, "ext/1");
        tables.row(Table.HOLDS, number, number);
        TreeTables.Counts counts = TreeTables.Counts.NOTHING;
        if (depth != Depth.PACKAGES) {
            counts = trees.write(files.entries(image, depth));
            tables.row(Table.ROOT, number, counts.root(), 0755, 0, 0);
        }
        tables.row(
                Table.INVENTORY,
                number,
                image.inventoryId(),
                level,
                number + 1,
                depth == Depth.PACKAGES ? null : CatalogImage.digest("manifest " + number),
                counts.entries(),
                counts.files(),
                counts.fileBytes(),
                image.packages().length,
                "dpkg/1;ext/1",
                image.modified());
        String run = "act-index-" + number;
        tables.row(Table.HAS_INVENTORY, number, number, image.modified(), level, run);
        int activity = activity(run, "index", image.modified());
        tables.row(Table.INDEXED_BY, number, activity);
        tables.row(Table.USED, activity, number);
        tables.row(Table.RUNS, number, system(image.operatingSystem()));
        if (image.applications().stream().anyMatch(WEB_SERVERS::contains)) {
            tables.row(Table.HAS_ROLE, number, 0, "roles/1", "a web server is installed");
        }
        groups(image, depth);
    }

    private int activity(String id, String kind, Instant at) {
        return tables.row(Table.ACTIVITY, tables.count(Table.ACTIVITY), id, kind, at, at);
    }

    private int system(OperatingSystem system) {
        return systems.computeIfAbsent(
                system,
                _ -> tables.row(
                        Table.OPERATING_SYSTEM,
                        tables.count(Table.OPERATING_SYSTEM),
                        CatalogImage.digest(system.toString()),
                        system.distribution(),
                        system.version().orElseThrow(),
                        system.patchLevel().orElseThrow(),
                        system.prettyName().orElseThrow(),
                        system.architecture().orElseThrow()));
    }

    private void groups(CatalogImage image, Depth depth) {
        List<List<Integer>> members = new ArrayList<>();
        for (int i = 0; i < PackageGroups.COUNT; i++) {
            members.add(new ArrayList<>());
        }
        for (int version : image.packages()) {
            members.get(packages.group(version)).add(version);
            version(version, depth);
        }
        for (int index = 0; index < PackageGroups.COUNT; index++) {
            if (!members.get(index).isEmpty()) {
                tables.row(Table.HAS_PACKAGES, image.number(), group(members.get(index)), index);
            }
        }
    }

    /** Known by its members' numbers, so that its digest is worked out once. */
    private int group(List<Integer> members) {
        long a = members.size();
        long b = 7;
        for (int version : members) {
            a = (a ^ version) * 0x9e3779b97f4a7c15L;
            a ^= a >>> 29;
            b = (b + version) * 0xff51afd7ed558ccdL;
            b ^= b >>> 31;
        }
        int known = groups.find(a, b);
        if (known >= 0) {
            return known;
        }
        List<InstalledPackage> installed = members.stream()
                .map(packages::get)
                .sorted(java.util.Comparator.comparing(InstalledPackage::purl))
                .toList();
        int group = tables.count(Table.PACKAGE_GROUP);
        tables.row(Table.PACKAGE_GROUP, group, PackageGroups.id(installed).hex(), installed.size());
        for (int version : members) {
            tables.row(Table.INSTALLS, group, versions[version], "installed", false, true);
        }
        groups.put(a, b, group);
        return group;
    }

    private void version(int version, Depth depth) {
        InstalledPackage installed = packages.get(version);
        if (versions[version] < 0) {
            int node = tables.count(Table.PACKAGE_VERSION);
            versions[version] = node;
            tables.row(
                    Table.PACKAGE_VERSION,
                    node,
                    installed.purl(),
                    installed.version(),
                    installed.architecture(),
                    depth == Depth.PACKAGES ? null : files.owned(version, depth).size());
            int of = packageNodes.computeIfAbsent(
                    installed.name(),
                    name -> tables.row(
                            Table.PACKAGE, tables.count(Table.PACKAGE), "deb/" + name, name, installed.ecosystem()));
            tables.row(Table.VERSION_OF, node, of);
        }
        if (depth != Depth.PACKAGES && !owned[version]) {
            owned[version] = true;
            String configuration = CatalogFiles.configuration(installed).orElse("");
            files.owned(version, depth)
                    .forEach(entry -> tables.row(
                            Table.OWNS,
                            versions[version],
                            trees.leaf(entry),
                            entry.path().escaped(),
                            entry.path().escaped().equals(configuration) ? true : null));
        }
    }
}
