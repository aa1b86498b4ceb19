package dev.stemma.queries.inference;

import java.util.List;
import java.util.stream.Stream;

/** Which files of an image a running system writes, which are noise, and which are logs of packages. */
final class Places {

    /** Logs of package operations. */
    static final List<String> LOGS =
            List.of("/var/log/apt/history.log", "/var/log/dpkg.log", "/var/log/dnf.rpm.log", "/var/log/yum.log");

    private static final List<String> OWN = List.of(
            "/etc/",
            "/var/",
            "/root/",
            "/home/",
            "/opt/",
            "/srv/",
            "/usr/local/",
            "/boot/",
            "/ProgramData/",
            "/Users/");

    private static final List<String> NOISE = List.of(
            "/var/log/",
            "/var/cache/",
            "/var/tmp/",
            "/var/lib/apt/lists/",
            "/var/lib/dpkg/info/",
            "/tmp/",
            "/run/",
            "/dev/",
            "/proc/",
            "/sys/");

    /** Each is written by dpkg itself, when the package was unpacked last. */
    private static final String FILE_LIST = ".list";

    private Places() {}

    /** Where a file counts. */
    enum Kind {
        OWN,
        SYSTEM,
        NOISE
    }

    static Kind kind(String path) {
        if (path.startsWith("/var/lib/dpkg/info/") && path.endsWith(FILE_LIST)) {
            return Kind.OWN;
        }
        if (starts(NOISE, path)) {
            return Kind.NOISE;
        }
        return starts(OWN, path) ? Kind.OWN : Kind.SYSTEM;
    }

    private static boolean starts(List<String> places, String path) {
        return places.stream().anyMatch(path::startsWith);
    }

    /** The lines of a log that tell what was done, without the steps of each. */
    static Stream<String> deeds(String log) {
        return log.lines()
                .filter(line -> !line.contains(" status ")
                        && !line.contains(" startup ")
                        && !line.contains(" configure ")
                        && !line.contains(" trigproc ")
                        && !line.isBlank());
    }
}
