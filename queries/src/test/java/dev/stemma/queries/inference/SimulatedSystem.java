package dev.stemma.queries.inference;

import dev.stemma.queries.catalog.PackageArchive;
import dev.stemma.queries.inference.FileTable.Mark;
import dev.stemma.queries.inference.ImageTraits.PackageMark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** A Debian system that is installed, changed and copied as real ones are, over simulated days. Not thread-safe. */
final class SimulatedSystem {

    private static final long START = Instant.parse("2024-01-01T00:00:00Z").getEpochSecond();

    private final PackageArchive archive;
    private final Random random;
    private final TreeMap<String, PackageMark> packages = new TreeMap<>();
    private final TreeMap<String, Mark> own = new TreeMap<>();
    private final List<Long> log = new ArrayList<>();
    private final Set<String> applications = new HashSet<>();
    private String fileSystem;
    private Instant made;
    private Optional<String> machineId = Optional.empty();
    private Set<String> hostKeys = Set.of();
    private long nextInode = 12;
    double day;

    /** A new installation. */
    SimulatedSystem(PackageArchive archive, Random random, double day) {
        this.archive = archive;
        this.random = random;
        this.day = day;
        fileSystem = uuid();
        made = instant();
        install(archive.base());
        for (int i = 0; i < 12; i++) {
            write("/etc/generated/" + i);
        }
    }

    private SimulatedSystem(SimulatedSystem other, Random random) {
        archive = other.archive;
        this.random = random;
        packages.putAll(other.packages);
        own.putAll(other.own);
        log.addAll(other.log);
        applications.addAll(other.applications);
        fileSystem = other.fileSystem;
        made = other.made;
        machineId = other.machineId;
        hostKeys = other.hostKeys;
        nextInode = other.nextInode;
        day = other.day;
    }

    /** A copy of the disk. */
    SimulatedSystem copied() {
        return new SimulatedSystem(this, random);
    }

    /** A copy of the files into a new file system, times kept. */
    SimulatedSystem copiedByFile() {
        SimulatedSystem copy = new SimulatedSystem(this, random);
        copy.fileSystem = uuid();
        copy.made = instant();
        copy.nextInode = 12;
        copy.own.replaceAll((_, mark) -> new Mark(mark.path(), mark.content(), copy.nextInode++, mark.modified()));
        return copy;
    }

    private String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private Instant instant() {
        return Instant.ofEpochSecond(START + (long) (day * 86_400));
    }

    /** Now, with the nanoseconds that a running system writes. */
    private long now() {
        day += 1e-5;
        return (START + (long) (day * 86_400)) * 1_000_000_000L + 1 + random.nextInt(999_999_998);
    }

    private static long hash(Object... parts) {
        long hash = 7;
        for (Object part : parts) {
            hash = FileTable.mix(hash * 31 + part.hashCode());
            hash = FileTable.mix(hash + part.toString().length());
        }
        return hash;
    }

    private void write(String path) {
        own.put(path, new Mark(hash(path), random.nextLong(), nextInode++, now()));
    }

    private void unpack(String name, String version) {
        int configurations = Math.floorMod(name.hashCode(), 3) - 1;
        for (int i = 0; i < configurations; i++) {
            String path = "/etc/" + name + "/" + i;
            long time = Math.floorMod(hash(name, version), 1_000_000L) * 1_000_000_000L;
            Mark there = own.get(path);
            if (there == null || !FileTable.written(there.modified())) {
                own.put(path, new Mark(hash(path), hash(name, version, i), nextInode++, time));
            }
        }
        own.put(
                "/var/lib/dpkg/info/" + name + ".list",
                new Mark(hash("list", name), hash("list", name, version), nextInode++, now()));
    }

    private void install(List<String> names) {
        for (String name : names) {
            PackageMark there = packages.get(name);
            String version = archive.version(name, day);
            if (there == null || !there.present() || !there.version().equals(version)) {
                log.add(hash("install", name, version, now()));
                packages.put(name, new PackageMark("deb", version, true));
                unpack(name, version);
            }
        }
    }

