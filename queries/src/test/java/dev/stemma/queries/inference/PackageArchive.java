package dev.stemma.queries.inference;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Real package sets of Debian 12 with the versions that each package had; when each version came out is drawn. */
final class PackageArchive {

    /** Days that histories go over. */
    static final int DAYS = 720;

    private final Map<String, List<String>> sets = new TreeMap<>();
    private final Map<String, List<String>> versions = new TreeMap<>();
    private final Map<String, int[]> released = new HashMap<>();

    PackageArchive(Random random) {
        try (InputStream in = PackageArchive.class.getResourceAsStream("/inference/debian-12.txt")) {
            if (in == null) {
                throw new IllegalStateException("/inference/debian-12.txt is missing");
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

    List<String> base() {
        return set("base");
    }

    List<String> set(String name) {
        return sets.getOrDefault(name, List.of());
    }

    /** The names of all sets but the base. */
    List<String> applications() {
        List<String> names = new ArrayList<>(sets.keySet());
        names.remove("base");
        return names;
    }

    /** The newest version on a day. */
    String version(String name, double day) {
        int[] days = released.getOrDefault(name, new int[] {0});
        int newest = 0;
        while (newest + 1 < days.length && days[newest + 1] <= day) {
            newest++;
        }
        return versions.getOrDefault(name, List.of("1")).get(newest);
    }
}
