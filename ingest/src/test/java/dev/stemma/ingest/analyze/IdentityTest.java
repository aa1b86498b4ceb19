package dev.stemma.ingest.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.OperatingSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a guest is, and what it is when its own files are odd. */
class IdentityTest {

    @TempDir
    Path directory;

    Path tree = Path.of("");

    @BeforeEach
    void aTree() throws Exception {
        tree = Files.createDirectory(directory.resolve("tree"));
    }

    private Findings read() throws Exception {
        try (Guest guest = Guest.of(tree)) {
            return GuestAnalysis.run(guest.files(), Level.FULL);
        }
    }

    private static OperatingSystem system(String distribution, String version, String patchLevel, String pretty) {
        return new OperatingSystem(distribution, of(version), of(patchLevel), of(pretty), Optional.empty());
    }

    private static Optional<String> of(String text) {
        return Optional.of(text).filter(one -> !one.isEmpty());
    }

    @Test
    void ubuntuSaysItsPointReleaseInVersion() throws Exception {
        Guest.write(
                tree,
                "etc/os-release",
                "PRETTY_NAME=\"Ubuntu 24.04.2 LTS\"\nNAME=\"Ubuntu\"\nVERSION_ID=\"24.04\"\n"
                        + "VERSION=\"24.04.2 LTS (Noble Numbat)\"\nVERSION_CODENAME=noble\nID=ubuntu\nID_LIKE=debian\n");
        Guest.write(tree, "etc/debian_version", "trixie/sid\n");
        assertThat(read().operatingSystem()).hasValue(system("ubuntu", "24.04", "24.04.2", "Ubuntu 24.04.2 LTS"));
    }

    @Test
    void debianUnstableHasACodenameForAVersion() throws Exception {
        Guest.write(
                tree,
                "usr/lib/os-release",
                "PRETTY_NAME='Debian GNU/Linux forky/sid'\nVERSION_CODENAME=forky\nID=debian\n");
        Guest.link(tree, "etc/os-release", "../usr/lib/os-release");
        Guest.write(tree, "etc/debian_version", "forky/sid\n");
        assertThat(read().operatingSystem())
                .hasValue(system("debian", "forky", "forky/sid", "Debian GNU/Linux forky/sid"));
    }

    @Test
    void anotherDistributionIsNamedAsItNamesItself() throws Exception {
        Guest.write(
                tree,
                "etc/os-release",
                "ID=\"alpine\"\nVERSION_ID=3.20.3\nPRETTY_NAME=\"Alpine \\\"Linux\\\" \\$3\"\n");
        Findings findings = read();
        assertThat(findings.operatingSystem()).hasValue(system("alpine", "3.20.3", "", "Alpine \"Linux\" $3"));
        assertThat(findings.packages()).isEmpty();
    }

    @Test
    void withoutOsReleaseDebianVersionTellsAndThatIsNoted() throws Exception {
        Guest.write(tree, "etc/debian_version", "4.0\n");
        Findings findings = read();
        assertThat(findings.operatingSystem()).hasValue(system("debian", "4", "4.0", ""));
        assertThat(findings.observations()).extracting(Observation::code).containsExactly("os-release-missing");
    }

    @Test
    void whatIsNoWordIsNotTakenForAnId() throws Exception {
        Guest.write(tree, "etc/os-release", "ID=\"../../x\"\nPRETTY_NAME=\"a\u001b[31mb\"\n");
        Findings findings = read();
        assertThat(findings.operatingSystem()).hasValue(system("linux", "", "", "a\\x1b[31mb"));
        assertThat(findings.observations()).extracting(Observation::code).containsExactly("os-release-incomplete");
    }

    @Test
    void aDirectoryInPlaceOfOsReleaseCostsNothingElse() throws Exception {
        Files.createDirectories(tree.resolve("etc/os-release"));
        Guest.write(tree, "etc/debian_version", "12.1\n");
        assertThat(read().operatingSystem()).hasValue(system("debian", "12", "12.1", ""));
    }

    @Test
    void linksThatLoopCostAnObservation() throws Exception {
        Guest.link(tree, "etc/os-release", "os-release");
        Guest.write(
                tree,
                "var/lib/dpkg/status",
                "Package: a\nStatus: install ok installed\nVersion: 1\nArchitecture: all\n");
        Findings findings = read();
        assertThat(findings.observations()).extracting(Observation::code).contains("loop");
        assertThat(findings.packages()).hasSize(1);
    }

    @Test
    void aBrokenParagraphCostsItselfAndIsObserved() throws Exception {
        Guest.write(tree, "etc/os-release", "ID=debian\n");
        Guest.write(tree, "var/lib/dpkg/status", """
                Package: good
                Status: install ok installed
                Version: 1
                Architecture: all
                Description: d
                 Package: not-a-field

                Package: bad/../name
                Status: install ok installed
                Version: 1
                Architecture: all

                Package: no-version
                Status: install ok installed
                Architecture: all

                Package: odd-status
                Status: installed
                Version: 1
                Architecture: all

                Package: wanted
                Status: install ok not-installed

                Package: last
                Status: hold ok installed
                Version: 2
                Architecture: all""");
        Findings findings = read();
        assertThat(findings.packages())
                .extracting(InstalledPackage::name, InstalledPackage::held)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("good", false),
                        org.assertj.core.groups.Tuple.tuple("last", true));
        assertThat(findings.observations())
                .extracting(Observation::code)
                .containsExactly("package-record-broken", "package-list-missing");
        assertThat(findings.observations().getFirst().message())
                .startsWith("3 paragraphs")
                .contains("odd-status");
    }

    @Test
    void aDistrolessImageHasAFileForEachPackage() throws Exception {
        Guest.write(tree, "etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n");
        Guest.write(tree, "usr/share/zoneinfo/UTC", "utc");
        Guest.write(
                tree, "var/lib/dpkg/status.d/tzdata", "Package: tzdata\nVersion: 2024a-0+deb12u1\nArchitecture: all\n");
        Guest.write(
                tree,
                "var/lib/dpkg/status.d/tzdata.md5sums",
                "9a4f9c5d0a1b5e5c6b7a8d9e0f1a2b3c  usr/share/zoneinfo/UTC\n");
        InstalledPackage one = read().packages().getFirst();
        assertThat(one.purl()).isEqualTo("pkg:deb/debian/tzdata@2024a-0%2Bdeb12u1?arch=all");
        assertThat(one.state()).isEqualTo("installed");
        assertThat(one.owned()).hasSize(1);
        assertThat(one.owned().getFirst().path().escaped()).isEqualTo("/usr/share/zoneinfo/UTC");
    }
}
