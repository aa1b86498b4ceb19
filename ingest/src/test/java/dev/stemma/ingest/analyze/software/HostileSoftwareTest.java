package dev.stemma.ingest.analyze.software;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Observation;
import dev.stemma.ingest.analyze.Findings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Archives and texts that are made to hurt: each costs an observation, and what else is there is found. */
@Timeout(600)
class HostileSoftwareTest {

    private static final byte[] POM = "groupId=g\nartifactId=a\nversion=1\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final String POM_PATH = "META-INF/maven/g/a/pom.properties";

    private static Findings with(String path, byte[] content) throws Exception {
        Findings found = new Shown()
                .with(path, content)
                .with("/p/a.dist-info/METADATA", "Name: a\nVersion: 1\n\n")
                .search();
        assertThat(found.packages()).extracting(InstalledPackage::purl).contains("pkg:pypi/a@1");
        return found;
    }

    /** Entries by turns: a name, and its bytes. */
    private static byte[] zip(boolean stored, Object... entries) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < entries.length; i += 2) {
                byte[] bytes = (byte[]) entries[i + 1];
                ZipEntry entry = new ZipEntry((String) entries[i]);
                if (stored) {
                    CRC32 sum = new CRC32();
                    sum.update(bytes);
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(bytes.length);
                    entry.setCrc(sum.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(bytes);
            }
        }
        return out.toByteArray();
    }

    @Test
    void aBombIsNotUnpacked() throws Exception {
        byte[] bomb = zip(false, "x.jar", new byte[40 << 20], POM_PATH, POM);
        Findings found = with("/a.jar", bomb);
        assertThat(found.packages()).extracting(InstalledPackage::purl).contains("pkg:maven/g/a@1");
        assertThat(found.observations()).extracting(Observation::code).containsExactly("size-limit");
        assertThat(found.observations().getFirst().message()).contains("/a.jar!/x.jar", "times its size");
    }

    @Test
    void whatDoesNotPackWellIsBoundedByItsSize() throws Exception {
        byte[] noise = new byte[50 << 20];
        new Random(1).nextBytes(noise);
        assertThat(with("/a.jar", zip(false, "x.jar", noise)).observations())
                .extracting(Observation::code)
                .containsExactly("size-limit", "software-unnamed");
    }

    @Test
    void aManifestThatNeverEndsIsReadToItsLimit() throws Exception {
        byte[] manifest = ("Bundle-SymbolicName: b\nBundle-Version: 1\n" + "X: y\n".repeat(2 << 20))
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(with("/a.jar", zip(false, "META-INF/MANIFEST.MF", manifest)).packages())
                .extracting(InstalledPackage::purl)
                .contains("pkg:generic/b@1");
    }

    @Test
    void archivesInArchivesEndSomewhere() throws Exception {
        for (boolean stored : new boolean[] {true, false}) {
            byte[] inner = zip(stored, POM_PATH, POM);
            for (int i = 0; i < 40; i++) {
                inner = zip(stored, "x.jar", inner);
            }
            assertThat(with("/a.jar", inner).observations())
                    .extracting(Observation::code)
                    .containsExactly("depth-limit", "software-unnamed");
        }
    }

    @Test
    void anArchiveThatHoldsItselfEnds() throws Exception {
        // Its one entry, stored, claims to be the whole file; a directory that points at itself as it were.
        byte[] inner = zip(true, "x.jar", zip(true, POM_PATH, POM));
        int local = 30 + "x.jar".length();
        int central = inner.length - 22 - 46 - "x.jar".length();
        byte[] quine = inner.clone();
        // The entry now begins so that its bytes end with the file's own end record, and every level finds the same
        // again.
        put(quine, central + 20, inner.length - local);
        put(quine, central + 24, inner.length - local);
        Findings found = with("/a.jar", quine);
        assertThat(found.observations()).isNotEmpty();
    }

    private static void put(byte[] bytes, int at, int value) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (value >> 8 * i);
        }
    }

    @Test
    void manyArchivesInOneAreCounted() throws Exception {
        byte[] empty = zip(true);
        Object[] entries = new Object[2 * 6_000];
        for (int i = 0; i < entries.length; i += 2) {
            entries[i] = i + ".jar";
            entries[i + 1] = empty;
        }
        assertThat(with("/a.jar", zip(true, entries)).observations())
                .extracting(Observation::code)
                .containsExactly("size-limit", "software-unnamed");
    }

    @Test
    void jsonThatGoesTooDeepIsRefused() throws Exception {
        byte[] deep = ("{\"a\":" + "[".repeat(1 << 20)).getBytes(StandardCharsets.ISO_8859_1);
        Findings found = with("/node_modules/a/package.json", deep);
        assertThat(found.observations()).extracting(Observation::code).containsExactly("bad-value");
        byte[] objects = "{\"a\":".repeat(1 << 18).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(with("/vendor/composer/installed.json", objects).observations())
                .extracting(Observation::code)
                .containsExactly("bad-value");
    }

    @Test
    void jsonThatIsTooLongIsRefusedUnread() throws Exception {
        byte[] text = ("{\"name\":\"" + "x".repeat(3 << 20) + "\"}").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(with("/node_modules/a/package.json", text).observations())
                .extracting(Observation::code)
                .containsExactly("bad-value");
        assertThat(with("/node_modules/a/package.json", new byte[5 << 20]).observations())
                .extracting(Observation::code)
                .containsExactly("size-limit");
    }

    @Test
    void oneLineOfManyMegabytesIsNoPlague() throws Exception {
        byte[] line = ("# stub: " + " ".repeat(8 << 20)).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(with("/specifications/a.gemspec", line).observations())
                .extracting(Observation::code)
                .containsExactly("software-unnamed");
    }
}
