package dev.stemma.ingest.analyze.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.model.Checksum;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Observation;
import dev.stemma.ingest.analyze.Findings;
import dev.stemma.ingest.analyze.Guest;
import dev.stemma.ingest.filesystem.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Our reading of each form of rpm's database against rpm itself, on packages that rpm built and installed: epochs, tildes, carets, two
 * versions side by side, configuration, ghosts, MD5 digests, merged /usr, a trusted key, a header of several pages.
 */
class RpmOracleIT {

    @TempDir
    static Path directory;

    static Path rpms = Path.of("");
    static Path tree = Path.of("");

    @BeforeAll
    static void aSystemThatRpmMade() throws Exception {
        rpms = Rpms.build(directory, 1_500, 40);
        tree = Rpms.install(rpms, directory.resolve("tree"), "/var/lib/rpm");
    }

    private static Findings read(Path tree) throws Exception {
        Findings findings = Rpms.read(tree, Level.FULL);
        assertThat(findings.observations()).isEmpty();
        assertThat(findings.analyzers()).contains("rpm/1");
        return findings;
    }

    @Test
    void sqliteIsReadAsRpmReadsIt() throws Exception {
        Findings findings = read(tree);
        String[] options = {"--dbpath", tree.resolve("var/lib/rpm").toString()};
        Rpms.assertPackages(findings.packages(), Rpms.query("packages", "sqlite", options));
        Rpms.assertFiles(findings.packages(), Rpms.query("files", "sqlite", options));
        assertThat(findings.packages())
                .extracting(InstalledPackage::purl)
                .contains(
                        "pkg:rpm/fedora/alpha@1.2%5Egit5-1.fc40?arch=noarch&epoch=1",
                        "pkg:rpm/fedora/alpha-libs@1.2~rc1-3.fc40?arch=noarch&epoch=1",
                        "pkg:rpm/fedora/old@0.1-007?arch=noarch");
        assertThat(findings.packages().stream().filter(one -> one.name().equals("old")))
                .singleElement()
                .satisfies(old -> assertThat(old.owned())
                        .hasSize(2)
                        .allMatch(path -> path.checksum().orElseThrow().algorithm() == Checksum.Algorithm.MD5));
        Findings basic = Rpms.read(tree, Level.BASIC);
        assertThat(basic.packages()).hasSameSizeAs(findings.packages()).allMatch(one -> one.owned()
                .isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"1234,4096", "4321,4096", "1234,512", "4321,512", "1234,65536"})
    void berkeleyDbIsReadAsRpmReadsIt(String order, String pageBytes) throws Exception {
        Path guest = directory.resolve("berkeley-" + order + "-" + pageBytes);
        Guest.write(guest, "etc/os-release", "ID=fedora\n");
        Path place = Files.createDirectories(guest.resolve("var/lib/rpm"));
        Guest.link(guest, "bin", "usr/bin");
        Guest.link(guest, "lib", "usr/lib");
        Files.createDirectories(guest.resolve("usr/bin"));
        Files.createDirectories(guest.resolve("usr/lib"));
        Tool.script(
                Rpms.class, "berkeley.sh", tree.resolve("var/lib/rpm"), place.resolve("Packages"), order, pageBytes);
        String[] options = {"--dbpath", place.toString()};
        Findings findings = read(guest);
        Rpms.assertPackages(findings.packages(), Rpms.query("packages", "bdb_ro", options));
        Rpms.assertFiles(findings.packages(), Rpms.query("files", "bdb_ro", options));
    }

    @Test
    void ndbIsReadAsRpmReadsIt() throws Exception {
        Path guest = directory.resolve("ndb");
        Guest.write(guest, "etc/os-release", "ID=opensuse-leap\n");
        Path place = Files.createDirectories(guest.resolve("usr/lib/sysimage/rpm"));
        Guest.link(guest, "bin", "usr/bin");
        Guest.link(guest, "lib", "usr/lib");
        Files.createDirectories(guest.resolve("usr/bin"));
        Guest.link(guest, "var/lib/rpm", "../../usr/lib/sysimage/rpm");
        try (var in = new GZIPInputStream(Files.newInputStream(Rpms.resource("ndb.db.gz")))) {
            Files.copy(in, place.resolve("Packages.db"));
        }
        Findings findings = read(guest);
        Rpms.assertPackages(findings.packages(), Files.readString(Rpms.resource("ndb-packages.txt")));
        Rpms.assertFiles(
                findings.packages(),
                Files.readString(Rpms.resource("ndb-files.txt"), java.nio.charset.StandardCharsets.ISO_8859_1));
        assertThat(findings.packages())
                .hasSizeGreaterThan(254) // What fits on the first page of slots.
                .allMatch(one -> one.purl().startsWith("pkg:rpm/opensuse/"));
    }

    @Test
    void aDatabaseCopiedInTheMiddleOfATransactionIsReadWithItsLog() throws Exception {
        Path running = Rpms.install(rpms, directory.resolve("running"), "/var/lib/rpm");
        Tool.script(Rpms.class, "crash.sh", rpms, running, "/var/lib/rpm");
        Path crashed = running.resolve("crashed");
        assertThat(Files.size(crashed.resolve("rpmdb.sqlite-wal"))).isGreaterThan(4_096);
        Path guest = directory.resolve("crashed");
        Guest.write(guest, "etc/os-release", "ID=rhel\n");
        Files.createDirectories(guest.resolve("var/lib/rpm"));
        for (String name : new String[] {"rpmdb.sqlite", "rpmdb.sqlite-wal"}) {
            Files.copy(crashed.resolve(name), guest.resolve("var/lib/rpm").resolve(name));
        }
        Findings findings = read(guest);
        // rpm looks after us: it writes the log into the database.
        Rpms.assertPackages(findings.packages(), Rpms.query("packages", "sqlite", "--dbpath", crashed.toString()));
        assertThat(findings.packages())
                .extracting(InstalledPackage::purl)
                .contains("pkg:rpm/redhat/late@1-1?arch=noarch");

        Files.delete(guest.resolve("var/lib/rpm/rpmdb.sqlite-wal"));
        assertThat(Rpms.read(guest, Level.BASIC).packages())
                .extracting(InstalledPackage::name)
                .doesNotContain("late")
                .contains("alpha");
    }

    @Test
    void aSecondDatabaseIsNotedAndAnUnfinishedOneNotRead() throws Exception {
        Path guest = directory.resolve("two");
        Guest.write(guest, "etc/os-release", "ID=fedora\n");
        Rpms.copy(tree.resolve("var/lib/rpm/rpmdb.sqlite"), guest.resolve("var/lib/rpm/rpmdb.sqlite"));
        Guest.write(guest, "var/lib/rpm/Packages", "left");
        assertThat(Rpms.read(guest, Level.BASIC).observations())
                .extracting(Observation::code)
                .containsExactly("package-database-unused");
        Files.delete(guest.resolve("var/lib/rpm/Packages"));
        Guest.write(guest, "var/lib/rpm/rpmdb.sqlite-journal", "\u00d9\u00d5\u0005\u00f9 \u00a1c\u00d7");
        Findings findings = Rpms.read(guest, Level.BASIC);
        assertThat(findings.packages()).isEmpty();
        assertThat(findings.observations()).extracting(Observation::code).containsExactly("needs-recovery");
    }
}
