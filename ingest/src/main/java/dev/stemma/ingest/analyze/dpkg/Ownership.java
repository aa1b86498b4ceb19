package dev.stemma.ingest.analyze.dpkg;

import dev.stemma.graph.model.Checksum;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.InstalledPackage.OwnedPath;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.Placement;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.OverBudget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which paths each package brought, from its {@link PackageLists}, with the checksums there and the conffiles of the status file. Directories are left out: many packages share them. A path is given where it really lies, so that
 * {@code /bin/ls} of an old package is {@code /usr/bin/ls} on a merged-usr system, and diverted files are where dpkg put them.
 */
final class Ownership {

    private static final int MAX_OWNED = 5_000_000;

    private final GuestFiles files;
    private final Diversions diversions;
    private final Placement placement;
    private final List<String> missing = new ArrayList<>();
    private int owned;

    private Ownership(GuestFiles files, Diversions diversions) {
        this.files = files;
        this.placement = new Placement(files);
        this.diversions = diversions;
    }

    static Ownership open(GuestFiles files) throws ImageProblem {
        return new Ownership(files, Diversions.read(files));
    }

    /** Packages that are there and have no list of files. */
    List<String> missing() {
        return List.copyOf(missing);
    }

    List<OwnedPath> of(StatusEntry entry, PackageLists lists) throws ImageProblem {
        Map<String, Checksum> sums = lists.checksums();
        if (lists.paths().isEmpty() && sums.isEmpty()) {
            if (!entry.state().equals("config-files")) {
                missing.add(entry.name());
            }
            return List.of();
        }
        // A distroless image has the checksums alone.
        List<String> paths = lists.paths().orElseGet(() -> List.copyOf(sums.keySet()));
        Map<String, Optional<Checksum>> conffiles = new HashMap<>();
        entry.conffiles()
                .forEach(conffile ->
                        conffiles.put(conffile.path(), conffile.md5().map(Checksum::md5)));
        Set<String> parents = new HashSet<>();
        paths.forEach(path -> parents.add(parent(path)));

        Map<GuestPath, OwnedPath> found = LinkedHashMap.newLinkedHashMap(paths.size());
        for (String path : paths) {
            if (path.startsWith("/") && !path.equals("/.") && !parents.contains(path)) {
                boolean configuration = conffiles.containsKey(path);
                Optional<Checksum> md5 = conffiles.getOrDefault(path, Optional.ofNullable(sums.get(path)));
                Optional<GuestPath> where = placement.find(diversions.where(path, entry.name()));
                if (where.isPresent()) {
                    found.putIfAbsent(where.get(), new OwnedPath(where.get(), md5, configuration));
                }
            }
        }
        owned += found.size();
        if (owned > MAX_OWNED) {
            throw new OverBudget(
                    "entry-limit", files.origin(PackageLists.INFO), "packages own more than " + MAX_OWNED + " paths");
        }
        return List.copyOf(found.values());
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
