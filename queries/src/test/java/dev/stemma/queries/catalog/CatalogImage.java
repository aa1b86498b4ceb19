package dev.stemma.queries.catalog;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.OperatingSystem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An image of a catalog, and all that is to know of it. The packages are one array that nobody changes.
 *
 * @param number from 0, in the order in which a catalog lists them
 * @param parent number of what it was made of, smaller; -1 when there is nothing
 * @param derivation the word for how it was made of that, {@code copy}; empty when there is nothing
 * @param system which of {@link PackageTable#SYSTEMS}
 * @param created when it was made
 * @param modified when it was last written
 * @param applications the sets of packages that were chosen
 * @param packages versions by their numbers in the table, ascending
 * @param edits files of its own and changed configuration: path to the number of a content
 */
public record CatalogImage(
        int number,
        int parent,
        String derivation,
        int system,
        Instant created,
        Instant modified,
        List<String> applications,
        int[] packages,
        SortedMap<String, Integer> edits) {

    public CatalogImage {
        applications = List.copyOf(applications);
        edits = Collections.unmodifiableSortedMap(new TreeMap<>(edits));
    }

    /** Its first application and its number: {@code nginx-17}. */
    public String name() {
        return (applications.isEmpty() ? "base" : applications.getFirst()) + "-" + number;
    }

    public String location() {
        return "/images/" + number % 40 + "/" + name() + ".qcow2";
    }

    /** As the first image at its location has it. */
    public String id() {
        return "img-" + digest(location()).substring(0, 20);
    }

    public String inventoryId() {
        return digest("inventory " + number);
    }

    /** How many bytes its file takes; of no meaning. */
    long allocatedBytes() {
        return 1_000_000_000L + 1_000_000L * packages.length + number;
    }

    OperatingSystem operatingSystem() {
        OperatingSystem system = PackageTable.SYSTEMS.get(system());
        long months = (created.getEpochSecond() - SyntheticCatalog.START.getEpochSecond()) / (60 * 86_400L);
        return new OperatingSystem(
                system.distribution(),
                system.version(),
                Optional.of("12." + (4 + months)),
                system.prettyName(),
                system.architecture());
    }

    static String digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).hex();
    }
}
