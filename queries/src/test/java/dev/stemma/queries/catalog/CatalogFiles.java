package dev.stemma.queries.catalog;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Attributes;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Payload;
import dev.stemma.graph.model.Times;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files of images: those of each package, which follow from its name and version, and the image's own. Of a package a third stays the same from version to
 * version. Keeps the entries of each version that was asked for; not thread-safe.
 */
public final class CatalogFiles {

    static final String HOST_NAME = "/etc/hostname";
    static final String MACHINE_ID = "/etc/machine-id";
    static final String SSHD = "/etc/ssh/sshd_config";

    private static final int MOST_FILES = 400;
    private static final Times TIMES = Times.modifiedAt(SyntheticCatalog.START);

    private final PackageTable table;
    private final Map<Integer, List<Entry>> programs = new HashMap<>();
    private final Map<Integer, List<Entry>> files = new HashMap<>();

    public CatalogFiles(PackageTable table) {
        this.table = table;
    }

    /** All entries of an image's file system, the root first, each directory before what it holds. */
    public Collection<Entry> entries(CatalogImage image, Depth depth) {
        NavigableMap<GuestPath, Entry> entries = new TreeMap<>();
        for (int version : image.packages()) {
            of(version, depth).forEach(entry -> entries.put(entry.path(), entry));
        }
        image.edits().forEach((path, number) -> put(entries, path, 0644, text(text(path, number))));
        return entries.values();
    }

    /** What a package version brings, without directories. */
    List<Entry> owned(int version, Depth depth) {
        return of(version, depth).stream()
                .filter(entry -> !(entry.payload() instanceof Payload.Directory))
                .toList();
    }

    /** Where a package has its configuration, if it has any. */
    static Optional<String> configuration(InstalledPackage installed) {
        return mix(installed.name(), 3) % 3 == 0 ? Optional.of("/etc/default/" + installed.name()) : Optional.empty();
    }

    /** Where a package has its program, if it has one. */
    public static Optional<String> program(InstalledPackage installed) {
        return mix(installed.name(), 2) % 2 == 0 ? Optional.of("/usr/bin/" + installed.name()) : Optional.empty();
    }

    /** The SHA-256 of a package version's program, in hexadecimal. */
    public static String programDigest(InstalledPackage installed) {
        return CatalogImage.digest("program " + installed.purl());
    }

    /** What a package's configuration says when nobody changed it. */
    public static String configurationText(InstalledPackage installed) {
        return "# Configuration of " + installed.name() + " " + installed.version() + "\nenabled = yes\nworkers = "
                + (1 + mix(installed.name(), 5) % 16) + "\n";
    }

    /** What a file of an image's own says. */
    public static String text(String path, int number) {
        return switch (path) {
            case HOST_NAME -> "host-" + number + "\n";
            case MACHINE_ID -> CatalogImage.digest("machine " + number).substring(0, 32) + "\n";
            case SSHD ->
                "# variant " + number + "\nPermitRootLogin " + (number % 3 == 0 ? "yes" : "no") + "\nPort "
                        + (22 + number) + "\n" + "AcceptEnv LANG LC_*\n".repeat(40);
            default -> "# changed here\nsource = " + path + "\nrevision = " + number + "\n";
        };
    }

    private List<Entry> of(int version, Depth depth) {
        return depth == Depth.FILES
                ? files.computeIfAbsent(version, _ -> made(table.get(version), true))
                : programs.computeIfAbsent(version, _ -> made(table.get(version), false));
    }

    private static List<Entry> made(InstalledPackage installed, boolean all) {
        String name = installed.name();
        NavigableMap<GuestPath, Entry> entries = new TreeMap<>();
        program(installed)
                .ifPresent(path -> put(
                        entries,
                        path,
                        0755,
                        new Payload.File(size(name, 1), Optional.of(Digest.parse(programDigest(installed))))));
        configuration(installed).ifPresent(path -> put(entries, path, 0644, text(configurationText(installed))));
        if (all) {
            put(entries, "/usr/share/doc/" + name + "/copyright", 0644, content(name, "copyright"));
            put(
                    entries,
                    "/usr/share/doc/" + name + "/changelog.Debian.gz",
                    0644,
                    content(name, installed.purl() + " log"));
            for (int i = 0; i < count(name); i++) {
                String said = i % 3 == 0 ? name : installed.purl();
                put(entries, "/usr/lib/" + name + "/part-" + i + ".so", 0644, content(name, said + " part " + i));
            }
        }
        return List.copyOf(entries.values());
    }

    /** How many files a package has: few have most of them (a Pareto distribution). */
    private static int count(String name) {
        double u = mix(name, 7) % 10_000 / 10_000.0;
        return (int) Math.min(MOST_FILES, 4 / Math.pow(1 - u, 0.65));
    }

    private static long size(String name, int salt) {
        return 200 + mix(name, 11 + salt) % 100_000;
    }

    private static Payload.File content(String name, String said) {
        return new Payload.File(
                size(name, said.length()),
                Optional.of(Digest.sha256((name + " " + said).getBytes(StandardCharsets.UTF_8))));
    }

    private static Payload.File text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Payload.File(bytes.length, Optional.of(Digest.sha256(bytes)));
    }

    private static void put(NavigableMap<GuestPath, Entry> entries, String path, int mode, Payload payload) {
        GuestPath at = GuestPath.parse(path);
        entries.put(at, new Entry(at, Attributes.of(mode, 0, 0, TIMES, 1, 1), payload));
        while (at.depth() > 0) {
            at = at.parent();
            entries.putIfAbsent(at, new Entry(at, Attributes.of(0755, 0, 0, TIMES, 1, 1), new Payload.Directory()));
        }
    }

    /** A number that looks random and follows from a name. */
    private static long mix(String name, int salt) {
        long mixed = (name.hashCode() + 31L * salt) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xff51afd7ed558ccdL;
        return (mixed ^ (mixed >>> 29)) >>> 1;
    }
}
