package dev.stemma.ingest.analyze.dpkg;

import dev.stemma.graph.model.Checksum;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.InstalledPackage.OwnedPath;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.Placement;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.OverBudget;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which paths each package brought, from {@code info/*.list}, with the checksums of {@code info/*.md5sums} and the conffiles of the
 * status file. Directories are left out: many packages share them. A path is given where it really lies, so that
 * {@code /bin/ls} of an old package is {@code /usr/bin/ls} on a merged-usr system, and diverted files are where dpkg put them.
 */
final class Ownership {

    private static final GuestPath INFO = GuestPath.parse("/var/lib/dpkg/info");
    private static final int MAX_LIST_BYTES = 64 << 20;
    private static final int MAX_OWNED = 5_000_000;
    private static final Pattern MD5 = Pattern.compile("([0-9a-f]{32})  (.+)");

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

    List<OwnedPath> of(StatusEntry entry) throws ImageProblem {
        Map<String, String> sums = md5sums(entry);
        Optional<byte[]> list = info(entry, ".list");
        if (list.isEmpty() && sums.isEmpty()) {
            if (!entry.state().equals("config-files")) {
                missing.add(entry.name());
            }
            return List.of();
        }
        // A distroless image has the checksums alone.
        List<String> paths = list.map(bytes -> lines(bytes)).orElseGet(() -> List.copyOf(sums.keySet()));
        Map<String, Optional<String>> conffiles = new HashMap<>();
        entry.conffiles().forEach(conffile -> conffiles.put(conffile.path(), conffile.md5()));
        Set<String> parents = new HashSet<>();
        paths.forEach(path -> parents.add(parent(path)));

        Map<GuestPath, OwnedPath> found = LinkedHashMap.newLinkedHashMap(paths.size());
        for (String path : paths) {
            if (path.startsWith("/") && !path.equals("/.") && !parents.contains(path)) {
                boolean configuration = conffiles.containsKey(path);
                Optional<String> md5 = conffiles.getOrDefault(path, Optional.ofNullable(sums.get(path)));
                Optional<GuestPath> where = placement.find(diversions.where(path, entry.name()));
                if (where.isPresent()) {
                    found.putIfAbsent(where.get(), new OwnedPath(where.get(), md5.map(Checksum::md5), configuration));
                }
            }
        }
        owned += found.size();
        if (owned > MAX_OWNED) {
            throw new OverBudget("entry-limit", files.origin(INFO), "packages own more than " + MAX_OWNED + " paths");
        }
        return List.copyOf(found.values());
    }

    private Map<String, String> md5sums(StatusEntry entry) throws ImageProblem {
        Optional<byte[]> text = info(entry, ".md5sums");
        if (text.isEmpty()) {
            text = files.read(
                    StatusDatabase.STATUS_D.child(GuestName.ofText(entry.name() + ".md5sums")), MAX_LIST_BYTES);
        }
        Map<String, String> sums = new LinkedHashMap<>();
        for (String line : text.map(Ownership::lines).orElse(List.of())) {
            Matcher matcher = MD5.matcher(line);
            if (matcher.matches()) {
                String path = matcher.group(2);
                path = path.startsWith("./") ? path.substring(2) : path;
                sums.put(path.startsWith("/") ? path : "/" + path, matcher.group(1));
            }
        }
        return sums;
    }

    /** Packages that can be there for several architectures at once have theirs in the name. */
    private Optional<byte[]> info(StatusEntry entry, String ending) throws ImageProblem {
        Optional<byte[]> multi = files.read(
                INFO.child(GuestName.ofText(entry.name() + ":" + entry.architecture() + ending)), MAX_LIST_BYTES);
        return multi.isPresent()
                ? multi
                : files.read(INFO.child(GuestName.ofText(entry.name() + ending)), MAX_LIST_BYTES);
    }

    private static List<String> lines(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).lines().toList();
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
