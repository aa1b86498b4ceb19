package dev.stemma.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Observation;
import dev.stemma.ingest.analyze.Findings;
import dev.stemma.ingest.filesystem.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is found in a tree into which pip, npm, RubyGems, Maven and Go's linker themselves put software, against what Python's {@code
 * importlib.metadata}, {@code npm ls}, RubyGems, bsdtar and dpkg say of it.
 */
class SoftwareOracleIT {

    @TempDir
    static Path directory = Path.of("");

    private static Findings found = Findings.NONE;

    @BeforeAll
    static void aTreeFullOfSoftware() throws Exception {
        Tool.require("python3", "npm", "ruby", "objcopy", "minica", "bsdtar");
        Path resources = Path.of(
                        SoftwareOracleIT.class.getResource("go-buildinfo.b64").toURI())
                .resolveSibling("");
        Tool.script(SoftwareOracleIT.class, "software-tree.sh", directory, resources);
        found = SoftwareTree.search(directory.resolve("tree"));
    }

    private static TreeSet<String> ours(String ecosystem, Function<InstalledPackage, Stream<String>> lines) {
        return found.packages().stream()
                .filter(one -> one.ecosystem().equals(ecosystem))
                .flatMap(lines)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static TreeSet<String> theirs(String tool) throws Exception {
        return new TreeSet<>(Files.readAllLines(directory.resolve(tool + ".list")));
    }

    @Test
    void pythonDistributionsAreThoseOfImportlib() throws Exception {
        assertThat(ours("pypi", one -> one.locations().stream()
                        .map(place -> one.name() + "\t" + one.version() + "\t"
                                + place.substring(1).replaceFirst("/(METADATA|PKG-INFO)$", ""))))
                .isEqualTo(theirs("python"));
        assertThat(purls())
                .contains("pkg:pypi/shop-tools-x@1.0", "pkg:pypi/shop-tools-x@2.0rc1", "pkg:pypi/plain@0.1.post2");
    }

    @Test
    void npmPackagesAreThoseOfNpmLs() throws Exception {
        assertThat(ours("npm", one -> one.locations().stream()
                        .map(place -> place.substring(1).replaceFirst("/package.json$", "") + ":" + one.name() + "@"
                                + one.version())))
                .isEqualTo(theirs("npm"));
        assertThat(purls())
                .contains("pkg:npm/%40shop/scoped@1.2.3", "pkg:npm/inner@1.0.0", "pkg:npm/inner@2.0.0-beta.1");
    }

    @Test
    void gemsAreThoseOfRubygems() throws Exception {
        assertThat(ours(
                        "gem",
                        one -> Stream.of(one.name() + "\t" + one.version() + "\t"
                                + (one.architecture().isEmpty() ? "ruby" : one.architecture()))))
                .isEqualTo(theirs("gem"));
        assertThat(purls()).contains("pkg:gem/shop-gem@1.4.0.pre2");
    }

    @Test
    void mavenArtifactsAreThoseOfTheJarsProperties() throws Exception {
        assertThat(ours("maven", one -> one.locations().stream()
                        .filter(place -> place.startsWith("/usr/share/jars/"))
                        .map(place ->
                                one.name().replace(':', '\t') + "\t" + one.version() + "\t" + place.substring(1))))
                .isEqualTo(theirs("maven"));
    }

    @Test
    void archivesInArchivesAreReadWhereTheyLie() {
        assertThat(ours("maven", one -> one.locations().stream()
                        .filter(place -> place.startsWith("/opt/fat/"))
                        .map(place -> one.purl() + " " + place)))
                .containsExactlyInAnyOrder(
                        "pkg:maven/org.shop/boot@3.0 /opt/fat/boot.jar",
                        "pkg:maven/org.shop/middle@2.0-SNAPSHOT /opt/fat/boot.jar!/BOOT-INF/lib/middle.jar",
                        "pkg:maven/org.shop/leaf@1.0 /opt/fat/boot.jar!/BOOT-INF/lib/middle.jar!/lib/leaf.jar",
                        "pkg:maven/org.shop/leaf@1.0 /opt/fat/shop.war!/WEB-INF/lib/leaf.jar",
                        "pkg:maven/org.shop/middle@2.0-SNAPSHOT /opt/fat/shop.war!/WEB-INF/lib/middle.jar",
                        "pkg:maven/org.shop/leaf@1.0 /opt/fat/shop.war!/WEB-INF/lib/middle.jar!/lib/leaf.jar");
        assertThat(purls()).contains("pkg:generic/org.shop.bundle@4.5.6");
    }

    @Test
    void goProgramsSayTheirModules() throws Exception {
        List<String> go = Files.readAllLines(directory.resolve("go.list"));
        assertThat(ours("golang", one -> one.locations().stream()
                        .filter("/usr/bin/minica"::equals)
                        .map(_ -> one.purl())))
                .containsExactly("pkg:golang/stdlib@" + go.getFirst());
        // As go-buildinfo.txt has it, replacements resolved; the main module keeps its spelling in its name alone.
        assertThat(ours("golang", one -> one.locations().stream()
                        .filter("/usr/bin/shop"::equals)
                        .map(_ -> one.name() + " " + one.version())))
                .containsExactlyInAnyOrder(
                        "stdlib 1.19.8",
                        "example.org/Shop/cmd (devel)",
                        "example.org/local (devel)",
                        "github.com/Masterminds/semver v1.5.0",
                        "github.com/golang/text v0.3.8");
        assertThat(purls()).contains("pkg:golang/github.com/masterminds/semver@v1.5.0");
    }

    @Test
    void rustProgramsSayTheirCratesWithoutThoseOfTheBuild() {
        assertThat(ours("cargo", one -> one.locations().stream().map(place -> one.purl() + " " + place)))
                .containsExactlyInAnyOrder(
                        "pkg:cargo/shop@0.1.0 /usr/bin/rusty", "pkg:cargo/serde@1.0.188 /usr/bin/rusty");
    }

    @Test
    void whatCannotBeNamedIsSaidAndNothingElse() {
        assertThat(found.observations()).allMatch(one -> one.severity() == Observation.Severity.NOTE);
        assertThat(found.observations())
                .extracting(Observation::code, Observation::by)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("software-unnamed", "jar/1"));
        assertThat(found.observations().getFirst().message())
                .contains("/opt/fat/empty.jar: ", "/opt/fat/no.jar: is no archive", "/opt/fat/shop.war: ");
        assertThat(found.analyzers()).containsExactly("composer/1", "gem/1", "jar/1", "npm/1", "program/1", "python/1");
    }

    private static List<String> purls() {
        return found.packages().stream().map(InstalledPackage::purl).toList();
    }
}
