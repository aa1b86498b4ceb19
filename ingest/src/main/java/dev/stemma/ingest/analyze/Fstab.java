package dev.stemma.ingest.analyze;

import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The table of file systems, fstab(5): source, target, type, options; what a disk image can hold of it. */
final class Fstab {

    static final GuestPath PATH = GuestPath.parse("/etc/fstab");

    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_LINES = 1_000;
    private static final Set<String> NOT_ON_DISK = Set.of(
            "swap",
            "tmpfs",
            "proc",
            "sysfs",
            "devpts",
            "none",
            "nfs",
            "nfs4",
            "cifs",
            "overlay",
            "devtmpfs",
            "fuse",
            "cgroup2",
            "9p",
            "virtiofs");

    private Fstab() {}

    /** @param options as they stand, parted by commas */
    record Line(String source, GuestPath target, String options) {

        /** The value of an option; empty where it is not given. */
        Optional<String> option(String name) {
            for (String option : options.split(",", -1)) {
                if (option.startsWith(name + "=")) {
                    return Optional.of(option.substring(name.length() + 1));
                }
            }
            return Optional.empty();
        }

        /** Whether system files that analyzers read may lie there. */
        boolean holdsSystem() {
            String first = target.depth() == 0 ? "" : target.names().getFirst().escaped();
            return first.equals("usr") || first.equals("var") || first.equals("etc");
        }
    }

    /** The lines that name a file system on a disk, other than the root; shallow targets first, as they are mounted. */
    static List<Line> read(GuestFiles files) throws ImageProblem {
        return lines(files).stream()
                .filter(line -> line.target.depth() > 0)
                .sorted(Comparator.comparingInt(line -> line.target.depth()))
                .toList();
    }

    /** The line of the root file system, which says how it wants to be mounted itself. */
    static Optional<Line> root(GuestFiles files) throws ImageProblem {
        return lines(files).stream().filter(line -> line.target.depth() == 0).findFirst();
    }

    private static List<Line> lines(GuestFiles files) throws ImageProblem {
        List<Line> lines = new ArrayList<>();
        byte[] bytes = files.read(PATH, MAX_BYTES).orElse(new byte[0]);
        for (String text : new String(bytes, StandardCharsets.ISO_8859_1).split("\n", MAX_LINES)) {
            String[] fields = text.strip().split("[ \t]+", 5);
            if (fields.length < 3 || fields[0].startsWith("#") || !fields[1].startsWith("/")) {
                continue;
            }
            GuestPath target = GuestPath.parse("/" + path(fields[1]));
            if (!NOT_ON_DISK.contains(fields[2])) {
                lines.add(new Line(escaped(unquoted(fields[0])), target, fields.length > 3 ? fields[3] : ""));
            }
        }
        return lines;
    }

    /** Each name in the escaped form, after fstab's own octal escapes for blanks and backslashes are undone. */
    private static String path(String field) {
        StringBuilder path = new StringBuilder();
        for (String name : field.split("/", -1)) {
            String plain = name.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
            path.append(path.isEmpty() ? "" : "/").append(escaped(plain));
        }
        return path.toString();
    }

    private static String escaped(String latin) {
        return GuestName.of(latin.getBytes(StandardCharsets.ISO_8859_1)).escaped();
    }

    private static String unquoted(String source) {
        return source.replace("\"", "");
    }
}
