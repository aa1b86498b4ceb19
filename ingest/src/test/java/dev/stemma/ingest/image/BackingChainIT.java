package dev.stemma.ingest.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chains that do not end well. */
class BackingChainIT {

    @TempDir
    Path images;

    @Test
    void aChainThatComesBackIsALoop() throws Exception {
        Path one = new CraftedQcow2().backing("two.qcow2", "qcow2").write(images.resolve("one.qcow2"));
        new CraftedQcow2().backing("one.qcow2", "qcow2").write(images.resolve("two.qcow2"));
        Problems.of("loop", one, ImageRules.within(images));
        Path self = new CraftedQcow2().backing("self.qcow2", "qcow2").write(images.resolve("self.qcow2"));
        Problems.of("loop", self, ImageRules.within(images));
    }

    @Test
    void aLoopOverAHardLinkIsALoop() throws Exception {
        Path one = new CraftedQcow2().backing("two.qcow2", "qcow2").write(images.resolve("one.qcow2"));
        Files.createLink(images.resolve("two.qcow2"), one);
        Problems.of("loop", one, ImageRules.within(images));
    }

    @Test
    void aTowerThatIsTooHighIsRefused() throws Exception {
        new CraftedQcow2().write(images.resolve("0.qcow2"));
        for (int i = 1; i <= BackingChain.MAX_DEPTH; i++) {
            new CraftedQcow2().backing((i - 1) + ".qcow2", "qcow2").write(images.resolve(i + ".qcow2"));
        }
        Path top = images.resolve(BackingChain.MAX_DEPTH + ".qcow2");
        Problems.of("chain-too-deep", top, ImageRules.within(images));
        Path highest = images.resolve((BackingChain.MAX_DEPTH - 1) + ".qcow2");
        try (OpenImage open = ImageOpener.open(
                highest,
                ImageRules.within(images),
                dev.stemma.ingest.problem.Budget.of(java.time.Duration.ofMinutes(1)))) {
            assertThat(open.facts().backing()).hasSize(BackingChain.MAX_DEPTH - 1);
            assertThat(Qemu.digest(open.bytes()))
                    .isEqualTo(dev.stemma.graph.id.Digest.sha256(new byte[(int) CraftedQcow2.VIRTUAL]));
        }
    }

    @Test
    void aBaseThatIsNotWhatTheOverlaySaysIsCorrupt() throws Exception {
        Files.writeString(images.resolve("base.raw"), "no header ".repeat(100));
        Path image = new CraftedQcow2().backing("base.raw", "qcow2").write(images.resolve("a.qcow2"));
        assertThat(Problems.of("bad-magic", image, ImageRules.within(images)).getMessage())
                .contains("a.qcow2 › backing file base.raw › qcow2 header");
    }

    @Test
    void aBaseOfAnotherFormatIsUnsupported() throws Exception {
        Files.writeString(images.resolve("base.luks"), "LUKS");
        Path image = new CraftedQcow2().backing("base.luks", "luks").write(images.resolve("a.qcow2"));
        Problems.of("unsupported-format", image, ImageRules.within(images));
    }
}
