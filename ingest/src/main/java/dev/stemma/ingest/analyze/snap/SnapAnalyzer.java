package dev.stemma.ingest.analyze.snap;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Observation;
import dev.stemma.ingest.analyze.Analyzer;
import dev.stemma.ingest.analyze.Findings;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.json.JsonReader;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Snaps as {@code snap list} shows them, from snapd's {@code state.json}; in an image that was never started, those of its seed
 * ({@code seed/snaps}), in the state {@code seeded}. The version is the revision: what people call the version stands inside the
 * snap, which is a file system of its own.
 */
public final class SnapAnalyzer implements Analyzer {

    private static final GuestPath STATE = GuestPath.parse("/var/lib/snapd/state.json");
    private static final GuestPath SEED = GuestPath.parse("/var/lib/snapd/seed/snaps");
    private static final GuestPath SNAPS = GuestPath.parse("/var/lib/snapd/snaps");
    private static final int MAX_STATE_BYTES = 32 << 20;
    private static final int MAX_SNAPS = 10_000;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}(?:_[a-z0-9]{1,10})?");
    private static final Pattern REVISION = Pattern.compile("x?[0-9]{1,10}");
    private static final Pattern FILE = Pattern.compile("([a-z0-9][a-z0-9-]{0,39})_(x?[0-9]{1,10})\\.snap");

    @Override
    public String id() {
        return "snap";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<GuestPath> wants() {
        return List.of(STATE, SEED);
    }

    private record Snap(String name, String revision, String state) {}

    @Override
    public Findings analyze(GuestFiles files, Level level, Findings before) throws ImageProblem {
        List<Snap> snaps = new ArrayList<>();
        int unusable = 0;
        Optional<byte[]> state = files.read(STATE, MAX_STATE_BYTES);
        if (state.isPresent()) {
            unusable = installed(JsonReader.of(state.get(), files.origin(STATE)), snaps);
        }
        if (snaps.isEmpty()) {
            seeded(files, snaps);
        }
        TreeMap<String, InstalledPackage> packages = new TreeMap<>();
        snaps.forEach(snap -> packages.put(purl(snap), installed(snap)));
        List<Observation> observations = unusable == 0
                ? List.of()
                : List.of(new Observation(
                        "package-record-broken",
                        Observation.Severity.PARTIAL,
                        files.origin(STATE).toString(),
                        unusable + " snaps have a name or revision that cannot be used",
                        Optional.empty(),
                        name()));
        return new Findings(Optional.empty(), List.copyOf(packages.values()), observations, List.of());
    }

    /** {@code data.snaps.NAME.{current, active}}; how many could not be used. */
    private static int installed(JsonReader json, List<Snap> snaps) throws Corrupt {
        int[] unusable = {0};
        json.object((section, data) -> {
            if (!section.equals("data")) {
                data.skip();
                return;
            }
            data.object((part, all) -> {
                if (!part.equals("snaps")) {
                    all.skip();
                    return;
                }
                all.object((name, snap) -> {
                    Optional<Snap> one = snap(name, snap);
                    if (one.isPresent() && snaps.size() < MAX_SNAPS) {
                        snaps.add(one.get());
                    } else {
                        unusable[0]++;
                    }
                });
            });
        });
        return unusable[0];
    }

    private static Optional<Snap> snap(String name, JsonReader json) throws Corrupt {
        String[] current = {""};
        boolean[] active = {false};
        json.object((field, value) -> {
            switch (field) {
                case "current" -> current[0] = value.text().orElse("");
                case "active" -> active[0] = value.flag();
                default -> value.skip();
            }
        });
        return NAME.matcher(name).matches() && REVISION.matcher(current[0]).matches()
                ? Optional.of(new Snap(name, current[0], active[0] ? "installed" : "disabled"))
                : Optional.empty();
    }

    private static void seeded(GuestFiles files, List<Snap> snaps) throws ImageProblem {
        TreeSet<String> seen = new TreeSet<>();
        for (GuestFiles.Found found : files.list(SEED)) {
            Matcher file = FILE.matcher(found.path().name().escaped());
            if (file.matches() && snaps.size() < MAX_SNAPS && seen.add(file.group())) {
                snaps.add(new Snap(file.group(1), file.group(2), "seeded"));
            }
        }
    }

    private static InstalledPackage installed(Snap snap) {
        GuestPath directory = snap.state.equals("seeded") ? SEED : SNAPS;
        return new InstalledPackage(
                purl(snap),
                "snap",
                snap.name,
                snap.revision,
                "",
                snap.state,
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(directory.escaped() + "/" + snap.name + "_" + snap.revision + ".snap"));
    }

    private static String purl(Snap snap) {
        try {
            return new PackageURL("snap", null, snap.name, snap.revision, null, null).canonicalize();
        } catch (MalformedPackageURLException e) {
            throw new IllegalStateException("name and revision were checked: " + snap, e);
        }
    }
}
