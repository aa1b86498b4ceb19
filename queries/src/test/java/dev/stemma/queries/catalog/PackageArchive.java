package dev.stemma.queries.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Real package sets of Debian 12 with the versions that each package had; when each version came out is drawn. Immutable. */
public final class PackageArchive {

    /** Days that histories go over. */
    public static final int DAYS = 720;

    private final Map<String, List<String>> sets = new TreeMap<>();
    private final Map<String, List<String>> versions = new TreeMap<>();
    private final Map<String, int[]> released = new HashMap<>();

    /** @param resource made by {@code package-sets.py}: {@code /inference/debian-12.txt} or, of more programs, {@code /catalog/debian-12.txt} */
    public PackageArchive(String resource, Random random) {
        try (InputStream in = PackageArchive.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing");
            }
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(this::line);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        versions.forEach((name, all) -> {
            int[] days = new int[all.size()];
            for (int i = 1; i < days.length; i++) {
                days[i] = random.nextInt(DAYS);
            }
            Arrays.sort(days, 1, days.length);
            days[0] = Integer.MIN_VALUE;
            released.put(name, days);
        });
    }

    private void line(String line) {
        String[] parts = line.split("\t", -1);
        (parts[0].equals("set") ? sets : versions).put(parts[1], List.of(parts[2].split(" ", -1)));
    }

    public List<String> base() {
        return set("base");
    }

    public List<String> set(String name) {
        return sets.getOrDefault(name, List.of());
    }

    /** The names of all sets but the base. */
    public List<String> applications() {
        List<String> names = new ArrayList<>(sets.keySet());
        names.remove("base");
        return names;
    }

    /** The newest version on a day. */
    public String version(String name, double day) {
        return versions(name).get(newest(name, day));
    }

    /** The names of all packages. */
    Set<String> names() {
        return versions.keySet();
    }

    /** All versions of a package, one after the other. */
    List<String> versions(String name) {
        return versions.getOrDefault(name, List.of("1"));
    }

    /** Which of its versions is the newest on a day. */
    int newest(String name, double day) {
        int[] days = released.getOrDefault(name, new int[] {0});
        int newest = 0;
        while (newest + 1 < days.length && days[newest + 1] <= day) {
            newest++;
        }
        return newest;
    }
}