    private void removeApplication() {
        if (applications.isEmpty()) {
            return;
        }
        String gone = applications.stream().sorted().toList().get(random.nextInt(applications.size()));
        applications.remove(gone);
        boolean purge = random.nextInt(3) == 0;
        for (String name : archive.set(gone)) {
            PackageMark there = packages.get(name);
            boolean wanted =
                    applications.stream().anyMatch(other -> archive.set(other).contains(name));
            if (there == null || !there.present() || wanted || random.nextInt(4) == 0) {
                continue;
            }
            log.add(hash("remove", name, now()));
            boolean configured = Math.floorMod(name.hashCode(), 3) > 1;
            if (configured && !purge) {
                packages.put(name, new PackageMark("deb", there.version(), false));
            } else {
                packages.remove(name);
                own.keySet().removeIf(path -> path.startsWith("/etc/" + name + "/"));
            }
            own.remove("/var/lib/dpkg/info/" + name + ".list");
        }
    }

    private List<String> present() {
        return packages.entrySet().stream()
                .filter(each -> each.getValue().present())
                .map(Map.Entry::getKey)
                .toList();
    }

    private void boot() {
        if (machineId.isEmpty()) {
            machineId = Optional.of(uuid().replace("-", ""));
        }
        if (hostKeys.isEmpty()) {
            hostKeys = Set.of(uuid());
        }
        for (int i = random.nextInt(6); i >= 0; i--) {
            write("/var/lib/state/" + random.nextInt(20));
        }
    }

    /** Makes a template of it, as {@code virt-sysprep} does. */
    void generalize() {
        machineId = Optional.empty();
        hostKeys = Set.of();
        if (random.nextBoolean()) {
            log.clear();
        }
        own.keySet().removeIf(path -> path.startsWith("/var/lib/state/"));
    }

    /** What a first boot does to a clone that nobody made a template for. */
    void takeNewIdentity() {
        if (random.nextBoolean()) {
            machineId = Optional.empty();
        }
        hostKeys = Set.of();
        boot();
    }

    /** Works on it for some days. */
    void live(double days, int deeds) {
        for (int i = 0; i < deeds; i++) {
            day += days / deeds * (0.2 + random.nextDouble());
            deed();
        }
        // Something always differs: of two equal images nobody can tell which was first.
        write("/root/work-" + random.nextInt(1_000));
    }

    private void deed() {
        int kind = random.nextInt(100);
        if (kind < 30) {
            List<String> all = archive.applications();
            String application = all.get(random.nextInt(all.size()));
            applications.add(application);
            install(archive.set(application));
        } else if (kind < 48) {
            install(present());
        } else if (kind < 58) {
            install(present().stream().filter(_ -> random.nextInt(8) == 0).toList());
        } else if (kind < 66) {
            removeApplication();
        } else if (kind < 80) {
            List<String> paths = own.keySet().stream()
                    .filter(path -> path.startsWith("/etc"))
                    .toList();
            for (int i = random.nextInt(6); i >= 0; i--) {
                write(paths.get(random.nextInt(paths.size())));
            }
        } else if (kind < 90) {
            int folder = random.nextInt(30);
            for (int i = random.nextInt(50); i >= 0; i--) {
                write("/srv/data-" + folder + "/" + i);
            }
        } else if (kind < 93) {
            List<String> paths = own.keySet().stream()
                    .filter(path -> !path.startsWith("/var/lib/dpkg"))
                    .toList();
            for (int i = random.nextInt(10); i >= 0; i--) {
                own.remove(paths.get(random.nextInt(paths.size())));
            }
        } else {
            boot();
        }
    }

    /** What is known about it. */
    enum Known {
        EVERYTHING,
        NO_LOG,
        NO_TIMES,
        BASIC
    }

    ImageTraits traits(String name, Known known) {
        FileTable.Builder files = new FileTable.Builder(8_192);
        FileTable.Builder system = new FileTable.Builder(4_096);
        if (known != Known.BASIC) {
            for (Mark mark : own.values()) {
                files.add(known == Known.NO_TIMES ? new Mark(mark.path(), mark.content(), 0, 0) : mark);
            }
            packages.forEach((each, mark) -> {
                for (int i = 0; i < (mark.present() ? 4 : 0); i++) {
                    system.add(new Mark(
                            hash("system", each, i), hash("system", each, i < 2 ? mark.version() : "", i), 0, 0));
                }
            });
        }
        Map<String, PackageMark> marks = new TreeMap<>();
        packages.forEach((each, mark) -> marks.put("deb/" + each + "/amd64", mark));
        return new ImageTraits(
                name,
                name,
                Map.of(fileSystem, Optional.of(made)),
                marks,
                true,
                machineId,
                hostKeys,
                files.build(),
                system.build(),
                known == Known.EVERYTHING ? Map.of("/var/log/dpkg.log", List.copyOf(log)) : Map.of());
    }
}
