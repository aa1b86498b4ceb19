package dev.stemma.ingest.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way in which a file can be no readable image, with the code that says so. */
class ImageProblemTest {

    @TempDir
    Path images;

    @TempDir
    Path elsewhere;

    private void expect(String code, Path image) {
        assertThat(Problems.of(code, image, ImageRules.within(images)).remedy())
                .as("a remedy for " + code)
                .isNotNull();
    }

    @Test
    void whatIsNotThereIsNotFound() {
        expect("not-found", images.resolve("nothing.qcow2"));
    }

    @Test
    void aDirectoryIsNoImage() throws Exception {
        expect("is-a-directory", Files.createDirectory(images.resolve("directory")));
    }

    @Test
    void aPipeIsNoImageAndIsNotWaitedFor() {
        Path pipe = images.resolve("pipe");
        Qemu.run("mkfifo", pipe.toString());
        expect("not-a-file", pipe);
    }

    @Test
    void anEmptyFileIsNoImage() throws Exception {
        expect("empty-image", Files.createFile(images.resolve("empty.qcow2")));
    }

    @Test
    void aFileOutsideOfTheAllowedDirectoriesIsNotAllowed() throws Exception {
        Path image = Files.writeString(elsewhere.resolve("disk.img"), "disk");
        expect("path-not-allowed", image);
        Path link = Files.createSymbolicLink(images.resolve("link.img"), image);
        expect("path-not-allowed", link);
        expect("path-not-allowed", elsewhere.resolve("nothing.img"));
    }

    @Test
    void aLinkFromOutsideToAnAllowedFileIsAllowed() throws Exception {
        Path image = Files.writeString(images.resolve("disk.img"), "disk");
        Path link = Files.createSymbolicLink(elsewhere.resolve("link.img"), image);
        try (OpenImage open = ImageOpener.open(
                link,
                ImageRules.within(images),
                dev.stemma.ingest.problem.Budget.of(java.time.Duration.ofMinutes(1)))) {
            assertThat(open.facts().location()).isEqualTo(image.toRealPath());
        }
    }

    @Test
    void aFileWithoutPermissionIsUnreadable() throws Exception {
        Path image = Files.writeString(images.resolve("disk.img"), "disk");
        image.toFile().setReadable(false, false);
        if (Files.isReadable(image)) { // This user may read everything: ask without that power.
            assertThat(OpenAs.powerless(image, images)).isEqualTo("unreadable");
        } else {
            expect("unreadable", image);
        }
    }

    /** The magic number alone makes no image: what follows it is looked at, and the message names the format. */
    @ParameterizedTest
    @CsvSource({
        "KDMV, unsupported-feature, vmdk",
        "# Disk DescriptorFile, bad-value, vmdk",
        "COWD, unsupported-feature, vmdk",
        "vhdxfile, truncated, vhdx",
        "conectix, truncated, vhd",
        "WithoutFreeSpace, unsupported-feature, parallels",
        "WithouFreSpacExt, unsupported-feature, parallels",
    })
    void aMagicNumberAloneIsNoImage(String magic, String code, String format) throws Exception {
        Path image = Files.writeString(images.resolve("disk"), magic + "\0".repeat(2_000));
        assertThat(Problems.of(code, image, ImageRules.within(images)).getMessage())
                .contains(format);
    }

    @Test
    void aCompressedFileIsNamed() throws Exception {
        Path raw = Files.writeString(images.resolve("disk.img"), "disk");
        Qemu.run("gzip", raw.toString());
        expect("compressed-file", images.resolve("disk.img.gz"));
    }

    @Test
    void anEncryptedQcow2IsNamed() throws Exception {
        expect("encrypted", new CraftedQcow2().u32(32, 1).write(images.resolve("aes.qcow2")));
        expect("encrypted", new CraftedQcow2().u32(32, 2).write(images.resolve("luks.qcow2")));
    }

    @Test
    void aQcow2ThatWasNotClosedNeedsRecoveryAndACorruptOneSaysSo() throws Exception {
        expect("needs-recovery", new CraftedQcow2().u64(72, 1).write(images.resolve("dirty.qcow2")));
        expect("marked-corrupt", new CraftedQcow2().u64(72, 2).write(images.resolve("corrupt.qcow2")));
    }

    @Test
    void aMissingBackingFileIsMissing() throws Exception {
        expect("backing-missing", new CraftedQcow2().backing("gone.raw", "raw").write(images.resolve("a.qcow2")));
    }

    @Test
    void aTruncatedQcow2SaysSo() throws Exception {
        byte[] whole = new CraftedQcow2()
                .u64(2 * CraftedQcow2.CLUSTER, 3L * CraftedQcow2.CLUSTER)
                .bytes();
        for (int length : new int[] {1_000, CraftedQcow2.CLUSTER, 2 * CraftedQcow2.CLUSTER, whole.length - 1}) {
            Path image = images.resolve(length + ".qcow2");
            Files.write(image, java.util.Arrays.copyOf(whole, length));
            expect("truncated", image);
        }
    }
}
