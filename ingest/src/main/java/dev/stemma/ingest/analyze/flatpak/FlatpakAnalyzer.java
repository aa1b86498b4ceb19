package dev.stemma.ingest.analyze.flatpak;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Payload;
import dev.stemma.ingest.analyze.Analyzer;
import dev.stemma.ingest.analyze.Findings;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.OverBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What {@code flatpak list} shows, by the layout of its installations (flatpak(1), flatpak-installation(5)):
 * {@code app/ID/ARCH/BRANCH/active} and the same below {@code runtime}, where {@code active} is a link to the deployed commit and the
 * directory it leads to has {@code metadata}. The version is the branch, as references have it; the commit is a qualifier.
 */
public final class FlatpakAnalyzer implements Analyzer {

    private static final GuestPath SYSTEM = GuestPath.parse("/var/lib/flatpak");
    private static final GuestPath HOMES = GuestPath.parse("/home");
    private static final GuestPath ROOT_HOME = GuestPath.parse("/root");
    private static final int MAX_USERS = 1_000;
    private static final int MAX_REFERENCES = 20_000;
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+-]{0,254}");

    @Override
    public String id() {
        return "flatpak";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<GuestPath> wants() {
        return List.of(SYSTEM, HOMES, ofUser(ROOT_HOME));
    }

    private static GuestPath ofUser(GuestPath home) {
        return below(home, ".local", "share", "flatpak");
    }

    private static GuestPath below(GuestPath path, String... names) {
        GuestPath longer = path;
        for (String name : names) {
            longer = longer.child(GuestName.ofText(name));
        }
        return longer;
    }

    @Override
    public Findings analyze(GuestFiles files, Level level, Findings before) throws ImageProblem {
        List<GuestPath> installations = new ArrayList<>(List.of(SYSTEM, ofUser(ROOT_HOME)));
        files.list(HOMES).stream()
                .filter(found -> found.node().payload() instanceof Payload.Directory)
                .limit(MAX_USERS)
                .forEach(found -> installations.add(ofUser(found.path())));
        TreeMap<String, InstalledPackage> packages = new TreeMap<>();
        for (GuestPath installation : installations) {
            for (String kind : List.of("app", "runtime")) {
                references(files, below(installation, kind), packages);
            }
        }
        return new Findings(Optional.empty(), List.copyOf(packages.values()), List.of(), List.of());
    }

    private static void references(GuestFiles files, GuestPath kind, TreeMap<String, InstalledPackage> packages)
            throws ImageProblem {
        for (GuestFiles.Found id : files.list(kind)) {
            for (GuestFiles.Found architecture : files.list(id.path())) {
                // An application's "current" is a link to the branch that is started.
                if (!(architecture.node().payload() instanceof Payload.Directory)) {
                    continue;
                }
                for (GuestFiles.Found branch : files.list(architecture.path())) {
                    files.budget().check(files.origin(branch.path()));
                    add(files, id.path().name(), architecture.path().name(), branch.path(), packages);
                }
            }
        }
    }

    private static void add(
            GuestFiles files,
            GuestName id,
            GuestName architecture,
            GuestPath branch,
            TreeMap<String, InstalledPackage> packages)
            throws ImageProblem {
        GuestPath active = below(branch, "active");
        Optional<GuestFiles.Found> link = files.findLink(active);
        if (link.isEmpty()
                || !(link.get().node().payload() instanceof Payload.Link commit)
                || files.find(below(active, "metadata")).isEmpty()
                || !PART.matcher(id.escaped()).matches()
                || !PART.matcher(architecture.escaped()).matches()
                || !PART.matcher(branch.name().escaped()).matches()
                || !PART.matcher(commit.target().escaped()).matches()) {
            return;
        }
        if (packages.size() >= MAX_REFERENCES) {
            throw new OverBudget("size-limit", files.origin(branch), "more than " + MAX_REFERENCES + " references");
        }
        TreeMap<String, String> qualifiers = new TreeMap<>();
        qualifiers.put("arch", architecture.escaped());
        qualifiers.put("commit", commit.target().escaped());
        InstalledPackage one = new InstalledPackage(
                purl(id.escaped(), branch.name().escaped(), qualifiers),
                "flatpak",
                id.escaped(),
                branch.name().escaped(),
                architecture.escaped(),
                "installed",
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(branch.escaped()));
        packages.merge(one.purl(), one, FlatpakAnalyzer::both);
    }

    /** The same commit for the guest and for a user of it. */
    private static InstalledPackage both(InstalledPackage one, InstalledPackage other) {
        List<String> locations = new ArrayList<>(one.locations());
        locations.addAll(other.locations());
        return new InstalledPackage(
                one.purl(),
                one.ecosystem(),
                one.name(),
                one.version(),
                one.architecture(),
                one.state(),
                one.held(),
                one.sourceName(),
                one.sourceVersion(),
                one.owned(),
                locations.stream().sorted().distinct().toList());
    }

    private static String purl(String id, String branch, TreeMap<String, String> qualifiers) {
        try {
            return new PackageURL("flatpak", null, id, branch, qualifiers, null).canonicalize();
        } catch (MalformedPackageURLException e) {
            throw new IllegalStateException("the parts of the reference were checked: " + id, e);
        }
    }
}
