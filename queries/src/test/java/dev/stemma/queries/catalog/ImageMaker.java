package dev.stemma.queries.catalog;

import dev.stemma.queries.catalog.DerivationForest.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes images: masters out of the archive, all others out of their parents by what people do (upgrade all or a little, add and remove applications, change
 * configuration, put data there). Immutable.
 */
final class ImageMaker {

    /** Variants of the configuration of sshd. */
    static final int VARIANTS = 200;

    private static final int ATTEMPTS = 200;

    private final PackageArchive archive;
    private final PackageTable table;
    private final int wanted;
    private final List<String> applications;

    /** @param random draws which applications are asked for most */
    ImageMaker(PackageArchive archive, PackageTable table, int wanted, Random random) {
        this.archive = archive;
        this.table = table;
        this.wanted = wanted;
        List<String> all = new ArrayList<>(archive.applications());
        Collections.shuffle(all, random);
        applications = List.copyOf(all);
    }

    /** What a new image is worked out in. */
    private final class Draft {
        final int system;
        final double day;
        final List<String> chosen;
        final TreeMap<Integer, Integer> packages = new TreeMap<>();
        final SortedMap<String, Integer> edits;

        Draft(int system, double day, List<String> chosen, SortedMap<String, Integer> edits) {
            this.system = system;
            this.day = day;
            this.chosen = new ArrayList<>(chosen);
            this.edits = new TreeMap<>(edits);
        }

        void put(int version) {
            packages.putIfAbsent(table.oldest(version), version);
        }

        void install(String name) {
            put(table.newest(system, name, day));
        }

        /** Of the applications that it lacks, a popular one rather than another. */
        void addApplication(Random random, int most) {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                double x = random.nextDouble();
                String application = applications.get((int) (applications.size() * x * x));
                List<String> names = archive.set(application);
                if (!chosen.contains(application) && packages.size() + names.size() <= most) {
                    chosen.add(application);
                    names.forEach(this::install);
                    return;
                }
            }
        }

        void removeApplication(Random random) {
            if (chosen.size() < 2) {
                return;
            }
            // The first gave it its name.
            String gone = chosen.remove(1 + random.nextInt(chosen.size() - 1));
            TreeSet<String> kept = new TreeSet<>(archive.base());
            chosen.forEach(application -> kept.addAll(archive.set(application)));
            for (String name : archive.set(gone)) {
                if (!kept.contains(name)) {
                    packages.remove(table.oldest(table.newest(system, name, day)));
                }
            }
        }

        void upgradeAll() {
            packages.replaceAll((_, version) -> table.upgraded(version, day));
        }

        void upgradeSome(Random random, int some) {
            List<Integer> all = List.copyOf(packages.keySet());
            for (int i = 0; i < some; i++) {
                packages.computeIfPresent(
                        all.get(random.nextInt(all.size())), (_, version) -> table.upgraded(version, day));
            }
        }

        void configure(int number, Random random) {
            edits.put(CatalogFiles.HOST_NAME, number);
            if (random.nextInt(4) != 0) {
                edits.put(CatalogFiles.MACHINE_ID, number);
            }
            if (random.nextInt(10) == 0) {
                edits.put(CatalogFiles.SSHD, random.nextInt(VARIANTS));
            }
            List<Integer> all = List.copyOf(packages.values());
            for (int i = random.nextInt(4); i > 0; i--) {
                CatalogFiles.configuration(table.get(all.get(random.nextInt(all.size()))))
                        .ifPresent(path -> edits.put(path, number));
            }
            int folder = random.nextInt(20);
            for (int i = random.nextInt(8); i > 0; i--) {
                edits.put("/srv/data-" + folder + "/record-" + random.nextInt(40), number);
            }
        }

        CatalogImage image(int number, int parent, Kind kind, Random random) {
            Instant created = SyntheticCatalog.START.plus(Duration.ofMinutes((long) (day * 24 * 60)));
            return new CatalogImage(
                    number,
                    parent,
                    kind.word(),
                    system,
                    created,
                    created.plus(Duration.ofMinutes(random.nextInt(60 * 24 * 60))),
                    chosen,
                    packages.values().stream().mapToInt(Integer::intValue).toArray(),
                    edits);
        }
    }

    CatalogImage master(int number, Random random) {
        int system = List.of(0, 0, 0, 0, 0, 1, 1, 2).get(random.nextInt(8));
        Draft draft = new Draft(
                system,
                random.nextInt(PackageArchive.DAYS / 2),
                List.of(),
                new TreeMap<>(Map.of(
                        CatalogFiles.HOST_NAME,
                        number,
                        CatalogFiles.MACHINE_ID,
                        number,
                        CatalogFiles.SSHD,
                        random.nextInt(VARIANTS))));
        archive.base().forEach(draft::install);
        int least = wanted - wanted / 10;
        for (int i = 0; i < ATTEMPTS && draft.packages.size() < least; i++) {
            draft.addApplication(random, wanted + wanted / 10);
        }
        return draft.image(number, -1, Kind.MASTER, random);
    }

    CatalogImage made(CatalogImage parent, int number, Kind kind, Random random) {
        double before =
                Duration.between(SyntheticCatalog.START, parent.created()).toMinutes() / (24 * 60.0);
        Draft draft = new Draft(
                parent.system(),
                Math.min(PackageArchive.DAYS, before + 1 + random.nextInt(20)),
                parent.applications(),
                parent.edits());
        for (int version : parent.packages()) {
            draft.put(version);
        }
        int most = wanted + wanted / 4;
        int roll = random.nextInt(10);
        switch (kind) {
            case MASTER -> throw new IllegalArgumentException("a master is made of nothing");
            case VERSION -> {
                draft.upgradeAll();
                if (roll < 3) {
                    draft.addApplication(random, most);
                } else if (roll < 5) {
                    draft.removeApplication(random);
                }
            }
            case DEPLOYMENT, COPY -> {
                if (roll >= 9) {
                    draft.removeApplication(random);
                    draft.addApplication(random, most);
                    draft.addApplication(random, most);
                } else if (roll >= 8) {
                    draft.addApplication(random, most);
                } else if (roll >= 6) {
                    draft.upgradeAll();
                } else if (roll >= 3) {
                    draft.upgradeSome(random, 1 + random.nextInt(60));
                }
                draft.configure(number, random);
            }
        }
        return draft.image(number, parent.number(), kind, random);
    }
}
