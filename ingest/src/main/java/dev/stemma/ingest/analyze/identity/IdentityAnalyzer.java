package dev.stemma.ingest.analyze.identity;

import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.OperatingSystem;
import dev.stemma.ingest.analyze.Analyzer;
import dev.stemma.ingest.analyze.Findings;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Distribution, version and patch level from os-release(5), with Debian's {@code /etc/debian_version} for the point release.
 * What a file does not say is left empty, never guessed from another distribution's habits.
 */
public final class IdentityAnalyzer implements Analyzer {

    private static final GuestPath OS_RELEASE = GuestPath.parse("/etc/os-release");
    private static final GuestPath VENDOR_OS_RELEASE = GuestPath.parse("/usr/lib/os-release");
    private static final GuestPath DEBIAN_VERSION = GuestPath.parse("/etc/debian_version");
    private static final int MAX_BYTES = 64 << 10;
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Pattern LEADING_VERSION = Pattern.compile("(\\d+(?:\\.\\d+)+).*");

    @Override
    public String id() {
        return "identity";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<GuestPath> wants() {
        return List.of(OS_RELEASE, VENDOR_OS_RELEASE, DEBIAN_VERSION);
    }

    @Override
    public Findings analyze(GuestFiles files, Level level, Findings before) throws ImageProblem {
        List<Observation> observations = new ArrayList<>();
        Optional<byte[]> text = files.read(OS_RELEASE, MAX_BYTES);
        text = text.isPresent() ? text : files.read(VENDOR_OS_RELEASE, MAX_BYTES);
        Optional<String> debian = debianVersion(files);
        if (text.isEmpty()) {
            observations.add(note(files, "os-release-missing", "there is no os-release file; it has a debian_version"));
            return Findings.of(
                    new OperatingSystem(
                            "debian", debian.map(IdentityAnalyzer::major), debian, Optional.empty(), Optional.empty()),
                    observations);
        }
        OsRelease release = OsRelease.parse(text.get());
        Optional<String> id =
                release.field("ID").filter(word -> ID.matcher(word).matches());
        if (id.isEmpty()) {
            observations.add(
                    note(files, "os-release-incomplete", "os-release has no usable ID; 'linux' is its default"));
        }
        String distribution = id.orElse("linux");
        Optional<String> version = release.field("VERSION_ID").or(() -> release.field("VERSION_CODENAME"));
        Optional<String> patchLevel = distribution.equals("debian") ? debian : patchLevel(release, version.orElse(""));
        return Findings.of(
                new OperatingSystem(distribution, version, patchLevel, release.field("PRETTY_NAME"), Optional.empty()),
                observations);
    }

    private static Optional<String> debianVersion(GuestFiles files) throws ImageProblem {
        return files.read(DEBIAN_VERSION, MAX_BYTES)
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1).strip())
                .filter(text -> !text.isEmpty() && text.length() <= 64)
                .map(text ->
                        GuestName.of(text.getBytes(StandardCharsets.ISO_8859_1)).escaped());
    }

    private static String major(String debianVersion) {
        int dot = debianVersion.indexOf('.');
        return dot < 0 ? debianVersion : debianVersion.substring(0, dot);
    }

    /** Ubuntu and others write the point release into VERSION alone: {@code 24.04.2 LTS (Noble Numbat)}. */
    private static Optional<String> patchLevel(OsRelease release, String version) {
        return release.field("VERSION")
                .map(LEADING_VERSION::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .filter(found -> found.startsWith(version + "."));
    }

    private Observation note(GuestFiles files, String code, String message) {
        return new Observation(
                code, Observation.Severity.NOTE, files.origin().toString(), message, Optional.empty(), name());
    }
}
