package dev.stemma.queries.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Debian has no apk, so its order is held against what its documentation says, not against the tool. */
class ApkVersionTest {

    /** Oldest first; no two the same. */
    private static final List<String> IN_ORDER = List.of(
            "0.1.0_alpha_pre2",
            "0.1.0_alpha",
            "0.1.0_alpha1",
            "0.1.0_beta",
            "0.1.0_pre1",
            "0.1.0_rc1",
            "0.1.0_rc1-r3",
            "0.1.0",
            "0.1.0-r0",
            "0.1.0-r9",
            "0.1.0-r10",
            "0.1.0~1234abcd",
            "0.1.0_cvs1",
            "0.1.0_svn1",
            "0.1.0_git20240101",
            "0.1.0_hg1",
            "0.1.0_p9",
            "0.1.0_p10",
            "0.1.0a",
            "0.1.0b",
            "0.1.0.1",
            "0.1.001",
            "0.1.01",
            "0.1.1",
            "0.1.9",
            "0.1.10",
            "0.2",
            "0.2.0",
            "1",
            "8.2.0015",
            "8.2.002",
            "9",
            "10",
            "20240101000000123456789",
            "20240101000000123456790");

    @Test
    void theOrderIsThatOfApk() {
        List<String> shuffled = new ArrayList<>(IN_ORDER);
        Collections.shuffle(shuffled, new Random(1));
        shuffled.sort(ApkVersion.ORDER);
        assertThat(shuffled).isEqualTo(IN_ORDER);
        for (int i = 0; i < IN_ORDER.size(); i++) {
            for (int j = 0; j < IN_ORDER.size(); j++) {
                assertThat(Integer.signum(ApkVersion.compare(IN_ORDER.get(i), IN_ORDER.get(j))))
                        .as("%s against %s", IN_ORDER.get(i), IN_ORDER.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"007,7", "1.0,1.0", "1.0#x,1.0#y"})
    void theseAreTheSame(String a, String b) {
        assertThat(ApkVersion.compare(a, b)).isZero();
    }

    @Test
    void eachEcosystemHasItsOwnOrder() {
        // A tilde is old for Debian and rpm; pacman's and apk's letters differ from both.
        assertThat(VersionOrder.of("deb").compare("1.0~rc1", "1.0")).isNegative();
        assertThat(VersionOrder.of("rpm").compare("1.0^git1-1", "1.0-1")).isPositive();
        assertThat(VersionOrder.of("apk").compare("1.0_rc1", "1.0")).isNegative();
        assertThat(VersionOrder.of("alpm").compare("1.0rc1-1", "1.0-1")).isNegative();
        assertThat(VersionOrder.of("deb").compare("1.0rc1-1", "1.0-1")).isPositive();
        assertThat(VersionOrder.of("npm").compare("1.9.0", "1.10.0")).isNegative();
    }
}
