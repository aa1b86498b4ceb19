package dev.stemma.ingest.analyze.dpkg;

import dev.stemma.graph.model.Checksum;
import dev.stemma.graph.model.Checksum.Algorithm;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What dpkg keeps of one package beside its status: {@code info/NAME.list} and {@code info/NAME.md5sums}. Paths' bytes stand as
 * Latin-1 characters.
 *
 * @param paths as listed; empty when there is no list
 * @param checksums by path, in the order of the file
 */
record PackageLists(Optional<List<String>> paths, Map<String, Checksum> checksums) {

    static final GuestPath INFO = GuestPath.parse("/var/lib/dpkg/info");
    private static final int MAX_LIST_BYTES = 64 << 20;
    private static final int MD5_CHARACTERS = 32;

    static PackageLists read(GuestFiles files, StatusEntry entry) throws ImageProblem {
        return new PackageLists(info(files, entry, ".list").map(PackageLists::lines), checksums(files, entry));
    }

    private static Map<String, Checksum> checksums(GuestFiles files, StatusEntry entry) throws ImageProblem {
        Optional<byte[]> text = info(files, entry, ".md5sums");
        if (text.isEmpty()) {
            text = files.read(
                    StatusDatabase.STATUS_D.child(GuestName.ofText(entry.name() + ".md5sums")), MAX_LIST_BYTES);
        }
        Map<String, Checksum> sums = new LinkedHashMap<>();
        for (String line : text.map(PackageLists::lines).orElse(List.of())) {
            if (line.length() > MD5_CHARACTERS + 2 && line.startsWith("  ", MD5_CHARACTERS)) {
                String path = line.substring(MD5_CHARACTERS + 2);
                String absolute = path.startsWith("./") ? path.substring(1) : path.startsWith("/") ? path : "/" + path;
                Checksum.find(Algorithm.MD5, line.substring(0, MD5_CHARACTERS))
                        .ifPresent(sum -> sums.put(absolute, sum));
            }
        }
        return sums;
    }

    /** Packages that can be there for several architectures at once have theirs in the name. */
    private static Optional<byte[]> info(GuestFiles files, StatusEntry entry, String ending) throws ImageProblem {
        Optional<byte[]> multi = files.read(
                INFO.child(GuestName.ofText(entry.name() + ":" + entry.architecture() + ending)), MAX_LIST_BYTES);
        return multi.isPresent()
                ? multi
                : files.read(INFO.child(GuestName.ofText(entry.name() + ending)), MAX_LIST_BYTES);
    }

    private static List<String> lines(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).lines().toList();
    }
}
