package dev.stemma.ingest.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs tools that others wrote, to make disks and to say what is on them. A missing tool fails the test. */
public final class Tool {

    private static final List<Path> PLACES = List.of(
            Path.of("/usr/local/sbin"),
            Path.of("/usr/local/bin"),
            Path.of("/usr/sbin"),
            Path.of("/usr/bin"),
            Path.of("/sbin"),
            Path.of("/bin"));

    private Tool() {}

    /** Fails with the name of the Debian package when one of the tools is missing. */
    public static void require(String... names) {
        for (String name : names) {
            if (PLACES.stream().noneMatch(place -> Files.isExecutable(place.resolve(name)))) {
                fail("the test needs %s: apt-get install %s", name, debianPackage(name));
            }
        }
    }

    private static String debianPackage(String tool) {
        return switch (tool) {
            case "mke2fs", "debugfs", "e2fsck", "tune2fs", "dumpe2fs", "filefrag" -> "e2fsprogs";
            case "setfattr", "getfattr" -> "attr";
            case "sfdisk" -> "fdisk";
            case "qemu-img", "qemu-io" -> "qemu-utils";
            case "cryptsetup" -> "cryptsetup-bin";
            case "mkfs.xfs", "xfs_db", "xfs_repair" -> "xfsprogs";
            case "mkfs.btrfs" -> "btrfs-progs";
            case "mkfs.vfat", "fsck.fat" -> "dosfstools";
            case "mcopy" -> "mtools";
            case "mkswap", "blkid" -> "util-linux";
            case "umount" -> "mount";
            case "perl" -> "perl-base";
            case "objcopy", "readelf" -> "binutils";
            case "bsdtar" -> "libarchive-tools";
            case "python3" -> "python3-pip";
            case "sgdisk" -> "gdisk";
            case "cmp" -> "diffutils";
            case "rpmbuild" -> "rpm";
            case "db5.3_load" -> "db5.3-util";
            case "pacman" -> "pacman-package-manager";
            case "guestfish" -> "libguestfs-tools";
            case "pvck" -> "lvm2";
            case "mkfs.ntfs", "ntfscp", "ntfsfix", "ntfscluster", "ntfsinfo", "ntfs-3g.probe" -> "ntfs-3g";
            case "hivexregedit" -> "libwin-hivex-perl";
            case "mksquashfs", "unsquashfs" -> "squashfs-tools";
            case "isoinfo" -> "genisoimage";
            default -> tool;
        };
    }

    /** Runs a command, which must end with one of the given exit codes (0 when none are given), and returns what it printed. */
    public static String run(List<String> command, int... allowed) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
            builder.environment().put("LC_ALL", "C");
            builder.environment().put("TZ", "UTC");
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(process.waitFor(10, TimeUnit.MINUTES))
                    .as("%s ends", command)
                    .isTrue();
            int[] codes = allowed.length == 0 ? new int[] {0} : allowed;
            assertThat(codes).as("%s: %s", command, output).contains(process.exitValue());
            return output;
        } catch (IOException e) {
            return fail(command + " cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fail(command + " was interrupted", e);
        }
    }

    /** Runs a script of the test resources, as root or as if. */
    public static String script(Class<?> beside, String name, Object... arguments) {
        try {
            List<String> command = new ArrayList<>();
            if (!"root".equals(System.getProperty("user.name"))) {
                require("fakeroot");
                command.add("fakeroot");
            }
            command.add("sh");
            command.add(Path.of(beside.getResource(name).toURI()).toString());
            for (Object argument : arguments) {
                command.add(argument.toString());
            }
            return run(command);
        } catch (java.net.URISyntaxException e) {
            return fail("no script " + name, e);
        }
    }
}
