package dev.stemma.ingest.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Checksum;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.InstalledPackage.OwnedPath;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProofsTest {

    private static final String PURL = "pkg:deb/debian/tool@1";
    private static final List<Claim> CLAIMS = List.of(claim("/usr/bin/tool"), claim("/usr/lib/tool.so"));
    private static final Map<String, Digest> SHIPPED =
            Map.of("/usr/bin/tool", content("program"), "/usr/lib/tool.so", content("library"));
    private static final Digest WHOLE = States.digest(List.of(question(0, "program"), question(1, "library")));

    private static Claim claim(String path) {
        byte[] text = path.getBytes(StandardCharsets.UTF_8);
        return new Claim(
                PURL,
                new OwnedPath(GuestPath.parse(path), Optional.of(Checksum.of(Checksum.Algorithm.MD5, text)), false));
    }

    private static Digest content(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Question question(int claim, String text) {
        return CLAIMS.get(claim).question(content(text)).orElseThrow();
    }

    private static Proofs proofs(List<Claim> claims, Map<String, Digest> earlier) {
        return proofs(claims, earlier, Map.of(PURL, WHOLE));
    }

    private static Proofs proofs(List<Claim> claims, Map<String, Digest> earlier, Map<String, Digest> whole) {
        return Proofs.of(Map.of(PURL, claims), whole, new Known() {
            @Override
            public Map<String, Digest> whole(Set<String> purls) {
                return Map.of();
            }

            @Override
            public Map<String, Map<String, Digest>> contents(Set<String> purls) {
                return Map.of(PURL, earlier);
            }
        });
    }

    @Test
    void whatHasTheContentThatWasRightThenIsRight() {
        Proofs proofs = proofs(CLAIMS, SHIPPED);
        assertThat(proofs.answer(question(0, "program"))).isTrue();
        assertThat(proofs.answer(question(1, "changed"))).isFalse();
        assertThat(proofs.answer(question(1, "program"))).isFalse();
    }

    @Test
    void contentsOfAnImageThatHadThePackageOtherwiseProveNothing() {
        Map<String, Digest> earlier = new HashMap<>(SHIPPED);
        earlier.put("/usr/lib/tool.so", content("changed"));
        Proofs proofs = proofs(CLAIMS, earlier);
        assertThat(proofs.answer(question(0, "program"))).isFalse();
        assertThat(proofs.answer(question(1, "changed"))).isFalse();
    }

    @Test
    void checksumsThatTheImageHasOtherwiseProveNothing() {
        Claim other = new Claim(
                PURL,
                new OwnedPath(
                        GuestPath.parse("/usr/bin/tool"),
                        Optional.of(Checksum.of(Checksum.Algorithm.MD5, new byte[] {1})),
                        false));
        Proofs proofs = proofs(List.of(other, CLAIMS.get(1)), SHIPPED);
        assertThat(proofs.answer(other.question(content("program")).orElseThrow()))
                .isFalse();
        assertThat(proofs.answer(question(1, "library"))).isFalse();
    }

    @Test
    void aPackageThatWasNeverFoundWholeProvesNothing() {
        Proofs proofs = proofs(CLAIMS, SHIPPED, Map.of());
        assertThat(proofs.answer(question(0, "program"))).isFalse();
    }
}
