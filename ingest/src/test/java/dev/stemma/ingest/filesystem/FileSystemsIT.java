package dev.stemma.ingest.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a stretch of bytes is, held against {@code blkid}; and what is said of it when Java does not read it. */
class FileSystemsIT {

    @TempDir
    Path work;

    @ParameterizedTest
    @CsvSource({
        "mkfs.xfs -q -f, 320, read",
        "mkfs.btrfs -q -f, 128, unsupported-file-system",
        "mkswap -q, 4, swap",
        "mkswap -q -p 65536, 4, swap",
    })
    void whatIsThereIsCalledAsBlkidCallsIt(String tool, int mib, String code) throws Exception {
        List<String> command = new ArrayList<>(List.of(tool.split(" ")));
        Tool.require(command.getFirst(), "blkid");
        Path image = sized(mib);
        command.add(image.toString());
        Tool.run(command);
        String type = Tool.run(List.of("blkid", "-p", "-o", "value", "-s", "TYPE", image.toString()))
                .strip();

        try (FileSource source = FileSource.open(image)) {
            assertThat(Signature.detect(source).map(Signature::type)).contains(type);
        }
        assertThat(code(image)).isEqualTo(code);
    }

    @Test
    void encryptedIsToldApartFromUnknown() throws Exception {
        Tool.require("cryptsetup", "blkid");
        Path image = sized(20);
        Path key = Files.writeString(work.resolve("key"), "key");
        Tool.run(List.of(
                "cryptsetup",
                "luksFormat",
                "-q",
                "--type",
                "luks2",
                "--pbkdf",
                "pbkdf2",
                "--pbkdf-force-iterations",
                "1000",
                image.toString(),
                key.toString()));

        assertThat(Tool.run(List.of("blkid", "-p", "-o", "value", "-s", "TYPE", image.toString()))
                        .strip())
                .isEqualTo("crypto_LUKS");
        assertThat(code(image)).isEqualTo("encrypted");
    }

    @ParameterizedTest
    @CsvSource({"LVM2 001, 0x218", "LVM2 001, 0x18"})
    void aPartOfAVolumeManagerIsForTheAppliance(String magic, String offset) throws Exception {
        Path image = sized(4);
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.seek(Integer.decode(offset));
            file.write(magic.getBytes(StandardCharsets.US_ASCII));
        }

        try (FileSource source = FileSource.open(image)) {
            assertThatThrownBy(() -> FileSystems.open(source, Budget.of(Duration.ofMinutes(1))))
                    .isInstanceOfSatisfying(ImageProblem.class, problem -> {
                        assertThat(problem.code()).isEqualTo("volume-manager");
                        assertThat(FileSystems.readableByAppliance(problem)).isTrue();
                    });
        }
    }

    @Test
    void zerosAreEmptyAndNoiseIsUnknown() throws Exception {
        assertThat(code(sized(8))).isEqualTo("empty-partition");
        assertThat(code(Files.write(work.resolve("nothing"), new byte[0]))).isEqualTo("empty-partition");
        assertThat(code(Files.write(work.resolve("one"), new byte[] {1}))).isEqualTo("unknown-file-system");
        byte[] noise = new byte[1 << 20];
        new SplittableRandom(5).nextBytes(noise);
        assertThat(code(Files.write(work.resolve("noise"), noise))).isEqualTo("unknown-file-system");
        // Written zeros, no holes.
        assertThat(code(Files.write(work.resolve("zeros"), new byte[3_000_001])))
                .isEqualTo("empty-partition");
    }

    private Path sized(int mib) throws Exception {
        Path image = work.resolve("image");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength((long) mib << 20);
        }
        return image;
    }

    private static String code(Path image) throws Exception {
        try (FileSource source = FileSource.open(image)) {
            FileSystems.open(source, Budget.of(Duration.ofMinutes(1))).close();
            return "read";
        } catch (ImageProblem problem) {
            return problem.code();
        }
    }
}
