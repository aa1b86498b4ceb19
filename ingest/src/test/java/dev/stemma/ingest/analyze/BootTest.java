package dev.stemma.ingest.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.model.GuestFact;
import dev.stemma.graph.model.GuestFact.BootSetup;
import dev.stemma.graph.model.GuestFact.Kernel;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Partition;
import dev.stemma.ingest.analyze.boot.BootMedium;
import dev.stemma.ingest.bytes.FileSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a guest boots, for each loader and init system, from files as their installers write them. */
class BootTest {

    @TempDir
    Path directory;

    Path tree = Path.of("");

    @BeforeEach
    void aTree() throws Exception {
        tree = Files.createDirectory(directory.resolve("tree"));
    }

    private List<GuestFact> facts() throws Exception {
        try (Guest guest = Guest.of(tree)) {
            return GuestAnalysis.run(guest.files(), Level.BASIC).facts();
        }
    }

    private BootSetup boot() throws Exception {
        return facts().stream()
                .filter(BootSetup.class::isInstance)
                .map(BootSetup.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void grubStartsTheEntryThatIsSet() throws Exception {
        Guest.write(tree, "boot/vmlinuz-6.1.0-30-amd64", "k");
        Guest.write(tree, "boot/initrd.img-6.1.0-30-amd64", "i");
        Guest.write(tree, "boot/grub/grub.cfg", """
                if [ "${next_entry}" ] ; then
                   set default="${next_entry}"
                else
                   set default="1>gnulinux-old"
                fi
                menuentry 'Debian' --class debian $menuentry_id_option 'gnulinux-simple' {
                	linux	/boot/vmlinuz-6.1.0-30-amd64 root=UUID=1 ro quiet
                }
                submenu 'Advanced' $menuentry_id_option 'gnulinux-advanced' {
                	menuentry 'new' $menuentry_id_option 'gnulinux-new' {
                		linux	/boot/vmlinuz-6.1.0-30-amd64 root=UUID=1 ro
                	}
                	menuentry 'old' $menuentry_id_option 'gnulinux-old' {
                		if [ x$grub_platform = xxen ]; then insmod gzio; fi
                		linux	/boot/vmlinuz-5.10 root=UUID=1 ro rescue_password=hunter2 ks=http://me:s3cret@host/ks
                	}
                }
                """);
        BootSetup boot = boot();
        assertThat(boot.bootLoaders()).containsExactly("grub2");
        assertThat(boot.bootEvidence()).containsExactly("grub2: there is /boot/grub/grub.cfg");
        assertThat(boot.defaultKernel()).hasValue("/boot/vmlinuz-5.10");
        assertThat(boot.commandLine()).hasValue("root=UUID=1 ro rescue_password=REDACTED ks=http://REDACTED@host/ks");
        assertThat(facts())
                .contains(new Kernel(
                        "6.1.0-30-amd64",
                        "/boot/vmlinuz-6.1.0-30-amd64",
                        Optional.of("/boot/initrd.img-6.1.0-30-amd64")));
    }

    @Test
    void grubStartsTheSavedEntry() throws Exception {
        Guest.write(tree, "boot/grub2/grubenv", "# GRUB Environment Block\nsaved_entry=1\n#####");
        Guest.write(
                tree,
                "boot/grub2/grub.cfg",
                "set default=\"${saved_entry}\"\nmenuentry 'a' {\nlinux /a x\n}\nmenuentry 'b' {\nlinuxefi /b y\n}\n");
        assertThat(boot().defaultKernel()).hasValue("/b");
    }

    @Test
    void systemdBootStartsTheNewestEntryThatFits() throws Exception {
        Guest.write(tree, "boot/efi/EFI/systemd/systemd-bootx64.efi", "e");
        Guest.write(tree, "boot/efi/loader/loader.conf", "default deb*\ntimeout 3\n");
        Guest.write(tree, "boot/efi/loader/entries/deb-5.conf", "title D\nlinux /deb/5/linux\noptions a\n");
        Guest.write(tree, "boot/efi/loader/entries/deb-6.conf", "linux /deb/6/linux\noptions a\noptions b\n");
        Guest.write(tree, "boot/efi/loader/entries/zzz.conf", "linux /zzz\n");
        BootSetup boot = boot();
        assertThat(boot.bootLoaders()).containsExactly("systemd-boot");
        assertThat(boot.defaultKernel()).hasValue("/deb/6/linux");
        assertThat(boot.commandLine()).hasValue("a b");
    }

    @Test
    void extlinuxStartsItsDefaultLabel() throws Exception {
        Guest.write(
                tree,
                "boot/extlinux/extlinux.conf",
                "default two\nlabel one\n  kernel /one\nlabel two\n  linux /two\n  append root=/dev/sda1\n");
        BootSetup boot = boot();
        assertThat(boot.bootLoaders()).containsExactly("extlinux");
        assertThat(boot.defaultKernel()).hasValue("/two");
        assertThat(boot.commandLine()).hasValue("root=/dev/sda1");
    }

    @Test
    void systemdIsToldByWhereInitLeads() throws Exception {
        Guest.write(tree, "usr/lib/systemd/systemd", "x");
        Guest.link(tree, "sbin/init", "/usr/lib/systemd/systemd");
        Guest.link(tree, "usr/lib/systemd/system/default.target", "graphical.target");
        assertThat(boot().initSystem()).hasValue("systemd");
        assertThat(boot().defaultTarget()).hasValue("graphical.target");
        Guest.link(tree, "etc/systemd/system/default.target", "/lib/systemd/system/multi-user.target");
        assertThat(boot().defaultTarget()).hasValue("multi-user.target");
    }

    @Test
    void otherInitSystemsAreTold() throws Exception {
        Guest.write(tree, "sbin/init", "x");
        Guest.write(tree, "etc/inittab", "# c\nid:2:initdefault:\n");
        assertThat(boot().initSystem()).hasValue("sysvinit");
        assertThat(boot().defaultTarget()).hasValue("runlevel 2");
        Guest.write(tree, "sbin/openrc", "x");
        assertThat(boot().initSystem()).hasValue("openrc");
    }

    private BootMedium medium(String code, String table, Partition... partitions) throws Exception {
        byte[] disk = new byte[4096];
        byte[] text = code.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(text, 0, disk, 0x60, text.length);
        disk[510] = 0x55;
        disk[511] = (byte) 0xaa;
        try (FileSource source = FileSource.open(Files.write(directory.resolve("disk"), disk))) {
            return BootMedium.of(source, table, List.of(partitions));
        }
    }

    private static Partition partition(String type) {
        return new Partition(1, 0, 512, Optional.of(type), Optional.empty(), Optional.empty(), false);
    }

    @Test
    void theDiskTellsItsFirmware() throws Exception {
        BootMedium both = medium(
                "\u00ebGRUB \0Geom\0Hard Disk\0Read\0 Error", "gpt", partition("c12a7328-f81f-11d2-ba4b-00a0c93ec93b"));
        assertThat(both.firmware()).containsExactly("bios", "uefi");
        assertThat(both.loaders()).containsExactly("grub2");
        assertThat(medium("EXTLINUX", "none").loaders()).containsExactly("extlinux");
        assertThat(medium("what is this", "mbr").firmware()).containsExactly("bios");
        assertThat(medium("", "mbr").firmware()).isEmpty();
        assertThat(medium("a file system's own", "none").firmware()).isEmpty();
    }
}
