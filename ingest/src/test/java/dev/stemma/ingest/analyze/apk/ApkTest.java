package dev.stemma.ingest.analyze.apk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Observation;
import dev.stemma.ingest.analyze.Findings;
import dev.stemma.ingest.analyze.Guest;
import dev.stemma.ingest.analyze.GuestAnalysis;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The text of apk's database as its specification has it. Debian has no apk that could write one, so this form alone is not held
 * against its tool.
 */
class ApkTest {

    private static final String INSTALLED = """
            C:Q1p78yvTLG094tHE1+dToJGbmYzQE=
            P:musl
            V:1.2.5-r0
            A:x86_64
            S:383152
            I:622592
            T:the musl c library (libc) implementation
            U:https://musl.libc.org/
            L:MIT
            o:musl
            m:Somebody <s@example.org>
            t:1709741094
            c:abc
            p:so:libc.musl-x86_64.so.1=1
            F:lib
            R:ld-musl-x86_64.so.1
            a:0:0:755
            Z:Q1V2Qm1tmxMZGVNm2PvqrPtOSzMZg=
            R:libc.musl-x86_64.so.1
            a:0:0:777
            Z:Q17yJ3JFNypA4mxhJJr0ou6CzsJVI=

            C:Q1x
            P:alpine-baselayout-data
            V:3.6.5-r0
            A:x86_64
            o:alpine-baselayout
            F:
            R:top
            F:etc
            R:hosts
            Z:Q1BD6zJKZTRWyqGnPi4tSfd3krsMU=
            F:dev

            P:bad name
            V:1
            A:x86_64
            """;

    @TempDir
    Path directory;

    private Findings read(String place, String text, Level level) throws Exception {
        Path tree = directory.resolve("tree");
        Guest.write(tree, "etc/os-release", "ID=alpine\nVERSION_ID=3.20.3\n");
        Guest.link(tree, "lib", "usr/lib");
        Guest.write(tree, "usr/lib/ld-musl-x86_64.so.1", "x");
        Guest.write(tree, place, text);
        try (Guest guest = Guest.of(tree)) {
            return GuestAnalysis.run(guest.files(), level);
        }
    }

    @Test
    void packagesAndTheirFilesAreRead() throws Exception {
        Findings findings = read("usr/lib/apk/db/installed", INSTALLED, Level.FULL);
        assertThat(findings.packages())
                .extracting(InstalledPackage::purl, one -> one.sourceName().orElse(""))
                .containsExactly(
                        tuple("pkg:apk/alpine/alpine-baselayout-data@3.6.5-r0?arch=x86_64", "alpine-baselayout"),
                        tuple("pkg:apk/alpine/musl@1.2.5-r0?arch=x86_64", ""));
        assertThat(findings.packages().getLast().owned())
                .extracting(
                        owned -> owned.path().escaped(),
                        owned -> String.valueOf(owned.checksum().orElseThrow()))
                .containsExactly(
                        tuple("/usr/lib/ld-musl-x86_64.so.1", "sha1:576426d6d9b1319195366d8fbeaacfb4e4b33198"),
                        tuple("/usr/lib/libc.musl-x86_64.so.1", "sha1:ef2277245372a40e26c61249af4a2ee82cec2552"));
        assertThat(findings.packages().getFirst().owned())
                .extracting(owned -> owned.path().escaped(), InstalledPackage.OwnedPath::configuration)
                .containsExactly(tuple("/etc/hosts", true), tuple("/top", false));
        assertThat(findings.observations()).extracting(Observation::code).containsExactly("package-record-broken");
        assertThat(findings.operatingSystem().orElseThrow().architecture()).hasValue("x86_64");
    }

    @Test
    void damagedTextIsReadAsFarAsItGoes() {
        byte[] whole = INSTALLED.getBytes(StandardCharsets.ISO_8859_1);
        for (long seed = 1; seed <= 5_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] damaged = whole.clone();
            for (int i = 0; i < 20; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            int[] found = new int[1];
            InstalledDatabase.parse(damaged, true, new InstalledDatabase.Sink() {
                @Override
                public void apkPackage(InstalledDatabase.ApkPackage one) {
                    found[0]++;
                }

                @Override
                public void broken(String reason) {
                    found[0]++;
                }
            });
            assertThat(found[0]).as("seed %d", seed).isBetween(1, 40);
        }
    }
}
