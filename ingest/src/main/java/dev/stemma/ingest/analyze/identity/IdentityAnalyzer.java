package dev.stemma.ingest.analyze.identity;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.OperatingSystem;
import dev.stemma.ingest.analyze.Analyzer;
import dev.stemma.ingest.analyze.Findings;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.identity.ReleaseFile.Release;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Distribution, version and patch level from os-release(5). The files that distributions had before it stand in where there is
 * none, and say the finer version where they have one: Debian's point release, CentOS 7's {@code 7.9.2009}. What no file says is left
 * empty, never guessed from another distribution's habits.
 */
public final class IdentityAnalyzer implements Analyzer {

    private static final GuestPath OS_RELEASE = GuestPath.parse("/etc/os-release");
    private static final GuestPath VENDOR_OS_RELEASE = GuestPath.parse("/usr/lib/os-release");
    private static final int MAX_BYTES = 64 << 10;
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Pattern LEADING_VERSION = Pattern.compile("(\\d+(?:\\.\\d+)+).*");

    @Override
    public String id() {
        return "identity";
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public List<GuestPath> wants() {
        List<GuestPath> paths = new ArrayList<>(List.of(OS_RELEASE, VENDOR_OS_RELEASE));
        paths.addAll(ReleaseFile.paths());
        return paths;
    }

    @Override
    public Findings analyze(GuestFiles files, Level level, Findings before) throws ImageProblem {
        List<Observation> observations = new ArrayList<>();
        Optional<byte[]> text = files.read(OS_RELEASE, MAX_BYTES);
        text = text.isPresent() ? text : files.read(VENDOR_OS_RELEASE, MAX_BYTES);
        if (text.isEmpty()) {
            return withoutOsRelease(files);
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
        Optional<String> patchLevel =
                switch (distribution) {
                    case "debian" -> release(files, ReleaseFile.DEBIAN_VERSION).flatMap(Release::patchLevel);
                    case "centos", "rhel", "rocky", "almalinux", "ol", "scientific" ->
                        release(files, ReleaseFile.REDHAT_RELEASE)
                                .flatMap(Release::version)
                                .filter(finer -> version.filter(coarse -> finer.startsWith(coarse + "."))
                                        .isPresent());
                    default -> patchLevel(release, version.orElse(""));
                };
        return Findings.of(
                new OperatingSystem(distribution, version, patchLevel, release.field("PRETTY_NAME"), Optional.empty()),
                observations);
    }

    private Findings withoutOsRelease(GuestFiles files) throws ImageProblem {
        for (ReleaseFile file : ReleaseFile.values()) {
            Optional<Release> found = release(files, file);
            if (found.isPresent()) {
                Release release = found.get();
                return Findings.of(
                        new OperatingSystem(
                                release.distribution(),
                                release.version(),
                                release.patchLevel(),
                                release.prettyName(),
                                Optional.empty()),
                        List.of(note(
                                files,
                                "os-release-missing",
                                "there is no os-release file; " + file.path() + " was read instead")));
            }
        }
        return Findings.of(List.of(
                note(files, "os-release-missing", "there is no os-release file, nor another that says enough")));
    }

    private static Optional<Release> release(GuestFiles files, ReleaseFile file) throws ImageProblem {
        return files.read(file.path(), MAX_BYTES)
                .flatMap(bytes -> file.parse(new String(bytes, StandardCharsets.ISO_8859_1)));
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
