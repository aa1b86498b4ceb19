package dev.stemma.ingest.analyze.identity;

import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files in which distributions said who they are before there was os-release(5), and in some of which they still say more. In the
 * order in which they are asked: what is sure of itself first.
 */
enum ReleaseFile {
    /** A name of the Common Platform Enumeration, of Red Hat and its kin: {@code cpe:/o:centos:linux:6:GA}. */
    SYSTEM_RELEASE_CPE("/etc/system-release-cpe") {
        @Override
        Optional<Release> parse(String text) {
            Matcher matcher = CPE.matcher(text);
            if (!matcher.find()) {
                return Optional.empty();
            }
            Optional<String> id = Optional.ofNullable(VENDORS.get(matcher.group(1)));
            return id.map(known -> Release.of(known, matcher.group(2), Optional.empty()));
        }
    },
    /** {@code CentOS Linux release 7.9.2009 (Core)}. */
    REDHAT_RELEASE("/etc/redhat-release") {
        @Override
        Optional<Release> parse(String text) {
            Matcher matcher = RELEASE.matcher(text);
            if (!matcher.find()) {
                return Optional.empty();
            }
            return PRODUCTS.entrySet().stream()
                    .filter(product -> matcher.group(1).startsWith(product.getKey()))
                    .findFirst()
                    .map(product -> Release.of(product.getValue(), matcher.group(2), Optional.of(matcher.group())));
        }
    },
    /** A line of the product's name, then {@code VERSION = 11} and, for SUSE Linux Enterprise, {@code PATCHLEVEL = 4}. */
    SUSE_RELEASE("/etc/SuSE-release") {
        @Override
        Optional<Release> parse(String text) {
            Matcher matcher = SUSE_VERSION.matcher(text);
            if (!matcher.find()) {
                return Optional.empty();
            }
            String version = matcher.group(1);
            Matcher patch = SUSE_PATCH_LEVEL.matcher(text);
            String name = text.lines().findFirst().orElse("").strip();
            String id = name.startsWith("openSUSE") ? "opensuse" : name.contains("Desktop") ? "sled" : "sles";
            return Optional.of(new Release(
                    id,
                    Optional.of(version),
                    patch.find() ? Optional.of(version + "." + patch.group(1)) : Optional.empty(),
                    Optional.of(name)));
        }
    },
    /** {@code 3.20.3}. */
    ALPINE_RELEASE("/etc/alpine-release") {
        @Override
        Optional<Release> parse(String text) {
            String version = text.strip();
            return Optional.of(new Release(
                    "alpine",
                    Optional.of(version).filter(word -> word.matches("[0-9][A-Za-z0-9._-]{0,63}")),
                    Optional.empty(),
                    Optional.empty()));
        }
    },
    /** Empty: that it is there says all. */
    ARCH_RELEASE("/etc/arch-release") {
        @Override
        Optional<Release> parse(String text) {
            return Optional.of(new Release("arch", Optional.empty(), Optional.empty(), Optional.empty()));
        }
    },
    /** {@code 12.11}, or of testing {@code trixie/sid}. */
    DEBIAN_VERSION("/etc/debian_version") {
        @Override
        Optional<Release> parse(String text) {
            Optional<String> version = Optional.of(text.strip())
                    .filter(word -> !word.isEmpty() && word.length() <= 64)
                    .map(ReleaseFile::escaped);
            return Optional.of(
                    new Release("debian", version.map(word -> word.split("\\.", 2)[0]), version, Optional.empty()));
        }
    };

    private static final Pattern CPE = Pattern.compile("cpe:(?:/o|2\\.3:o):([a-z_]+:[a-z_]+):([0-9][0-9.]{0,30})");
    private static final Map<String, String> VENDORS = Map.of(
            "redhat:enterprise_linux", "rhel",
            "centos:linux", "centos",
            "centos:centos", "centos",
            "fedoraproject:fedora", "fedora",
            "rocky:rocky", "rocky",
            "almalinux:almalinux", "almalinux",
            "oracle:linux", "ol",
            "amazon:linux", "amzn",
            "amazon:amazon_linux", "amzn");
    private static final Pattern RELEASE =
            Pattern.compile("([A-Za-z ]{1,60}?) release ([0-9]+(?:\\.[0-9]+){0,4})[ -~]{0,60}");
    private static final Map<String, String> PRODUCTS = Map.of(
            "Red Hat Enterprise Linux", "rhel",
            "CentOS", "centos",
            "Fedora", "fedora",
            "Rocky Linux", "rocky",
            "AlmaLinux", "almalinux",
            "Oracle Linux", "ol",
            "Enterprise Linux Enterprise Linux", "ol",
            "Scientific Linux", "scientific",
            "Amazon Linux", "amzn");
    private static final Pattern SUSE_VERSION = Pattern.compile("(?m)^VERSION *= *([0-9]{1,4}(?:\\.[0-9]{1,4})?) *$");
    private static final Pattern SUSE_PATCH_LEVEL = Pattern.compile("(?m)^PATCHLEVEL *= *([1-9][0-9]{0,2}) *$");

    private final GuestPath path;

    ReleaseFile(String path) {
        this.path = GuestPath.parse(path);
    }

    /** What such a file says; the finest version stands in {@code patchLevel} where it is finer than {@code version}. */
    record Release(
            String distribution, Optional<String> version, Optional<String> patchLevel, Optional<String> prettyName) {

        Release {
            prettyName = prettyName.map(ReleaseFile::escaped);
        }

        private static Release of(String distribution, String version, Optional<String> prettyName) {
            return new Release(distribution, Optional.of(version), Optional.empty(), prettyName);
        }
    }

    abstract Optional<Release> parse(String text);

    GuestPath path() {
        return path;
    }

    static List<GuestPath> paths() {
        return Arrays.stream(values()).map(ReleaseFile::path).toList();
    }

    private static String escaped(String latin) {
        return GuestName.of(latin.getBytes(StandardCharsets.ISO_8859_1)).escaped();
    }
}
