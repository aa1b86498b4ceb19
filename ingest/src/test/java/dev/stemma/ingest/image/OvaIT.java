package dev.stemma.ingest.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** OVF packages, as archives and as envelopes with their files beside them. */
class OvaIT {

    @TempDir
    Path images;

    private Path first = Path.of("");
    private Path second = Path.of("");

    @BeforeEach
    void twoDisks() throws Exception {
        first = Qemu.raw(images, "first.img", 21, 8 << 20);
        second = Qemu.raw(images, "second.img", 22, 3 << 20);
        DiskFormatOracleIT.convert("vmdk", "-o subformat=streamOptimized", first, images.resolve("first.vmdk"));
        DiskFormatOracleIT.convert("vhdx", "", second, images.resolve("second.vhdx"));
    }

    private OpenImage open(Path image) throws Exception {
        return ImageOpener.open(image, ImageRules.within(images), Budget.of(Duration.ofMinutes(1)));
    }

    private void assertBoth(Path image, String format) throws Exception {
        try (OpenImage open = open(image)) {
            assertThat(open.facts().format()).isEqualTo(format);
            assertThat(open.facts().virtualBytes()).isEqualTo(11 << 20);
            assertThat(open.problems()).isEmpty();
            assertThat(open.volumes()).hasSize(2);
            assertThat(Qemu.digest(open.volumes().get(0))).isEqualTo(Qemu.digest(first));
            assertThat(Qemu.digest(open.volumes().get(1))).isEqualTo(Qemu.digest(second));
            open.requireUnchanged();
        }
    }

    @Test
    void theDisksOfAPackageAreTheVolumesOfOneImage() throws Exception {
        Ova ova = new Ova(images).disk("first.vmdk").disk("second.vhdx");
        assertBoth(ova.archive("appliance.ova", "first.vmdk", "second.vhdx"), "ova");
        assertBoth(ova.archive("other.ova", "second.vhdx", "first.vmdk"), "ova");
        assertBoth(ova.envelope("appliance.ovf"), "ovf");
        try (OpenImage open = open(new Ova(images).disk("first.img").archive("raw.ova", "first.img"))) {
            assertThat(Qemu.digest(open.bytes())).isEqualTo(Qemu.digest(first));
        }
    }

    @Test
    void aDiskThatCannotBeReadIsAProblemAndTheOthersGoOn() throws Exception {
        byte[] damaged = Files.readAllBytes(images.resolve("second.vhdx"));
        Arrays.fill(damaged, 64 << 10, 192 << 10, (byte) 0);
        Files.write(images.resolve("second.vhdx"), damaged);
        Ova ova = new Ova(images).disk("first.vmdk").disk("second.vhdx");
        try (OpenImage open = open(ova.archive("appliance.ova", "first.vmdk", "second.vhdx"))) {
            assertThat(open.volumes()).hasSize(1);
            assertThat(open.problems()).extracting(ImageProblem::code).containsExactly("bad-checksum");
            assertThat(open.problems().getFirst().origin().toString())
                    .startsWith("appliance.ova › second.vhdx › vhdx header");
        }
    }

    @Test
    void whatAPackageMayNotDoIsRefused() throws Exception {
        ImageRules rules = ImageRules.within(images);
        Problems.of("extent-forbidden", new Ova(images).disk("/etc/passwd").envelope("a.ovf"), rules);
        Problems.of("extent-forbidden", new Ova(images).disk("../x.vmdk").envelope("b.ovf"), rules);
        Problems.of(
                "extent-forbidden", new Ova(images).disk("http://host/x.vmdk").envelope("c.ovf"), rules);
        Problems.of("extent-missing", new Ova(images).disk("gone.vmdk").envelope("d.ovf"), rules);
        Problems.of("extent-missing", new Ova(images).disk("gone.vmdk").archive("e.ova", "first.vmdk"), rules);
        Problems.of("empty-image", new Ova(images).envelope("f.ovf"), rules);
        Problems.of(
                "compressed-file",
                new Ova(images).disk("first.vmdk", "ovf:compression=\"gzip\"").archive("g.ova", "first.vmdk"),
                rules);
        Path link = images.resolve("link.vmdk");
        Files.createSymbolicLink(link, Path.of("/etc/passwd"));
        Problems.of("extent-forbidden", new Ova(images).disk("link.vmdk").envelope("h.ovf"), rules);
    }

    @Test
    void aFlatVmdkInAPackageReachesNoFile() throws Exception {
        CraftedVmdk.descriptor(images.resolve("flat.vmdk"), "monolithicFlat", "RW 128 FLAT \"first.img\" 0");
        Path image = new Ova(images).disk("flat.vmdk").archive("a.ova", "flat.vmdk", "first.img");
        Problems.of("unsupported-feature", image, ImageRules.within(images));
    }

    @Test
    @Timeout(120)
    void aDamagedArchiveIsReadOrRefusedSoon() throws Exception {
        Path image =
                new Ova(images).disk("first.vmdk").disk("second.vhdx").archive("x.ova", "first.vmdk", "second.vhdx");
        byte[] original = Files.readAllBytes(image);
        long firstSeed = Long.getLong("seed", 1);
        for (long seed = firstSeed; seed < firstSeed + 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = original.clone();
            switch (random.nextInt(3)) {
                case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(1, bytes.length));
                case 1 -> bytes[random.nextInt(4_096)] ^= (byte) (1 << random.nextInt(8));
                default -> bytes[random.nextInt(2_000)] = (byte) random.nextInt(256);
            }
            Files.write(image, bytes);
            try (OpenImage open = open(image)) {
                assertThat(open.volumes()).as("seed " + seed).isNotEmpty();
            } catch (ImageProblem e) {
                assertThat(e.getMessage()).as("seed " + seed).startsWith("x.ova");
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }
}
