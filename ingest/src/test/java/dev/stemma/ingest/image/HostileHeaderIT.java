package dev.stemma.ingest.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.ingest.image.nbd.NbdSource;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unreadable;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers that made QEMU read any file of the host: each must end in a problem or in the image's own bytes. */
class HostileHeaderIT {

    @TempDir
    Path outside;

    @TempDir
    Path images;

    Path secret = Path.of("");

    @BeforeEach
    void aFileThatNoImageMayReveal() throws Exception {
        secret = Files.writeString(outside.resolve("secret"), "S".repeat(4 * CraftedQcow2.CLUSTER));
    }

    private ImageRules rules() {
        return ImageRules.within(images);
    }

    @Test
    void aBackingFileOutsideIsForbidden() throws Exception {
        Path image = new CraftedQcow2().backing(secret.toString(), "raw").write(images.resolve("a.qcow2"));
        assertThat(Problems.of("backing-forbidden", image, rules()).remedy()).isNotNull();
        Path upwards = new CraftedQcow2()
                .backing("../" + outside.getFileName() + "/secret", "raw")
                .write(images.resolve("b.qcow2"));
        Problems.of("backing-forbidden", upwards, rules());
    }

    @Test
    void aLinkInsideThatLeadsOutsideIsForbidden() throws Exception {
        Files.createSymbolicLink(images.resolve("base.raw"), secret);
        Path image = new CraftedQcow2().backing("base.raw", "raw").write(images.resolve("a.qcow2"));
        Problems.of("backing-forbidden", image, rules());
    }

    @Test
    void whetherAFileExistsOutsideIsNotTold() throws Exception {
        Path image = new CraftedQcow2()
                .backing(outside.resolve("nothing").toString(), "raw")
                .write(images.resolve("a.qcow2"));
        Problems.of("backing-forbidden", image, rules());
    }

