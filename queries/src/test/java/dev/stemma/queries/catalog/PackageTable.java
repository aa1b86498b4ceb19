package dev.stemma.queries.catalog;

import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.OperatingSystem;
import dev.stemma.graph.model.PackageGroups;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All package versions that images of a catalog can have, numbered: those of a package side by side, the older first, so that a sorted
 * set of them has each package at one place whatever its version. Immutable.
 */
public final class PackageTable {

    /** Debian 12 on two architectures, and Raspbian 12, whose packages are Debian's. */
    static final List<OperatingSystem> SYSTEMS = List.of(
            system("debian", "Debian GNU/Linux 12 (bookworm)", "amd64"),
            system("debian", "Debian GNU/Linux 12 (bookworm)", "arm64"),
            system("raspbian", "Raspbian GNU/Linux 12 (bookworm)", "armhf"));

    private final PackageArchive archive;
    private final List<InstalledPackage> versions = new ArrayList<>();
    private final List<Map<String, Integer>> first = new ArrayList<>();
    private final int[] groups;
    private final int[] oldest;

    PackageTable(PackageArchive archive) {
        this.archive = archive;
        List<Integer> starts = new ArrayList<>();
        for (OperatingSystem system : SYSTEMS) {
            Map<String, Integer> numbers = new HashMap<>();
            first.add(numbers);
            for (String name : archive.names()) {
                int start = versions.size();
                numbers.put(name, start);
                for (String version : archive.versions(name)) {
                    starts.add(start);
                    versions.add(installed(system, name, version));
                }
            }
        }
        oldest = starts.stream().mapToInt(Integer::intValue).toArray();
        groups = versions.stream()
                .mapToInt(version -> PackageGroups.index(version.purl()))
                .toArray();
    }

    private static OperatingSystem system(String distribution, String prettyName, String architecture) {
        return new OperatingSystem(
                distribution, Optional.of("12"), Optional.empty(), Optional.of(prettyName), Optional.of(architecture));
    }

    private static InstalledPackage installed(OperatingSystem system, String name, String version) {
        String architecture = system.architecture().orElseThrow();
        return new InstalledPackage(
                "pkg:deb/" + system.distribution() + "/" + encoded(name) + "@" + encoded(version) + "?arch="
                        + architecture,
                "deb",
                name,
                version,
                architecture,
                "installed",
                false,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static String encoded(String text) {
        return text.replace("+", "%2B").replace("~", "%7E").replace(":", "%3A");
    }

    public int size() {
        return versions.size();
    }

    public InstalledPackage get(int number) {
        return versions.get(number);
    }

    /** The group that an inventory has it in. */
    int group(int number) {
        return groups[number];
    }

    /** The number of a package's oldest version, which stands for the package. */
    public int oldest(int number) {
        return oldest[number];
    }

    /** The newest version of a package on a day. */
    int newest(int system, String name, double day) {
        Integer start = first.get(system).get(name);
        if (start == null) {
            throw new IllegalArgumentException("the archive has no " + name);
        }
        return start + archive.newest(name, day);
    }

    /** The newest version on a day of the package that a version is of, or that version when it is newer. */
    int upgraded(int number, double day) {
        return Math.max(
                number, oldest[number] + archive.newest(versions.get(number).name(), day));
    }
}
