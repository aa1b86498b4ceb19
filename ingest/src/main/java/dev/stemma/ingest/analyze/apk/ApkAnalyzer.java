package dev.stemma.ingest.analyze.apk;

import dev.stemma.graph.model.Checksum;
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
import dev.stemma.ingest.analyze.apk.InstalledDatabase.ApkFile;
import dev.stemma.ingest.analyze.apk.InstalledDatabase.ApkPackage;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.OverBudget;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The packages of Alpine and its kin, as {@code apk info -v} lists them. At the full level with the paths that each brought; what
 * lies in {@code /etc} is configuration, because apk protects it so.
 *
 * <p>A package's URL is {@code pkg:apk/DISTRIBUTION/NAME@VERSION?arch=ARCHITECTURE}.
 */
public final class ApkAnalyzer implements Analyzer {

    /** apk 2 and 3, the latter where {@code /usr} is merged. */
    private static final List<GuestPath> DATABASES =
            List.of(GuestPath.parse("/lib/apk/db/installed"), GuestPath.parse("/usr/lib/apk/db/installed"));

    private static final int MAX_BYTES = 256 << 20;
    private static final int MAX_PACKAGES = 200_000;
    private static final int MAX_OWNED = 5_000_000;
    private static final int MAX_COMPLAINTS = 20;
    private static final int SHA1_BYTES = 20;

    @Override
    public String id() {
        return "apk";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<GuestPath> wants() {
        return DATABASES;
    }

    @Override
    public Findings analyze(GuestFiles files, Level level, Findings before) throws ImageProblem {
        Optional<byte[]> bytes = files.read(DATABASES.getFirst(), MAX_BYTES);
        GuestPath path = DATABASES.get(bytes.isPresent() ? 0 : 1);
        bytes = bytes.isPresent() ? bytes : files.read(path, MAX_BYTES);
        List<ApkPackage> found = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        InstalledDatabase.parse(bytes.orElse(new byte[0]), level == Level.FULL, new InstalledDatabase.Sink() {
            @Override
            public void apkPackage(ApkPackage one) {
                found.add(one);
            }

            @Override
            public void broken(String reason) {
                complaints.add(reason);
            }
        });
        if (found.size() > MAX_PACKAGES) {
            throw new OverBudget("entry-limit", files.origin(path), "has more than " + MAX_PACKAGES + " packages");
        }
        String namespace = before.operatingSystem()
                .map(OperatingSystem::distribution)
                .filter(name -> !name.equals("linux"))
                .orElse("alpine");
        Map<String, InstalledPackage> packages = new TreeMap<>();
        Placement placement = new Placement(files);
        int owned = 0;
        for (ApkPackage one : found) {
            files.budget().check(files.origin(path));
            InstalledPackage installed = installed(one, namespace, owned(one, placement));
            packages.put(installed.purl(), installed);
            owned += installed.owned().size();
            if (owned > MAX_OWNED) {
                throw new OverBudget("entry-limit", files.origin(path), "owns more than " + MAX_OWNED + " paths");
            }
        }
        List<Observation> observations = complaints.isEmpty()
                ? List.of()
                : List.of(new Observation(
                        "package-record-broken",
                        Severity.PARTIAL,
                        files.origin(path).toString(),
                        complaints.size() + " packages cannot be used: "
                                + String.join(
                                        "; ",
                                        complaints.stream()
                                                .limit(MAX_COMPLAINTS)
                                                .toList()),
                        Optional.empty(),
                        name()));
        return new Findings(Optional.empty(), List.copyOf(packages.values()), observations, List.of());
    }

    private static List<OwnedPath> owned(ApkPackage one, Placement placement) throws ImageProblem {
        Map<GuestPath, OwnedPath> owned = new TreeMap<>();
        for (ApkFile file : one.files()) {
            Optional<GuestPath> where = placement.find("/" + file.path());
            if (where.isPresent()) {
                boolean configuration = file.path().startsWith("etc/");
                owned.putIfAbsent(where.get(), new OwnedPath(where.get(), checksum(file.checksum()), configuration));
            }
        }
        return List.copyOf(owned.values());
    }

    /** {@code Q1} and the base64 of a SHA-1: of a file's content, or of a link's target. */
    private static Optional<Checksum> checksum(String text) {
        if (!text.startsWith("Q1") || text.length() > 64) {
            return Optional.empty();
        }
        try {
            byte[] digest = Base64.getDecoder().decode(text.substring(2));
            return digest.length == SHA1_BYTES
                    ? Checksum.find(Checksum.Algorithm.SHA1, HexFormat.of().formatHex(digest))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // Not base64: no checksum.
        }
    }

    private static InstalledPackage installed(ApkPackage one, String namespace, List<OwnedPath> owned) {
        return new InstalledPackage(
                Purl.of("apk", namespace, one.name(), one.version(), Map.of("arch", one.architecture())),
                "apk",
                one.name(),
                one.version(),
                one.architecture(),
                "installed",
                false,
                one.origin(),
                Optional.empty(),
                owned);
    }
}
