package dev.stemma.ingest.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

    @TempDir
    Path home;

    private Path folder;

    @BeforeEach
    void folder() throws IOException {
        folder = Files.createDirectory(home.resolve("images"));
    }

    private ImageFolder.Found list(int limit) throws IOException {
        return ImageFolder.list(folder, ImageRules.within(folder), limit);
    }

    private List<String> names(List<Path> paths) throws IOException {
        Path real = folder.toRealPath();
        return paths.stream()
                .map(path -> path.startsWith(real) ? real.relativize(path) : folder.relativize(path))
                .map(Path::toString)
                .toList();
    }

    private void create(String format, String name, String... options) {
        String[] command = new String[5 + options.length];
        System.arraycopy(new String[] {"qemu-img", "create", "-q", "-f", format}, 0, command, 0, 5);
        System.arraycopy(options, 0, command, 5, options.length);
        Qemu.run(java.util.stream.Stream.concat(
                        java.util.Arrays.stream(command),
                        java.util.stream.Stream.of(folder.resolve(name).toString(), "1M"))
                .toArray(String[]::new));
    }

    @Test
    void imagesAreFoundAsAPersonWouldNameThem() throws Exception {
        Files.createDirectories(folder.resolve("esx/old"));
        Files.createDirectories(folder.resolve("mac.hdd"));
        Files.createDirectories(folder.resolve(".snapshots"));
        create("qcow2", "web");
        create("raw", "b.img");
        create("vmdk", "esx/mail.vmdk", "-o", "subformat=monolithicFlat");
        create("vmdk", "esx/split.vmdk", "-o", "subformat=twoGbMaxExtentSparse");
        create("vpc", "esx/old/machine.VHD");
        create("qcow2", ".snapshots/hidden.qcow2");
        Files.writeString(folder.resolve("mac.hdd/DiskDescriptor.xml"), "<Parallels_disk_image/>");
        Files.writeString(folder.resolve("mac.hdd/mac.hdd.0.hds"), "bytes");
        Files.writeString(folder.resolve("README"), "words");
        Files.writeString(folder.resolve("cloud.raw.xz"), "compressed");
        byte[] sector = new byte[512];
        sector[510] = 0x55;
        sector[511] = (byte) 0xaa;
        Files.write(folder.resolve("vm-100-disk-0"), sector);

        ImageFolder.Found found = list(100);

        assertThat(names(found.images()))
                .containsExactly(
                        "b.img",
                        "cloud.raw.xz",
                        "vm-100-disk-0",
                        "web",
                        "esx/mail.vmdk",
                        "esx/split.vmdk",
                        "esx/old/machine.VHD",
                        "mac.hdd");
        assertThat(names(found.passedOver()))
                .containsExactlyInAnyOrder("README", ".snapshots", "esx/mail-flat.vmdk", "esx/split-s001.vmdk");
        assertThat(found.complete()).isTrue();
    }

    @Test
    void linksLeadNowhereElse() throws Exception {
        Path elsewhere = Files.createDirectory(home.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("secret.raw"), "disk");
        create("qcow2", "web.qcow2");
        Files.createSymbolicLink(folder.resolve("again.qcow2"), folder.resolve("web.qcow2"));
        Files.createSymbolicLink(folder.resolve("secret.raw"), elsewhere.resolve("secret.raw"));
        Files.createSymbolicLink(folder.resolve("elsewhere"), elsewhere);
        Files.createSymbolicLink(folder.resolve("circle"), folder);
        Files.createSymbolicLink(folder.resolve("nowhere.img"), folder.resolve("nothing"));
        Qemu.run("mkfifo", folder.resolve("pipe.img").toString());

        ImageFolder.Found found = list(100);

        assertThat(names(found.images())).containsExactly("web.qcow2");
        assertThat(found.passedOver()).hasSize(5);
        assertThat(ImageFolder.is(elsewhere, ImageRules.within(folder))).isFalse();
        assertThat(ImageFolder.is(folder, ImageRules.within(folder))).isTrue();
        assertThat(ImageFolder.is(folder.resolve("web.qcow2"), ImageRules.within(folder)))
                .isFalse();
    }

    @Test
    void moreThanAreAskedForAreSaid() throws Exception {
        for (int i = 0; i < 3; i++) {
            Files.writeString(folder.resolve(i + ".raw"), "disk");
        }
        assertThat(list(3).complete()).isTrue();
        assertThat(list(2).complete()).isFalse();
        assertThat(names(list(2).images())).containsExactly("0.raw", "1.raw");
    }

    @Test
    void aDeepFolderEnds() throws Exception {
        Path deep = folder;
        for (int i = 0; i < 40; i++) {
            deep = Files.createDirectory(deep.resolve("d"));
        }
        Files.writeString(deep.resolve("disk.raw"), "disk");
        assertThat(list(10).images()).isEmpty();
        assertThat(list(10).complete()).isFalse();
    }
}
