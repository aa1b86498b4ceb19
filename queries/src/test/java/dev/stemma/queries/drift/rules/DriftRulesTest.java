package dev.stemma.queries.drift.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DriftRulesTest {

    private static final DriftRules RULES = DriftRules.SHIPPED;

    @Test
    void noiseIsWhatChangesByItself() {
        assertThat(List.of(
                        "/var/log/syslog",
                        "/var/cache/apt/pkgcache.bin",
                        "/usr/lib/python3/dist-packages/__pycache__/x.cpython-311.pyc",
                        "/etc/machine-id",
                        "/etc/ssh/ssh_host_ed25519_key.pub",
                        "/etc/ld.so.cache",
                        "/var/lib/dpkg/status",
                        "/root/.bash_history",
                        "/etc/passwd-",
                        "/boot/initrd.img-6.1.0-32-cloud-amd64"))
                .allSatisfy(
                        path -> assertThat(RULES.noise(path, false)).as(path).isPresent());
        assertThat(List.of(
                        "/etc/passwd",
                        "/etc/ssh/sshd_config",
                        "/etc/nginx/nginx.conf",
                        "/usr/bin/python3",
                        "/boot/vmlinuz-6.1.0",
                        "/var/lib/postgresql/15/main/base/1",
                        "/srv/var/log/x",
                        "/etc/machine-id.d/x"))
                .allSatisfy(
                        path -> assertThat(RULES.noise(path, false)).as(path).isEmpty());
    }

    @Test
    void aProgramIsNoiseForPackageManagersAlone() {
        assertThat(RULES.noise("/var/log/.x/miner", true)).isEmpty();
        assertThat(RULES.noise("/tmp/x", true)).isEmpty();
        assertThat(RULES.noise("/var/lib/dpkg/info/nginx.postinst", true)).isPresent();
    }

    /** Java's own globs know the same three wildcards. */
    @Test
    void patternsMeanWhatGlobsMean() {
        Random random = new Random(7);
        String[] parts = {"*", "**", "?", "a", "b", "ab", "/", "/", ".x"};
        int fitting = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder pattern = new StringBuilder("/");
            for (int i = random.nextInt(6); i >= 0; i--) {
                pattern.append(parts[random.nextInt(parts.length)]);
            }
            String path = "/"
                    + random.ints(random.nextInt(8) + 1L, 0, 4)
                            .mapToObj(i -> List.of("a", "b", "/", ".x").get(i))
                            .collect(java.util.stream.Collectors.joining());
            String clean = Path.of(path).toString();
            String text = pattern.toString().replaceAll("/+", "/").replaceAll("\\*{3,}", "**");
            if (text.split("\\*\\*", -1).length > 3) {
                continue;
            }
            PathMatcher glob = FileSystems.getDefault().getPathMatcher("glob:" + text);
            boolean expected = glob.matches(Path.of(clean));
            assertThat(PathPattern.of(text).matches(clean))
                    .as(text + " on " + clean)
                    .isEqualTo(expected);
            fitting += expected ? 1 : 0;
        }
        assertThat(fitting).isGreaterThan(500);
    }

    @Test
    void aSlipInTheRulesIsAnError() {
        String text = RULES.text();
        assertThat(DriftRules.parse(text).version()).isEqualTo(1);
        assertRefused(text.replace("version: 1", "version: one"), "version is a number");
        assertRefused(text.replace("noise:", "nose:"), "the rules");
        assertRefused(text.replace("why: told as packages", "reason: told as packages"), "package managers' books");
        assertRefused(text.replace("weight: 0.9,", "weight: 9,"), "from 0 to 1");
        assertRefused(text.replace("removed: 0.6", "gone: 0.6"), "packages");
        assertRefused(text.replace("/etc/fstab", "etc/fstab"), "begins with /");
        assertRefused(text.replace("/etc/fstab", "'/**/**/**/x'"), "at most 2 of **");
        assertRefused(text.replace("service: [0.35, 0.92, 0.3]", "service: [0.35]"), "three weights");
        assertRefused("version: 1\nversion: 1\n", "not YAML");
        assertRefused("- &a [*a, *a]", "not YAML");
    }

    private static void assertRefused(String yaml, String words) {
        assertThat(yaml).isNotEqualTo(RULES.text());
        assertThatThrownBy(() -> DriftRules.parse(yaml))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }
}
