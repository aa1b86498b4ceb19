package dev.stemma.ingest.analyze.rpm;

import dev.stemma.ingest.analyze.rpm.Header.Tag;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who a package is. What does not look as rpm lets a package be called is refused and not carried further.
 *
 * @param epoch empty where there is none, which counts as 0
 * @param architecture {@link #NONE} for the keys that rpm keeps as packages
 * @param source name and version of the source package, where a name can be read from {@code SOURCERPM}
 */
record RpmPackage(
        String name,
        Optional<Long> epoch,
        String version,
        String release,
        String architecture,
        Optional<Source> source) {

    /** What rpm prints for a tag that is not there. */
    static final String NONE = "(none)";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9+._~^-]{0,255}");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9+._~^]{1,255}");
    private static final Pattern ARCHITECTURE = Pattern.compile("[A-Za-z0-9_]{1,63}");
    private static final Pattern SOURCE_RPM = Pattern.compile("(.+)-([^-]+)-([^-]+)\\.(?:no)?src\\.rpm");

    /** A source package. */
    record Source(String name, String version) {}

    static RpmPackage of(Header header, Origin origin) throws ImageProblem {
        long[] epoch = header.numbers(Tag.EPOCH);
        return new RpmPackage(
                required(header, Tag.NAME, NAME, origin),
                epoch.length == 0 ? Optional.empty() : Optional.of(epoch[0]),
                required(header, Tag.VERSION, VERSION, origin),
                required(header, Tag.RELEASE, VERSION, origin),
                header.text(Tag.ARCHITECTURE).isPresent()
                        ? required(header, Tag.ARCHITECTURE, ARCHITECTURE, origin)
                        : NONE,
                source(header));
    }

    private static String required(Header header, Tag tag, Pattern grammar, Origin origin) throws Corrupt {
        return header.text(tag)
                .filter(text -> grammar.matcher(text).matches())
                .orElseThrow(() -> new Corrupt("bad-value", origin, "has no well-formed " + tag));
    }

    private static Optional<Source> source(Header header) throws Corrupt {
        Matcher matcher = SOURCE_RPM.matcher(header.text(Tag.SOURCE_RPM).orElse(""));
        return matcher.matches()
                        && NAME.matcher(matcher.group(1)).matches()
                        && VERSION.matcher(matcher.group(2)).matches()
                        && VERSION.matcher(matcher.group(3)).matches()
                ? Optional.of(new Source(matcher.group(1), matcher.group(2) + "-" + matcher.group(3)))
                : Optional.empty();
    }

    /** {@code version-release}. */
    String versionRelease() {
        return version + "-" + release;
    }

    /** {@code epoch:version-release}, the epoch where there is one, as {@code rpm -q --qf '%{EVR}'} prints it. */
    String full() {
        return epoch.map(number -> number + ":").orElse("") + versionRelease();
    }
}
