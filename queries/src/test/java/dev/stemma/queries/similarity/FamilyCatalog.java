package dev.stemma.queries.similarity;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Statement;
import dev.stemma.queries.PackageRows;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A library of many images as they come to be: some systems, families that begin with one of them, and images made of earlier ones, most by few
 * changes (upgrades, additions, removals of packages), some by many. Packages are kept as bits, by which similarity is worked out
 * apart from Stemma. The same seed makes the same library.
 */
final class FamilyCatalog {

    private static final int PACKAGES = 4_000;
    private static final int VERSIONS = 6;
    private static final int SYSTEMS = 8;
    private static final int AT_ONCE = 50;

    private final Random random;
    private final int packages;
    private final List<BitSet> images = new ArrayList<>();
    private final List<Integer> roots = new ArrayList<>();

    /** @param packages of an image, more or less */
    FamilyCatalog(int count, int packages, long seed) {
        random = new Random(seed);
        this.packages = packages;
        List<BitSet> systems = new ArrayList<>();
        for (int i = 0; i < SYSTEMS; i++) {
            BitSet system = new BitSet();
            while (system.cardinality() < packages) {
                add(system);
            }
            systems.add(system);
        }
        for (int i = 0; i < count; i++) {
            if (i < SYSTEMS || random.nextInt(80) == 0) {
                roots.add(i);
                images.add(changed(systems.get(random.nextInt(SYSTEMS)), packages / 3));
            } else {
                images.add(descendant());
            }
        }
    }

    /** One more image, made of one that is there. */
    int grow() {
        images.add(descendant());
        return images.size() - 1;
    }

    private BitSet descendant() {
        // Of two, the earlier: few have many children, most have none.
        int parent = Math.min(random.nextInt(images.size()), random.nextInt(images.size()));
        int kind = random.nextInt(10);
        int changes = kind < 5
                ? 1 + random.nextInt(4)
                : kind < 9 ? 5 + random.nextInt(packages / 12) : packages / 12 + random.nextInt(packages / 4);
        return changed(images.get(parent), changes);
    }

    int size() {
        return images.size();
    }

    /** Low numbers are in most images. */
    private void add(BitSet image) {
        double x = random.nextDouble();
        int number = (int) (PACKAGES * x * x);
        if (version(image, number) < 0) {
            image.set(number * VERSIONS + random.nextInt(VERSIONS));
        }
    }

    /** The bit of a package's version, negative when it is not there. */
    private static int version(BitSet image, int number) {
        int bit = image.nextSetBit(number * VERSIONS);
        return bit >= 0 && bit < (number + 1) * VERSIONS ? bit : -1;
    }

    private BitSet changed(BitSet from, int changes) {
        BitSet image = (BitSet) from.clone();
        int[] there = from.stream().toArray();
        for (int i = 0; i < changes; i++) {
            int bit = there[random.nextInt(there.length)];
            switch (random.nextInt(4)) {
                case 0 -> image.clear(bit);
                case 1 -> add(image);
                default -> {
                    if (image.get(bit)) {
                        image.clear(bit);
                        image.set(bit / VERSIONS * VERSIONS + random.nextInt(VERSIONS));
                    }
                }
            }
        }
        return image;
    }

    /** Jaccard similarity of two images, from the bits. */
    double similarity(int one, int other) {
        BitSet both = (BitSet) images.get(one).clone();
        both.and(images.get(other));
        int shared = both.cardinality();
        return (double) shared
                / (images.get(one).cardinality() + images.get(other).cardinality() - shared);
    }

    /** The similarity of the k-th nearest to an image. */
    double nearest(int one, int k) {
        return java.util.stream.IntStream.range(0, images.size())
                .filter(other -> other != one)
                .mapToObj(other -> similarity(one, other))
                .sorted(Comparator.reverseOrder())
                .skip(k - 1L)
                .findFirst()
                .orElseThrow();
    }

    static String imageId(int image) {
        return "img-%020d".formatted(image);
    }

    static int number(String imageId) {
        return Integer.parseInt(imageId.substring(4));
    }

    static String inventoryId(int image) {
        return Digest.sha256(("inventory " + image).getBytes(StandardCharsets.UTF_8))
                .hex();
    }

    private static String purl(int bit) {
        return "pkg:deb/debian/package-" + bit / VERSIONS + "@1." + bit % VERSIONS + "?arch=amd64";
    }

    /** Writes all of it into an empty graph. */
    void load(Graph graph) {
        List<Map<String, Object>> versions = new ArrayList<>();
        for (int bit = 0; bit < PACKAGES * VERSIONS; bit++) {
            versions.add(Map.of("purl", purl(bit), "version", "1." + bit % VERSIONS));
        }
        graph.write(new Statement(
                "CYPHER 25 UNWIND $rows AS row CREATE (:PackageVersion {purl: row.purl, version: row.version, architecture: 'amd64'})",
                Map.of("rows", versions)));
        for (int from = 0; from < images.size(); from += AT_ONCE) {
            load(graph, from, Math.min(images.size(), from + AT_ONCE));
        }
    }

    /** Writes some of the images. */
    void load(Graph graph, int from, int to) {
        ZonedDateTime then = ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
        List<Map<String, Object>> rows = new ArrayList<>();
        List<Map<String, Object>> installed = new ArrayList<>();
        for (int i = from; i < to; i++) {
            Map<String, Object> row = new HashMap<>();
            row.put("id", imageId(i));
            row.put("name", "image-" + i);
            row.put("location", "/images/" + i + ".qcow2");
            row.put("at", then.plusMinutes(i));
            row.put("inventory", inventoryId(i));
            row.put("sequence", i + 1L);
            row.put("bytes", 1_000_000L + i);
            rows.add(row);
            installed.addAll(PackageRows.installed(
                    inventoryId(i),
                    images.get(i).stream().mapToObj(FamilyCatalog::purl).toList()));
        }
        graph.write(new Statement("""
                CYPHER 25
                UNWIND $rows AS row
                CREATE (image:Image {id: row.id, name: row.name, location: row.location, format: 'qcow2', state: 'ACTIVE',
                                     allocatedBytes: row.bytes, modifiedAt: row.at, registeredAt: row.at})
                CREATE (image)-[:HAS_INVENTORY {observedAt: row.at, level: 'basic'}]->
                       (:Inventory {id: row.inventory, level: 'basic', sequence: row.sequence})
                """, Map.of("rows", rows)));
        graph.write(new Statement("CYPHER 25 UNWIND $rows AS row " + PackageRows.CYPHER, Map.of("rows", installed)));
    }
}
