package dev.stemma.queries.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VersionOrderTest {

    private static final List<String> ECOSYSTEMS = List.of(
            "deb", "npm", "cargo", "composer", "golang", "pypi", "gem", "maven", "generic", "snap", "unheard-of");

    @Test
    void goOrdersModulesAndItself() {
        assertOldestFirst(
                "golang",
                "(devel)",
                "v0.0.0-20190101000000-abcdef123456",
                "v0.0.0-20200101000000-0bcdef123456",
                "v1.0.0-rc.1",
                "v1.0.0",
                "v1.2.9",
                "v1.2.10+incompatible",
                "v1.3.0-pre",
                "v1.3.0");
        assertOldestFirst("golang", "1.9.7", "1.20beta1", "1.20rc2", "1.20rc10", "1.20", "1.20.1", "1.21rc2", "1.21.0");
    }

    @Test
    void composerAndCargoAreSemantic() {
        assertOldestFirst("composer", "dev-main", "v1.9.0", "1.10.0-beta2", "v1.10.0", "2.0.0.1");
        assertOldestFirst("cargo", "0.9.1", "0.10.0-alpha.2", "0.10.0-alpha.10", "0.10.0");
    }

    @Test
    void whatIsNoVersionIsOlderThanEveryVersion() {
        assertOldestFirst("pypi", "not one", "0");
        assertOldestFirst("npm", "latest", "0.0.0-0");
        assertOldestFirst("gem", "x", "0.a");
    }

    /** Whatever a guest calls a version: any two texts compare, and the order has no circles. */
    @Test
    void anyTextsCanBeSorted() {
        long seed = Long.getLong("seed", 1);
        Random random = new Random(seed);
        String[] pieces = {
            "0", "1", "10", "a", "rc", "dev", ".", "-", "+", "!", "~", ":", "(", "é", " ", "v", "post", "x9"
        };
        for (String ecosystem : ECOSYSTEMS) {
            List<String> texts =
                    new ArrayList<>(List.of("", ".", "-", "1".repeat(500), "-".repeat(500), "a1".repeat(250)));
            for (int i = 0; i < 400; i++) {
                StringBuilder text = new StringBuilder();
                for (int k = random.nextInt(7); k > 0; k--) {
                    text.append(pieces[random.nextInt(pieces.length)]);
                }
                texts.add(text.toString());
            }
            VersionOrder order = VersionOrder.of(ecosystem);
            // The library's sort finds most contradictions itself.
            texts.sort(order);
            for (String a : texts) {
                assertThat(order.compare(a, a))
                        .as("%s seed %d: %s", ecosystem, seed, a)
                        .isZero();
                String b = texts.get(random.nextInt(texts.size()));
                assertThat(Integer.signum(order.compare(a, b)))
                        .as("%s seed %d: %s against %s", ecosystem, seed, a, b)
                        .isEqualTo(-Integer.signum(order.compare(b, a)));
            }
        }
    }

    private static void assertOldestFirst(String ecosystem, String... versions) {
        List<String> sorted = new ArrayList<>(List.of(versions));
        Collections.shuffle(sorted, new Random(1));
        sorted.sort(VersionOrder.of(ecosystem));
        assertThat(sorted).containsExactly(versions);
        for (int i = 1; i < versions.length; i++) {
            assertThat(VersionOrder.of(ecosystem).compare(versions[i - 1], versions[i]))
                    .isNegative();
        }
    }
}
