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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            nullValues = "none",
            value = {
                "etc/redhat-release|CentOS release 6.10 (Final)|centos|6.10|''|CentOS release 6.10 (Final)",
                "etc/redhat-release|Red Hat Enterprise Linux Server release 5.11 (Tikanga)|rhel|5.11|''"
                        + "|Red Hat Enterprise Linux Server release 5.11 (Tikanga)",
                "etc/redhat-release|Fedora release 12 (Constantine)|fedora|12|''|Fedora release 12 (Constantine)",
                "etc/redhat-release|AlmaLinux release 8.9 (Midnight Oncilla)|almalinux|8.9|''"
                        + "|AlmaLinux release 8.9 (Midnight Oncilla)",
                "etc/system-release-cpe|cpe:/o:redhat:enterprise_linux:6server:ga:server|rhel|6|''|''",
                "etc/system-release-cpe|cpe:/o:rocky:rocky:8:GA|rocky|8|''|''",
                "etc/SuSE-release|SUSE Linux Enterprise Server 11 (x86_64)\\nVERSION = 11\\nPATCHLEVEL = 4|sles|11|11.4"
                        + "|SUSE Linux Enterprise Server 11 (x86_64)",
                "etc/SuSE-release|openSUSE 13.1 (x86_64)\\nVERSION = 13.1\\nCODENAME = Bottle|opensuse|13.1|''"
                        + "|openSUSE 13.1 (x86_64)",
                "etc/alpine-release|3.2.3|alpine|3.2.3|''|''",
                "etc/arch-release|''|arch|''|''|''"
            })
    void withoutOsReleaseTheOlderFilesTell(
            String path, String text, String distribution, String version, String patchLevel, String pretty)
            throws Exception {
        Guest.write(tree, path, text.replace("\\n", "\n") + "\n");
        Findings findings = read();
        assertThat(findings.operatingSystem()).hasValue(system(distribution, version, patchLevel, pretty));
        assertThat(findings.observations()).extracting(Observation::code).containsExactly("os-release-missing");
        try (Guest guest = Guest.of(tree)) {
            boolean root = !path.contains("cpe");
            assertThat(GuestRoots.find(
                                    java.util.List.of(guest.candidate(1)),
                                    guest.files().budget())
                            .guests())
                    .hasSize(root ? 1 : 0);
        }
    }

    @Test
    void centosSaysItsPointReleaseInRedhatRelease() throws Exception {
        Guest.write(tree, "etc/os-release", "ID=\"centos\"\nVERSION_ID=\"7\"\nVERSION=\"7 (Core)\"\n");
        Guest.write(tree, "etc/redhat-release", "CentOS Linux release 7.9.2009 (Core)\n");
        assertThat(read().operatingSystem()).hasValue(system("centos", "7", "7.9.2009", ""));
    }

    @Test
    void aReleaseFileThatSaysNothingIsNoSystem() throws Exception {
        Guest.write(tree, "etc/redhat-release", "Something else\n");
        Findings findings = read();
        assertThat(findings.operatingSystem()).isEmpty();
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
