package dev.stemma.ingest.analyze.dpkg;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.Observation.Severity;
import dev.stemma.graph.model.OperatingSystem;
import dev.stemma.ingest.analyze.Analyzer;
import dev.stemma.ingest.analyze.Findings;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.Purl;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The packages of Debian and its kin, as {@code dpkg-query -W} lists them: every state but {@code not-installed}. At the full level
 * with the paths that each brought.
 *
 * <p>A package's URL is {@code pkg:deb/DISTRIBUTION/NAME@VERSION?arch=ARCHITECTURE}. The release ({@code distro=}) is left out on
 * purpose: within one distribution name, version and architecture name one build, and the same build is to be the same
 * node whichever release it was installed on.
 */
public final class DpkgAnalyzer implements Analyzer {

    @Override
    public String id() {
        return "dpkg";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<GuestPath> wants() {
        return List.of(StatusDatabase.STATUS, StatusDatabase.STATUS_D);
    }

    @Override
    public Findings analyze(GuestFiles files, Level level, Findings before) throws ImageProblem {
        StatusDatabase database = StatusDatabase.read(files);
        List<Observation> observations = new ArrayList<>();
        if (database.broken() > 0) {
            observations.add(observation(
                    files,
                    "package-record-broken",
                    database.broken() + " paragraphs cannot be used: " + String.join("; ", database.complaints())));
        }
        String namespace = before.operatingSystem()
                .map(OperatingSystem::distribution)
                .filter(name -> !name.equals("linux"))
                .orElse("debian");
        Ownership ownership = Ownership.open(files);
        TreeMap<String, InstalledPackage> packages = new TreeMap<>();
        List<StatusEntry> listed = level == Level.FULL ? database.entries() : List.of();
        try (ListsAhead lists = new ListsAhead(files, listed)) {
            for (StatusEntry entry : database.entries()) {
                files.budget().check(files.origin(StatusDatabase.STATUS));
                InstalledPackage one = installed(entry, namespace, List.of());
                if (!listed.isEmpty()) {
                    try {
                        one = installed(entry, namespace, sorted(ownership.of(entry, lists.next())));
                    } catch (ImageProblem e) {
                        files.budget().check(files.origin());
                        observations.add(observation(
                                files, e.code(), "the files of " + entry.name() + " are not known: " + e.reason()));
                    }
                }
                packages.put(one.purl(), one);
            }
        }
        if (!ownership.missing().isEmpty()) {
            List<String> first = ownership.missing().stream().limit(10).toList();
            observations.add(observation(
                    files,
                    "package-list-missing",
                    ownership.missing().size() + " packages have no list of their files: " + String.join(", ", first)));
        }
        return new Findings(Optional.empty(), List.copyOf(packages.values()), observations, List.of());
    }

    private static List<InstalledPackage.OwnedPath> sorted(List<InstalledPackage.OwnedPath> owned) {
        return owned.stream()
                .sorted(Comparator.comparing(InstalledPackage.OwnedPath::path))
                .toList();
    }

    private static InstalledPackage installed(
            StatusEntry entry, String namespace, List<InstalledPackage.OwnedPath> owned) {
        return new InstalledPackage(
                purl(namespace, entry),
                "deb",
                entry.name(),
                entry.version(),
                entry.architecture(),
                entry.state(),
                entry.selection().equals("hold"),
                entry.sourceName(),
                entry.sourceVersion(),
                owned);
    }

    private static String purl(String namespace, StatusEntry entry) {
        return Purl.of("deb", namespace, entry.name(), entry.version(), Map.of("arch", entry.architecture()));
    }

    private Observation observation(GuestFiles files, String code, String message) {
        return new Observation(
                code,
                Severity.PARTIAL,
                files.origin(StatusDatabase.STATUS).toString(),
                message,
                Optional.empty(),
                name());
    }
}
