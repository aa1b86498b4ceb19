package dev.stemma.queries.inference;

import dev.stemma.queries.catalog.PackageArchive;
import dev.stemma.queries.inference.SimulatedSystem.Known;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Families whose history is known, and installations that belong to none, all made from one seed. */
final class GeneratedWorld {

    private final List<ImageTraits> images = new ArrayList<>();
    private final Map<String, String> parents = new HashMap<>();
    private final Map<String, Boolean> hidden = new HashMap<>();

    /** How a family grows. */
    enum Shape {
        /** Anything may be copied. */
        RECURSIVE,
        /** A few masters, of which nearly everything is made. */
        MASTERS,
        /** Mostly one after the other. */
        CHAIN
    }

    /**
     * @param families at least 1
     * @param size images of each family, the hidden ones included
     * @param hiddenShare of all images of families, 0 to 1, that nobody sees
     */
    GeneratedWorld(long seed, int families, int size, double hiddenShare, Known known) {
        Random random = new Random(seed);
        PackageArchive archive = new PackageArchive("/inference/debian-12.txt", random);
        for (int family = 0; family < families; family++) {
            Shape shape = List.of(Shape.values()).get((int) Math.floorMod(seed + family, 3L));
            grow("family" + family, shape, size, archive, random, known);
        }
        for (String name : List.copyOf(parents.keySet()).stream().sorted().toList()) {
            hidden.put(name, random.nextDouble() < hiddenShare);
        }
        for (int i = 0; i < families * size / 6; i++) {
            SimulatedSystem alone = new SimulatedSystem(archive, random, random.nextInt(PackageArchive.DAYS / 2));
            alone.live(60, 1 + random.nextInt(6));
            add(alone, "alone" + i, "", known);
            hidden.put("alone" + i, false);
        }
    }

    private void add(SimulatedSystem system, String name, String parent, Known known) {
        images.add(system.traits(name, known));
        parents.put(name, parent);
    }

    private void grow(String family, Shape shape, int size, PackageArchive archive, Random random, Known known) {
        List<SimulatedSystem> systems = new ArrayList<>();
        List<String> names = new ArrayList<>();
        SimulatedSystem root = new SimulatedSystem(archive, random, random.nextInt(120));
        root.live(10, 1 + random.nextInt(4));
        systems.add(root);
        names.add(family + "-0");
        parents.put(family + "-0", "");
        for (int i = 1; i < size; i++) {
            int from =
                    switch (shape) {
                        case RECURSIVE -> random.nextInt(i);
                        case MASTERS ->
                            random.nextInt(5) == 0 ? random.nextInt(i) : random.nextInt(Math.min(i, 1 + size / 8));
                        case CHAIN -> random.nextInt(4) == 0 ? random.nextInt(i) : i - 1;
                    };
            SimulatedSystem parent = systems.get(from);
            SimulatedSystem child = random.nextInt(5) == 0 ? parent.copiedByFile() : parent.copied();
            child.day += random.nextInt(30);
            switch (random.nextInt(5)) {
                case 0 -> child.generalize();
                case 1 -> child.takeNewIdentity();
                default -> {}
            }
            child.live(1 + random.nextInt(60), 1 + random.nextInt(5));
            if (random.nextInt(50) == 0) {
                // The parent goes on after it was copied.
                parent.day = Math.max(parent.day, child.day - random.nextInt(20));
                parent.live(5, 1);
            }
            systems.add(child);
            names.add(family + "-" + i);
            parents.put(family + "-" + i, names.get(from));
        }
        for (int i = 0; i < size; i++) {
            images.add(systems.get(i).traits(names.get(i), known));
        }
    }

    /** The images that are seen. */
    List<ImageTraits> visible() {
        return images.stream()
                .filter(image -> !hidden.getOrDefault(image.imageId(), false))
                .toList();
    }

    /** The nearest ancestor that is seen. */
    Optional<String> parent(String name) {
        String at = parents.getOrDefault(name, "");
        while (hidden.getOrDefault(at, false)) {
            at = parents.getOrDefault(at, "");
        }
        return Optional.of(at).filter(id -> !id.isEmpty());
    }

    /** Ancestors, seen or not, nearest first. */
    List<String> line(String name) {
        List<String> line = new ArrayList<>();
        for (String at = parents.getOrDefault(name, ""); !at.isEmpty(); at = parents.getOrDefault(at, "")) {
            line.add(at);
        }
        return line;
    }

    boolean seen(String name) {
        return !hidden.getOrDefault(name, false);
    }
}
