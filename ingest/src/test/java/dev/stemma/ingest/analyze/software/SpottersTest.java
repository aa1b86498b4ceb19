package dev.stemma.ingest.analyze.software;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Observation;
import dev.stemma.ingest.analyze.Findings;
import dev.stemma.ingest.analyze.Spotters;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.OverBudget;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the tools that write real data cannot easily be brought to write. */
class SpottersTest {

    private static final String BAR = "{\"name\":\"bar\",\"version\":\"1.0.0\"}";

    @Test
    void onlyDirectChildrenOfModulesAreNpmPackages() throws Exception {
        assertThat(new Shown()
                        .with("/a/node_modules/bar/package.json", BAR)
                        .with("/a/node_modules/bar/lib/package.json", BAR.replace("bar", "no1"))
                        .with("/a/node_modules/bar/test/node_modules/x/package.json", BAR.replace("bar", "no2"))
                        .with("/a/node_modules/.bin/package.json", BAR.replace("bar", "no3"))
                        .with("/a/node_modules/@s/package.json", BAR.replace("bar", "no4"))
                        .with("/a/node_modules/package.json", BAR.replace("bar", "no5"))
                        .with("/a/package.json", BAR.replace("bar", "no6"))
                        .with("/a/node_modules/.pnpm/package.json", BAR.replace("bar", "no7"))
                        .with("/a/node_modules/.pnpm/q@1/package.json", BAR.replace("bar", "no8"))
                        .with("/a/node_modules/.pnpm/q@1/node_modules/q/package.json", BAR.replace("bar", "q"))
                        .with("/a/node_modules/@s/n/node_modules/m/package.json", BAR.replace("bar", "m"))
                        .with("/usr/share/nodejs/@s/deb/package.json", BAR.replace("bar", "@s/deb"))
                        .with("/usr/share/nodejs/deb/package.json", BAR.replace("bar", "deb"))
                        .purls())
                .containsExactly(
                        "pkg:npm/%40s/deb@1.0.0",
                        "pkg:npm/bar@1.0.0", "pkg:npm/deb@1.0.0", "pkg:npm/m@1.0.0", "pkg:npm/q@1.0.0");
    }

    @Test
    void composerWritesTwoForms() throws Exception {
        assertThat(new Shown()
                        .with(
                                "/srv/vendor/composer/installed.json",
                                "{\"packages\":[{\"name\":\"Monolog/Monolog\",\"version\":\"v2.9.1\",\"require\":{\"php\":\"8\"}}],"
                                        + "\"dev\":true}")
                        .with(
                                "/old/vendor/composer/installed.json",
                                "[{\"version\":\"1.0\",\"name\":\"a/b\"},{\"name\":\"c\"}]")
                        .purls())
                .containsExactly("pkg:composer/a/b@1.0", "pkg:composer/monolog/monolog@v2.9.1");
    }

    @Test
    void gemspecsWithoutAStubAreReadWherePlain() throws Exception {
        Findings found = new Shown()
                .with(
                        "/g/specifications/a-1.0.gemspec",
                        "Gem::Specification.new do |s|\n  s.name = %q{no}\n  s.version = \"1.0\"\nend\n")
                .with(
                        "/g/specifications/default/b-1.0.gemspec",
                        "Gem::Specification.new do |s|\n  s.name = \"b\".freeze\n  s.version = Gem::Version.new('1.0')\nend\n")
                .with("/g/specifications/c-2-java.gemspec", "# -*- encoding: utf-8 -*-\n# stub: c 2 java lib\n")
                .with("/g/elsewhere/d-1.gemspec", "# stub: d 1 ruby lib\n")
                .search();
        assertThat(found.packages())
                .extracting(InstalledPackage::purl)
                .containsExactly("pkg:gem/b@1.0", "pkg:gem/c@2?platform=java");
        assertThat(found.observations())
                .extracting(Observation::code, Observation::severity)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("software-unnamed", Observation.Severity.NOTE));
    }

    @Test
    void namesThatAreNoneAreNotListed() throws Exception {
        Findings found = new Shown()
                .with("/p/a.dist-info/METADATA", "Name: a\u202eb\nVersion: 1\n\n")
                .with("/p/b.dist-info/METADATA", "Name: b\n\nVersion: 1\n")
                .with("/p/c.dist-info/METADATA", "Name: " + "c".repeat(600) + "\nVersion: 1\n\n")
                .with("/p/d.dist-info/METADATA", "Summary: x\n Name: no\nName: d\nVersion: 1\nVersion: 2\n\n")
                .search();
        assertThat(found.packages()).extracting(InstalledPackage::purl).containsExactly("pkg:pypi/d@1");
        assertThat(found.observations()).singleElement().satisfies(one -> assertThat(one.message())
                .startsWith("3 files: "));
    }

    @Test
    void oneVersionInManyPlacesIsOnePackage() throws Exception {
        Shown shown = new Shown();
        for (int i = 0; i < Sightings.MAX_PLACES + 7; i++) {
            shown.with("/v" + i + "/x.dist-info/METADATA", "Name: x\nVersion: 1\n\n");
        }
        Findings found = shown.search();
        assertThat(found.packages()).singleElement().satisfies(one -> assertThat(one.locations())
                .hasSize(Sightings.MAX_PLACES)
                .isSorted());
        assertThat(found.observations()).singleElement().satisfies(one -> {
            assertThat(one.code()).isEqualTo("software-limit");
            assertThat(one.severity()).isEqualTo(Observation.Severity.PARTIAL);
            assertThat(one.message()).startsWith("7 files: ").endsWith("; …");
        });
    }

    @Test
    void aCancelledRunEnds() {
        Budget budget = Budget.of(Duration.ofMinutes(1));
        budget.cancel();
        assertThatThrownBy(() -> new Shown()
                        .with("/p/a.dist-info/METADATA", "Name: a\nVersion: 1\n\n")
                        .search(Spotters.ALL, budget))
                .isInstanceOf(OverBudget.class)
                .hasMessageContaining("cancelled");
    }

    @Test
    void onlyTheStartOfALongFileIsRead() throws Exception {
        Shown shown = new Shown().with("/p/a.dist-info/METADATA", "Name: a\nVersion: 1\n\n" + "x".repeat(8 << 20));
        assertThat(shown.purls()).containsExactly("pkg:pypi/a@1");
        // One piece of the reader for the text, and one to see that it is no program.
        assertThat(shown.bytesRead()).isLessThanOrEqualTo(2 << 20);
    }
}
