package dev.stemma.queries.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The ecosystems' own tools say what is older: Python's {@code packaging}, npm's {@code semver}, RubyGems, and Maven's own class. Needs the
 * Debian packages python3-packaging, npm (its semver), ruby and maven. {@code -Dseed=N} replays.
 */
class LanguageVersionOracleIT {

    private static final int COUNT = 4_000;

    private final long seed = Long.getLong("seed", 1);
    private final Random random = new Random(seed);

    @Test
    void pythonVersionsAreOrderedAsPackagingDoes() throws Exception {
        String[] pieces = {
            ".0", ".1", ".10", ".00", "a1", "b2", "rc1", "c", "alpha", "-beta.3", ".post1", "-1", "rev2", ".dev3",
            "dev", "+local", "+1.a.2", "_3", "!1", "post"
        };
        List<String> known = List.of(
                "1.0",
                "1.0.0",
                "1",
                "1.0.dev1",
                "1.0a1.dev1",
                "1.0a1",
                "1.0b1",
                "1.0rc1",
                "1.0.post1",
                "1.0.post1.dev2",
                "1!0.1",
                "1.0+ubuntu1",
                "1.0+1",
                "1.0+1.1",
                "2024.1",
                "v1.0",
                "1.0-1",
                "1.0.PREVIEW2",
                "1.0+a.B");
        Tool.agrees(
                VersionOrder.of("pypi"),
                Tool.pairs(known, pieces, "", random, COUNT),
                seed,
                "python3-packaging",
                "/usr/bin/python3",
                "-c",
                """
                import sys
                from packaging.version import Version, InvalidVersion
                for line in sys.stdin:
                    try:
                        a, b = map(Version, line.split())
                        print((a > b) - (a < b))
                    except InvalidVersion:
                        print('?')
                """);
    }

    @Test
    void semanticVersionsAreOrderedAsNpmDoes() throws Exception {
        String[] pieces = {
            "-0", "-1", "-10", "-alpha", ".beta", ".1", ".0", ".11", "-rc", "-x-y", "+build", "+1", ".a1", ".1a"
        };
        List<String> known = List.of(
                "1.0.0",
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-rc.1",
                "1.0.1",
                "1.10.0",
                "1.9.0",
                "1.0.0+b1",
                "v1.0.0",
                "0.0.0-20190101000000-abcdef123456",
                "10.0.0");
        Tool.agrees(
                VersionOrder.of("npm"),
                Tool.pairs(known, pieces, "1.0.", random, COUNT),
                seed,
                "npm",
                "/usr/bin/node",
                "-e",
                """
                const fs = require('fs'), path = require('path');
                const near = path.dirname(fs.realpathSync('/usr/bin/npm'));
                const semver = require(require.resolve('semver', {paths: [near, '/usr/share/nodejs']}));
                for (const line of fs.readFileSync(0, 'utf8').trim().split('\\n')) {
                  const [a, b] = line.split(' ');
                  console.log(semver.valid(a) && semver.valid(b) ? semver.compare(a, b) : '?');
                }
                """);
    }

    @Test
    void gemVersionsAreOrderedAsRubygemsDoes() throws Exception {
        String[] pieces = {".0", ".1", ".10", ".a", ".rc1", ".pre", ".beta.2", "-1", ".0.0", ".b0", "a", "1"};
        List<String> known = List.of(
                "1",
                "1.0",
                "1.0.0",
                "1.a",
                "1.0.a",
                "1.0.a.0",
                "1.0.a1",
                "1.0.rc2",
                "1.0.rc10",
                "1.0.1",
                "1.10",
                "1.9",
                "1.0-1");
        Tool.agrees(
                VersionOrder.of("gem"),
                Tool.pairs(known, pieces, "", random, COUNT),
                seed,
                "ruby",
                "/usr/bin/ruby",
                "-e",
                """
                STDIN.each_line do |line|
                  a, b = line.split
                  ok = Gem::Version.correct?(a) && Gem::Version.correct?(b)
                  puts ok ? (Gem::Version.new(a) <=> Gem::Version.new(b)) : '?'
                end
                """);
    }

    @Test
    void mavenVersionsAreOrderedAsMavenDoes() throws Exception {
        String[] pieces = {
            ".0",
            ".1",
            ".10",
            "-1",
            "-alpha",
            "-beta-2",
            "-rc1",
            "-SNAPSHOT",
            ".Final",
            ".GA",
            "-jre",
            "a1",
            "m2",
            "-sp",
            "x",
            ".x",
            "-0",
            "1",
            "..",
            "-cr1"
        };
        List<String> known = List.of(
                "1",
                "1.0",
                "1.0.0",
                "1-alpha-1",
                "1-beta",
                "1-rc",
                "1-SNAPSHOT",
                "1-sp",
                "1-ga",
                "1.Final",
                "1-1",
                "1.1",
                "1-xyz",
                "1.0-alpha-1",
                "31.1-jre",
                "31.1-android",
                "2.0.1-xyz",
                "2.0.1-123",
                "1a1",
                "1m3",
                "1.0.x");
        List<String[]> pairs = Tool.pairs(known, pieces, "", random, COUNT);
        File jar = new File("/usr/share/maven/lib/maven-artifact-3.x.jar");
        assertThat(jar).as("the test needs Maven: apt-get install maven").exists();
        TreeSet<String> wrong = new TreeSet<>();
        URL[] classes = {
            jar.toURI().toURL(),
            new File("/usr/share/maven/lib/commons-lang3.jar").toURI().toURL()
        };
        try (URLClassLoader loader = new URLClassLoader(classes)) {
            Constructor<?> maven = loader.loadClass("org.apache.maven.artifact.versioning.ComparableVersion")
                    .getConstructor(String.class);
            for (String[] pair : pairs) {
                @SuppressWarnings("unchecked")
                Comparable<Object> first = (Comparable<Object>) maven.newInstance(pair[0]);
                int theirs = Integer.signum(first.compareTo(maven.newInstance(pair[1])));
                int ours = Integer.signum(VersionOrder.of("maven").compare(pair[0], pair[1]));
                if (ours != theirs) {
                    wrong.add(pair[0] + " against " + pair[1] + ": " + ours + ", Maven " + theirs);
                }
            }
        }
        assertThat(wrong).as("seed %d", seed).isEmpty();
    }
}
