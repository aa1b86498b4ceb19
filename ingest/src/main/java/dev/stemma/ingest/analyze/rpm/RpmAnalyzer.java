package dev.stemma.ingest.analyze.rpm;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.InstalledPackage.OwnedPath;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.Observation.Severity;
import dev.stemma.graph.model.OperatingSystem;
import dev.stemma.ingest.analyze.Analyzer;
import dev.stemma.ingest.analyze.Findings;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.Placement;
import dev.stemma.ingest.analyze.Purl;
import dev.stemma.ingest.analyze.rpm.RpmPackage.Source;
import dev.stemma.ingest.analyze.rpm.database.HeaderSink;
import dev.stemma.ingest.analyze.rpm.database.RpmDatabase;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The packages of Red Hat, Fedora, SUSE and their kin, as {@code rpm -qa} lists them, the keys it trusts included. At the full level
 * with the paths that each brought.
 *
 * <p>A package's URL is {@code pkg:rpm/DISTRIBUTION/NAME@VERSION-RELEASE?arch=ARCHITECTURE&epoch=EPOCH}, the epoch where there is
 * one. The release of the distribution is left out, as for other packages: most often it is part of the package's release.
 */
public final class RpmAnalyzer implements Analyzer {

    private static final int MAX_COMPLAINTS = 20;

    @Override
    public String id() {
        return "rpm";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<GuestPath> wants() {
        return RpmDatabase.paths();
    }

    @Override
    public Findings analyze(GuestFiles files, Level level, Findings before) throws ImageProblem {
        List<RpmDatabase> databases = RpmDatabase.list(files);
        if (databases.isEmpty()) {
            return Findings.NONE;
        }
        List<Observation> observations = new ArrayList<>();
        RpmDatabase used = databases.getFirst();
        Origin origin = files.origin(used.file().path());
        for (RpmDatabase other : databases.subList(1, databases.size())) {
            observations.add(new Observation(
                    "package-database-unused",
                    Severity.NOTE,
                    files.origin(other.file().path()).toString(),
                    "a second rpm database, which was not read; " + used.file().path() + " was",
                    Optional.empty(),
                    name()));
        }
        String namespace = namespace(
                before.operatingSystem().map(OperatingSystem::distribution).orElse("linux"));
        Reading reading = new Reading(files, level == Level.FULL, namespace, origin);
        try {
            used.read(files, reading);
        } catch (ImageProblem e) {
            files.budget().check(origin);
            observations.add(partial(e.code(), e.origin(), "the rest of the packages is not known: " + e.reason()));
        }
        if (reading.broken > 0) {
            observations.add(partial(
                    "package-record-broken",
                    origin,
                    reading.broken + " packages cannot be used: " + String.join("; ", reading.complaints)));
        }
        return new Findings(Optional.empty(), List.copyOf(reading.packages.values()), observations, List.of());
    }

    private Observation partial(String code, Origin origin, String message) {
        return new Observation(code, Severity.PARTIAL, origin.toString(), message, Optional.empty(), name());
    }

    /** The vendor's name as package URLs have it, where that is another than os-release's. */
    private static String namespace(String distribution) {
        if (distribution.startsWith("opensuse")) {
            return "opensuse";
        }
        if (distribution.startsWith("sle") || distribution.startsWith("sl-micro")) {
            return "suse";
        }
        return distribution.equals("rhel") ? "redhat" : distribution;
    }

    private static final class Reading implements HeaderSink {
        private final Map<String, InstalledPackage> packages = new TreeMap<>();
        private final List<String> complaints = new ArrayList<>();
        private final GuestFiles files;
        private final boolean whole;
        private final String namespace;
        private final Origin origin;
        private final RpmFiles owned;
        private int broken;

        Reading(GuestFiles files, boolean whole, String namespace, Origin origin) {
            this.files = files;
            this.whole = whole;
            this.namespace = namespace;
            this.origin = origin;
            this.owned = new RpmFiles(new Placement(files));
        }

        @Override
        public void header(long number, byte[] bytes) throws ImageProblem {
            files.budget().check(origin);
            Origin place = origin.within("package " + number);
            try {
                Header header = Header.parse(bytes, place);
                RpmPackage one = RpmPackage.of(header, place);
                List<OwnedPath> paths = whole ? owned.of(header, place) : List.of();
                InstalledPackage installed = installed(one, paths);
                packages.put(installed.purl(), installed);
            } catch (ImageProblem e) {
                broken(e);
            }
        }

        @Override
        public void broken(ImageProblem problem) throws ImageProblem {
            files.budget().check(origin);
            broken++;
            if (complaints.size() < MAX_COMPLAINTS) {
                complaints.add(problem.origin().name() + " " + problem.reason());
            }
        }

        private InstalledPackage installed(RpmPackage one, List<OwnedPath> paths) {
            Map<String, String> qualifiers = new HashMap<>();
            if (!one.architecture().equals(RpmPackage.NONE)) {
                qualifiers.put("arch", one.architecture());
            }
            one.epoch().ifPresent(epoch -> qualifiers.put("epoch", String.valueOf(epoch)));
            return new InstalledPackage(
                    Purl.of("rpm", namespace, one.name(), one.versionRelease(), qualifiers),
                    "rpm",
                    one.name(),
                    one.full(),
                    one.architecture(),
                    "installed",
                    false,
                    one.source().map(Source::name).filter(name -> !name.equals(one.name())),
                    one.source().map(Source::version).filter(version -> !version.equals(one.versionRelease())),
                    paths);
        }
    }
}
