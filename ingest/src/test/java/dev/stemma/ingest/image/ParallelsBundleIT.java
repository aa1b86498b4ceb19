package dev.stemma.ingest.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.problem.Budget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parallels' directories of images, their descriptions written here, the images by qemu-img. */
class ParallelsBundleIT {

    private static final int SIZE = 4 << 20;
    private static final String TOP = "{5fbaabe3-6958-40ff-92a7-860e329aab41}";
    private static final String BASE = "{11111111-2222-3333-4444-555555555555}";
    private static final String NONE = "{00000000-0000-0000-0000-000000000000}";

    @TempDir
    Path images;

    private Path bundle = Path.of("");
    private final byte[] content = new byte[SIZE];

    @BeforeEach
    void aBundleOfTwoStoragesWithASnapshot() throws Exception {
        bundle = Files.createDirectory(images.resolve("disk.hdd"));
        byte[] low = new byte[SIZE / 2];
        byte[] high = new byte[SIZE / 2];
        Arrays.fill(low, 0, 1 << 20, (byte) 1);
        Arrays.fill(high, (byte) 3);
        image("low.base.hds", low);
        image("low.top.hds", new byte[SIZE / 2]);
        Files.write(bundle.resolve("high.base.hds"), high);
        image("high.top.hds", new byte[SIZE / 2]);
        Qemu.run(
                "qemu-io",
                "-f",
                "parallels",
                "-c",
                "write -P 2 0 64k",
                bundle.resolve("low.top.hds").toString());
        Qemu.run(
                "qemu-io",
                "-f",
                "parallels",
                "-c",
                "write -P 4 1M 64k",
                bundle.resolve("high.top.hds").toString());
        System.arraycopy(low, 0, content, 0, low.length);
        System.arraycopy(high, 0, content, low.length, high.length);
        Arrays.fill(content, 0, 65_536, (byte) 2);
        Arrays.fill(content, 3 << 20, (3 << 20) + 65_536, (byte) 4);
        describe("low.base.hds", "");
    }

    private void image(String name, byte[] bytes) throws Exception {
        Path raw = Files.write(images.resolve(name + ".img"), bytes);
        DiskFormatOracleIT.convert("parallels", "-o cluster_size=64k", raw, bundle.resolve(name));
    }

    private void describe(String lowBase, String prologue) throws Exception {
        Files.writeString(
                bundle.resolve("DiskDescriptor.xml"),
                "<?xml version='1.0' encoding='UTF-8'?>\n" + prologue + "<Parallels_disk_image Version=\"1.0\">\n"
                        + "<Disk_Parameters><Disk_size>8192</Disk_size><Encryption><Engine>" + NONE
                        + "</Engine></Encryption></Disk_Parameters>\n<StorageData>"
                        + storage(0, 4_096, lowBase, "Compressed", "low.top.hds")
                        + storage(4_096, 8_192, "high.base.hds", "Plain", "high.top.hds")
                        + "</StorageData><Snapshots>" + shot(TOP, BASE) + shot(BASE, NONE)
                        + "</Snapshots></Parallels_disk_image>");
    }

    private static String storage(int start, int end, String base, String type, String top) {
        return "<Storage><Start>" + start + "</Start><End>" + end + "</End><Blocksize>128</Blocksize>"
                + "<Image><GUID>" + BASE + "</GUID><Type>" + type + "</Type><File>" + base + "</File></Image>"
                + "<Image><GUID>" + TOP + "</GUID><Type>Compressed</Type><File>" + top + "</File></Image></Storage>";
    }

    private static String shot(String id, String parent) {
        return "<Shot><GUID>" + id + "</GUID><ParentGUID>" + parent + "</ParentGUID></Shot>";
    }

    @Test
    void theDirectoryAndItsDescriptionBothMeanTheDisk() throws Exception {
        for (Path image : new Path[] {bundle, bundle.resolve("DiskDescriptor.xml")}) {
            try (OpenImage open =
                    ImageOpener.open(image, ImageRules.within(images), Budget.of(Duration.ofMinutes(1)))) {
                assertThat(open.facts().format()).isEqualTo("parallels-bundle");
                assertThat(open.facts().location()).isEqualTo(bundle.toRealPath());
                assertThat(open.bytes().sizeBytes()).isEqualTo(SIZE);
                assertThat(Qemu.digest(open.bytes())).isEqualTo(Digest.sha256(content));
            }
        }
    }

    @Test
    void whatItNamesLiesBesideIt() throws Exception {
        ImageRules rules = ImageRules.within(images);
        Path image = bundle.resolve("DiskDescriptor.xml");
        describe("../low.base.hds.img", "");
        Problems.of("extent-forbidden", image, rules);
        describe("/etc/passwd", "");
        Problems.of("extent-forbidden", image, rules);
        describe("gone.hds", "");
        Problems.of("extent-missing", image, rules);
        describe("DiskDescriptor.xml", "");
        Problems.of("loop", image, rules);
    }

    @Test
    void aDocumentWithEntitiesOfItsOwnIsRefused() throws Exception {
        Path image = bundle.resolve("DiskDescriptor.xml");
        describe("&file;", "<!DOCTYPE d [<!ENTITY file SYSTEM 'file:///etc/passwd'>]>");
        Problems.of("bad-value", image, ImageRules.within(images));
        describe("low.base.hds", "<!DOCTYPE d SYSTEM 'file:///etc/passwd'>");
        Problems.of("bad-value", image, ImageRules.within(images));
        Files.writeString(image, "<Parallels_disk_image>" + "<a>".repeat(100_000));
        Problems.of("bad-value", image, ImageRules.within(images));
    }
}
