package dev.stemma.ingest.analyze.pacman;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.InstalledPackage.OwnedPath;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Observation;
import dev.stemma.ingest.analyze.Findings;
import dev.stemma.ingest.analyze.Guest;
import dev.stemma.ingest.analyze.GuestAnalysis;
import dev.stemma.ingest.filesystem.Tool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our reading of pacman's database against pacman, on a tree that pacman itself installed packages into. */
class PacmanOracleIT {

    @TempDir
    Path work;

    private static Findings read(Path tree, Level level) throws Exception {
        try (Guest guest = Guest.of(tree)) {
            return GuestAnalysis.run(guest.files(), level);
        }
    }

    @Test
    void packagesAndTheirFilesAreAsPacmanListsThem() throws Exception {
        Tool.require("pacman", "bsdtar");
        Path tree = work.resolve("tree");
        Guest.write(tree, "etc/os-release", "ID=arch\n");
        String said = Tool.script(PacmanOracleIT.class, "install.sh", work.resolve("work"), tree);
        TreeSet<String> expected = new TreeSet<>();
        for (String line : said.lines().toList()) {
            String path = line.replaceFirst("^\\S+ ", "");
            if (!path.startsWith("/")) {
                expected.add(line);
            } else if (!path.endsWith("/")) {
                expected.add(line.replace(tree.toString(), ""));
            }
        }
        Findings findings = read(tree, Level.FULL);
        assertThat(findings.observations()).isEmpty();
        TreeSet<String> actual = new TreeSet<>();
        for (InstalledPackage one : findings.packages()) {
            actual.add(one.name() + " " + one.version());
            for (OwnedPath owned : one.owned()) {
                actual.add(one.name() + " "
                        + owned.path().names().stream()
                                .map(name -> "/" + new String(name.bytes(), StandardCharsets.ISO_8859_1))
                                .collect(Collectors.joining()));
                assertOwned(tree, owned);
            }
        }
        assertThat(actual).isEqualTo(expected).hasSize(9);
        assertThat(findings.packages())
                .extracting(InstalledPackage::purl)
                .containsExactly(
                        "pkg:alpm/arch/part@2.r10.gabc-3?arch=any", "pkg:alpm/arch/plain@1%3A0.9-2.1?arch=x86_64");
        assertThat(findings.packages().getFirst().sourceName()).hasValue("whole");
    }

    /** Checksums are those of the files, which nobody changed. */
    private static void assertOwned(Path tree, OwnedPath owned) throws Exception {
        Path file = tree.resolve(new String(
                owned.path().names().stream()
                        .map(name -> new String(name.bytes(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("/"))
                        .getBytes(StandardCharsets.UTF_8),
                StandardCharsets.UTF_8));
        if (!Files.isSymbolicLink(file) && owned.path().escaped().indexOf('\\') < 0) {
            assertThat(owned.checksum()).as(owned.toString()).isPresent();
            assertThat(owned.checksum().orElseThrow())
                    .hasToString(
                            "sha256:" + Guest.run("sha256sum", file.toString()).substring(0, 64));
            assertThat(owned.configuration()).isEqualTo(file.startsWith(tree.resolve("etc")));
        }
    }

    @Test
    void aBrokenRecordCostsItselfAndIsObserved() throws Exception {
        Path tree = work.resolve("tree");
        Guest.write(tree, "etc/os-release", "ID=arch\n");
        String local = "var/lib/pacman/local/";
        Guest.write(tree, local + "ALPM_DB_VERSION", "9\n");
        Guest.write(tree, local + "good-1-1/desc", "%NAME%\ngood\n\n%VERSION%\n1-1\n\n%ARCH%\nany\n\n");
        Guest.write(
                tree,
                local + "good-1-1/files",
                "%FILES%\nusr/\nusr/x\n\n%BACKUP%\nusr/x\td41d8cd98f00b204e9800998ecf8427e\n");
        Guest.write(tree, local + "bad-1-1/desc", "%NAME%\n../bad\n\n%VERSION%\n1-1\n\n%ARCH%\nany\n\n");
        Guest.write(tree, local + "none-1-1/files", "");
        Guest.write(tree, local + "tree-1-1/desc", "%NAME%\ntree\n\n%VERSION%\n1-1\n\n%ARCH%\nany\n\n");
        Guest.write(tree, local + "tree-1-1/files", "%FILES%\nusr/y\n");
        Guest.write(tree, local + "tree-1-1/mtree", "not gzip");
        Findings findings = read(tree, Level.FULL);
        assertThat(findings.packages()).extracting(InstalledPackage::name).containsExactly("good", "tree");
        assertThat(findings.packages().getFirst().owned()).singleElement().satisfies(owned -> {
            assertThat(owned.md5()).hasValue("d41d8cd98f00b204e9800998ecf8427e");
            assertThat(owned.configuration()).isTrue();
        });
        assertThat(findings.observations()).extracting(Observation::code).containsExactly("package-record-broken");
        assertThat(findings.observations().getFirst().message()).startsWith("3 packages");
    }
}
