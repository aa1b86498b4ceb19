package dev.stemma.ingest.analyze.pacman;

import dev.stemma.graph.model.Checksum;
import dev.stemma.graph.model.Checksum.Algorithm;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.InstalledPackage.OwnedPath;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.Observation.Severity;
import dev.stemma.graph.model.OperatingSystem;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.analyze.Analyzer;
import dev.stemma.ingest.analyze.Findings;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.GuestFiles.Found;
import dev.stemma.ingest.analyze.Placement;
import dev.stemma.ingest.analyze.Purl;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The packages of Arch and its kin, as {@code pacman -Q} lists them. At the full level with the paths that each brought, and the
 * checksums in the package's own mtree, or where that has none the MD5 of a {@code backup} file, which is configuration.
 *
 * <p>A package's URL is {@code pkg:alpm/DISTRIBUTION/NAME@VERSION?arch=ARCHITECTURE}.
 */
public final class PacmanAnalyzer implements Analyzer {

    private static final GuestPath LOCAL = GuestPath.parse("/var/lib/pacman/local");
    private static final int MAX_DESCRIPTION_BYTES = 4 << 20;
    private static final int MAX_LIST_BYTES = 64 << 20;
    private static final int MAX_PACKAGES = 200_000;
    private static final int MAX_OWNED = 5_000_000;
    private static final int MAX_COMPLAINTS = 20;

    /** PKGBUILD(5) on pkgname, pkgver and pkgrel; every installed version has a release. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9@_+][A-Za-z0-9@._+-]{0,255}");

    private static final Pattern VERSION = Pattern.compile("(?:[0-9]{1,9}:)?[^\\s:/-]{1,200}-[0-9.]{1,20}");
    private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");
    private static final Pattern ARCHITECTURE = Pattern.compile("[A-Za-z0-9_]{1,63}");

    @Override
    public String id() {
        return "pacman";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<GuestPath> wants() {
        return List.of(LOCAL);
    }

    @Override
    public Findings analyze(GuestFiles files, Level level, Findings before) throws ImageProblem {
        String namespace = before.operatingSystem()
                .map(OperatingSystem::distribution)
                .filter(name -> !name.equals("linux"))
                .orElse("arch");
        Reading reading = new Reading(files, level == Level.FULL, namespace);
        List<Found> directories = files.list(LOCAL);
        if (directories.size() > MAX_PACKAGES) {
            throw new OverBudget("entry-limit", files.origin(LOCAL), "has more than " + MAX_PACKAGES + " packages");
        }
        for (Found directory : directories) {
            if (directory.node().payload() instanceof Payload.Directory) {
                reading.add(directory.path());
            }
        }
        List<Observation> observations = reading.complaints.isEmpty()
                ? List.of()
                : List.of(new Observation(
                        "package-record-broken",
                        Severity.PARTIAL,
                        files.origin(LOCAL).toString(),
                        reading.complaints.size() + " packages cannot be used, or not whole: "
                                + String.join(
                                        "; ",
                                        reading.complaints.stream()
                                                .limit(MAX_COMPLAINTS)
                                                .toList()),
                        Optional.empty(),
                        name()));
        return new Findings(Optional.empty(), List.copyOf(reading.packages.values()), observations, List.of());
    }

    private static final class Reading {
        private final Map<String, InstalledPackage> packages = new TreeMap<>();
        private final List<String> complaints = new ArrayList<>();
        private final GuestFiles files;
        private final boolean whole;
        private final String namespace;
        private final Placement placement;
        private int owned;

        Reading(GuestFiles files, boolean whole, String namespace) {
            this.files = files;
            this.whole = whole;
            this.namespace = namespace;
            this.placement = new Placement(files);
        }

        void add(GuestPath directory) throws ImageProblem {
            Origin origin = files.origin(directory);
            files.budget().check(origin);
            try {
                Sections description = Sections.parse(read(directory, "desc", MAX_DESCRIPTION_BYTES));
                String name = field(description, "NAME", NAME, origin);
                String version = field(description, "VERSION", VERSION, origin);
                String architecture = field(description, "ARCH", ARCHITECTURE, origin);
                List<OwnedPath> paths = List.of();
                if (whole) {
                    try {
                        paths = owned(directory, origin);
                    } catch (ImageProblem e) {
                        broken(e);
                    }
                }
                InstalledPackage installed = new InstalledPackage(
                        Purl.of("alpm", namespace, name, version, Map.of("arch", architecture)),
                        "alpm",
                        name,
                        version,
                        architecture,
                        "installed",
                        false,
                        description
                                .first("BASE")
                                .filter(base ->
                                        !base.equals(name) && NAME.matcher(base).matches()),
                        Optional.empty(),
                        paths);
                packages.put(installed.purl(), installed);
            } catch (ImageProblem e) {
                broken(e);
            }
        }

        private void broken(ImageProblem problem) throws ImageProblem {
            files.budget().check(files.origin(LOCAL));
            complaints.add(problem.origin().name() + " " + problem.reason());
        }

        private static String field(Sections sections, String name, Pattern grammar, Origin origin) throws Corrupt {
            return sections.first(name)
                    .filter(text -> grammar.matcher(text).matches()
                            && PRINTABLE.matcher(text).matches())
                    .orElseThrow(() -> new Corrupt("bad-value", origin, "has no well-formed " + name));
        }

        private byte[] read(GuestPath directory, String name, int maxBytes) throws ImageProblem {
            return files.read(directory.child(GuestName.ofText(name)), maxBytes)
                    .orElseThrow(() -> new Corrupt("bad-value", files.origin(directory), "has no file " + name));
        }

        private List<OwnedPath> owned(GuestPath directory, Origin origin) throws ImageProblem {
            Sections lists = Sections.parse(read(directory, "files", MAX_LIST_BYTES));
            Optional<byte[]> tree = files.read(directory.child(GuestName.ofText("mtree")), MAX_LIST_BYTES);
            Map<String, Checksum> checksums = tree.isPresent()
                    ? PackageTree.parse(tree.get(), origin.within("mtree")).byPath()
                    : Map.of();
            Map<String, Optional<Checksum>> backups = new HashMap<>();
            for (String line : lists.lines("BACKUP")) {
                int tab = line.indexOf('\t');
                if (tab > 0) {
                    backups.put(line.substring(0, tab), Checksum.find(Algorithm.MD5, line.substring(tab + 1)));
                }
            }
            Map<GuestPath, OwnedPath> found = new TreeMap<>();
            for (String path : lists.lines("FILES")) {
                Optional<GuestPath> where = path.endsWith("/") ? Optional.empty() : placement.find("/" + path);
                if (where.isPresent()) {
                    Optional<Checksum> own = Optional.ofNullable(checksums.get(path));
                    boolean backup = backups.containsKey(path);
                    Optional<Checksum> checksum = own.or(() -> backups.getOrDefault(path, Optional.empty()));
                    found.putIfAbsent(where.get(), new OwnedPath(where.get(), checksum, backup));
                }
            }
            owned += found.size();
            if (owned > MAX_OWNED) {
                throw new OverBudget("entry-limit", origin, "packages own more than " + MAX_OWNED + " paths");
            }
            return List.copyOf(found.values());
        }
    }
}
