package dev.stemma.queries.drift.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RuleTableTest {

    private static final DriftRules RULES = DriftRules.SHIPPED;
    private static final List<String> NAMES = List.of(
            "etc",
            "var",
            "lib",
            "usr",
            "log",
            "cache",
            "systemd",
            "system",
            "x.pyc",
            "x~",
            "apt",
            "dpkg",
            "root",
            ".x",
            "home",
            "boot",
            "vmlinuz-6",
            "fstab",
            "tmp",
            "lost+found",
            "__pycache__",
            "ssh",
            "rc2.d",
            "x.conf",
            "\ud83d\ude00");

    /** What is told by the table is told by asking every pattern in turn. */
    @Test
    void theFirstRuleThatFitsIsFoundAsIfAllWereAsked() {
        Random random = new Random(11);
        int fitting = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder path = new StringBuilder();
            for (int i = random.nextInt(6); i >= 0; i--) {
                path.append('/').append(NAMES.get(random.nextInt(NAMES.size())));
            }
            String text = path.toString();
            boolean program = random.nextBoolean();
            Optional<DriftRules.Noise> noise = RULES.noise().stream()
                    .filter(rule -> !program || rule.programs())
                    .filter(rule -> fits(rule.paths(), text))
                    .findFirst();
            assertThat(RULES.noise(text, program)).as(text).isEqualTo(noise);
            assertThat(RULES.file(text))
                    .as(text)
                    .isEqualTo(RULES.files().stream()
                            .filter(rule -> fits(rule.paths(), text))
                            .findFirst());
            fitting += noise.isPresent() ? 1 : 0;
        }
        assertThat(fitting).isGreaterThan(1_000);
    }

    @Test
    void theRootHasRulesToo() {
        RuleTable<String> table =
                new RuleTable<>(List.of("/", "/*", "**/b"), pattern -> List.of(PathPattern.of(pattern)));
        assertThat(Stream.of("/", "/a", "/b", "/a/b", "/a/c").map(path -> table.first(path, _ -> true)))
                .containsExactly(
                        Optional.of("/"), Optional.of("/*"), Optional.of("/*"), Optional.of("**/b"), Optional.empty());
    }

    private static boolean fits(List<PathPattern> patterns, String path) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(path));
    }
}