    @Test
    void anExternalDataFileIsRefused() throws Exception {
        Path announced = new CraftedQcow2()
                .u64(72, 4)
                .extension(0x44415441, secret.toString())
                .write(images.resolve("a.qcow2"));
        Problems.of("external-data-file", announced, rules());
        Path smuggled =
                new CraftedQcow2().extension(0x44415441, secret.toString()).write(images.resolve("b.qcow2"));
        Problems.of("external-data-file", smuggled, rules());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "../secret",
                "..",
                "json:{\"driver\":\"file\"}",
                "nbd:unix:/run/secret",
                "sub/disk-flat.vmdk",
                "C:\\secret",
                "",
            })
    void aVmdkExtentIsOnePlainNameBesideItsDescriptor(String name) throws Exception {
        for (String type : List.of("FLAT", "SPARSE", "VMFS")) {
            Path image = CraftedVmdk.descriptor(
                    images.resolve("a.vmdk"), "monolithicFlat", "RW 128 " + type + " \"" + name + "\" 0");
            Path host = CraftedVmdk.descriptor(
                    images.resolve("b.vmdk"), "monolithicFlat", "RW 128 " + type + " \"" + secret + "\" 0");
            if (!name.contains("\"")) {
                Problems.of("extent-forbidden", image, rules());
            }
            Problems.of("extent-forbidden", host, rules());
        }
    }

    @Test
    void aVmdkExtentThatIsALinkToTheOutsideIsForbidden() throws Exception {
        Files.createSymbolicLink(images.resolve("a-flat.vmdk"), secret);
        Path image =
                CraftedVmdk.descriptor(images.resolve("a.vmdk"), "monolithicFlat", "RW 128 FLAT \"a-flat.vmdk\" 0");
        Problems.of("extent-forbidden", image, rules());
    }

    @Test
    void aDescriptorInsideOfASparseVmdkReachesNoOtherFile() throws Exception {
        Path image = images.resolve("a.vmdk");
        Qemu.run("qemu-img", "create", "-q", "-f", "vmdk", image.toString(), "10M");
        byte[] bytes = Files.readAllBytes(image);
        byte[] text = ("# Disk DescriptorFile\nCID=1\nparentCID=ffffffff\ncreateType=\"monolithicFlat\"\nRW 128 FLAT \""
                        + secret + "\" 0\n\0")
                .getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, bytes, 512, text.length);
        Files.write(image, bytes);
        Problems.of("unsupported-feature", image, rules());
    }

    @Test
    void aVmdkParentOutsideIsForbidden() throws Exception {
        Path image = Files.writeString(
                images.resolve("a.vmdk"),
                "# Disk DescriptorFile\nversion=1\nCID=12345678\nparentCID=12345678\ncreateType=\"monolithicFlat\"\n"
                        + "parentFileNameHint=\"" + secret + "\"\nRW 128 ZERO\n");
        Problems.of("backing-forbidden", image, rules());
    }

    @Test
    void aBackingFileOfAnUnstatedFormatIsNotProbed() throws Exception {
        new CraftedQcow2().backing(secret.toString(), "raw").write(images.resolve("base.img"));
        Path image = new CraftedQcow2().backing("base.img", "").write(images.resolve("a.qcow2"));
        Problems.of("backing-format-missing", image, rules());
    }

    @Test
    void aRawBaseWithTheHeaderOfAQcow2IsReadAsTheBytesItHas() throws Exception {
        byte[] header = new CraftedQcow2().backing(secret.toString(), "raw").bytes();
        Files.write(images.resolve("base.img"), header);
        Path image = new CraftedQcow2().backing("base.img", "raw").write(images.resolve("a.qcow2"));
        try (OpenImage open = ImageOpener.open(image, rules(), Budget.of(Duration.ofMinutes(1)))) {
            MemorySegment read = MemorySegment.ofArray(new byte[header.length]);
            open.bytes().read(0, read);
            assertThat(read.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(header);
        }
    }

    @Test
    void aRawDiskDoesNotTurnIntoAQcow2ByWhatAGuestWrites() throws Exception {
        byte[] header = new CraftedQcow2().backing(secret.toString(), "raw").bytes();
        Path named = Files.write(images.resolve("disk.raw"), header);
        Problems.of("format-ambiguous", named, rules());
        try (OpenImage open = ImageOpener.open(named, rules().withFormat("raw"), Budget.of(Duration.ofMinutes(1)))) {
            assertThat(open.facts().format()).isEqualTo("raw");
            assertThat(open.bytes().sizeBytes()).isEqualTo(header.length);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "json:{\"driver\":\"file\",\"filename\":\"/etc/passwd\"}",
                "nbd://127.0.0.1:10809/disk",
                "nbd:unix:/run/secret",
                "fat:/etc",
                "file:/etc/passwd",
                "http://127.0.0.1/disk",
                "ssh://host/disk",
                "rbd:pool/disk",
                "/dev/zero",
                "/proc/self/environ",
                "../../../../../../etc/passwd",
                "base\u0001.raw",
                "base\u202e.raw",
            })
    void aBackingNameThatIsNoAllowedFileIsForbidden(String name) throws Exception {
        Path image = new CraftedQcow2().backing(name, "raw").write(images.resolve("a.qcow2"));
        assertThat(Problems.of("backing-forbidden", image, rules()).getMessage())
                .matches("[\\x20-\\x7e›]+");
    }

    /** The second line of defence alone: no vetting, and QEMU free to follow the header. */
    @Test
    void insideOfTheSandboxThereIsNothingToFind() throws Exception {
        assertThat(Namespaces.available())
                .as("this host lets processes into namespaces of their own (unshare of util-linux)")
                .isTrue();
        Path image = new CraftedQcow2().backing(secret.toString(), "raw").write(images.resolve("a.qcow2"));
        String careless =
                "json:{\"driver\":\"qcow2\",\"file\":{\"driver\":\"file\",\"filename\":\"/proc/self/fd/10\"}}";
        Budget budget = Budget.of(Duration.ofMinutes(1));
        Origin origin = Origin.of("a.qcow2");
        try (Sandbox sandbox = Sandbox.start(careless, List.of(image), 2, origin, budget)) {
            assertThatThrownBy(() -> sandbox.connect(origin, budget).close())
                    .isInstanceOf(Unreadable.class)
                    .hasMessageContaining("No such file");
        }
    }

    @Test
    void theSandboxItselfServesWhatItIsGiven() throws Exception {
        Path plain = Files.writeString(images.resolve("plain"), "plain".repeat(2_000));
        String disk = "json:{\"driver\":\"raw\",\"file\":{\"driver\":\"file\",\"filename\":\"/proc/self/fd/10\"}}";
        Budget budget = Budget.of(Duration.ofMinutes(1));
        Origin origin = Origin.of("plain");
        try (Sandbox sandbox = Sandbox.start(disk, List.of(plain), 2, origin, budget);
                NbdSource source = sandbox.connect(origin, budget)) {
            MemorySegment read = MemorySegment.ofArray(new byte[10]);
            source.read(0, read);
            assertThat(new String(read.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.US_ASCII))
                    .isEqualTo("plainplain");
        }
    }
}
