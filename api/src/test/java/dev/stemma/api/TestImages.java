package dev.stemma.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Small but real disks, made by the tools that make large ones: ext4 by mke2fs (package e2fsprogs), qcow2 overlays by
 * qemu-img (package qemu-utils). Each guest is a Debian with os-release and dpkg's own files.
 *
 * @param base raw; has openssl and bash
 * @param web overlay on base; nginx added, bash upgraded, /etc/motd edited
 * @param other raw; another guest with openssl that derives from nothing
 */
record TestImages(Path directory, Path base, Path web, Path other) {

    static TestImages build(Path directory) throws IOException, InterruptedException {
        Path base = disk(
                directory, "base", Map.of("bash", "5.2.15-2", "openssl", "3.0.15-1"), Map.of("etc/motd", "welcome\n"));
        Path flat = disk(
                directory,
                "flat",
                Map.of("bash", "5.2.21-1", "openssl", "3.0.15-1", "nginx", "1.22.1-9"),
                Map.of("etc/motd", "welcome to web\n", "usr/local/bin/dropped", "#!/bin/sh\necho dropped\n"));
        Path web = directory.resolve("web.qcow2");
        run(
                "qemu-img",
                "convert",
                "-f",
                "raw",
                "-O",
                "qcow2",
                "-B",
                base.toString(),
                "-F",
                "raw",
                flat.toString(),
                web.toString());
        Files.delete(flat);
        Path other = disk(
                directory, "other", Map.of("openssl", "3.5.1-1", "curl", "8.14.1-2"), Map.of("etc/motd", "other\n"));
        return new TestImages(directory, base, web, other);
    }

    /** All of them, with files between them that are no images, and one that is not there. */
    List<Path> amongBadOnes() throws IOException {
        Path notes = Files.writeString(directory.resolve("notes.txt"), "no image at all\n".repeat(100));
        Path empty = Files.createFile(directory.resolve("empty.img"));
        Path cut = Files.write(directory.resolve("cut.qcow2"), new byte[] {'Q', 'F', 'I', (byte) 0xfb, 0, 0, 0, 3});
        return List.of(base, notes, empty, cut, directory.resolve("gone.raw"), web, other);
    }

    private static Path disk(Path directory, String name, Map<String, String> packages, Map<String, String> files)
            throws IOException, InterruptedException {
        Path tree = Files.createDirectory(directory.resolve(name + ".tree"));
        write(tree, "usr/lib/os-release", """
                PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
                NAME="Debian GNU/Linux"
                VERSION_ID="12"
                VERSION="12 (bookworm)"
                VERSION_CODENAME=bookworm
                ID=debian
                """);
        Files.createDirectories(tree.resolve("etc"));
        Files.createSymbolicLink(tree.resolve("etc/os-release"), Path.of("../usr/lib/os-release"));
        write(tree, "etc/debian_version", "12.11\n");
        StringBuilder status = new StringBuilder();
        for (Map.Entry<String, String> one : new TreeMap<>(packages).entrySet()) {
            status.append("Package: ")
                    .append(one.getKey())
                    .append(
                            "\nStatus: install ok installed\nPriority: optional\nSection: misc\nMaintainer: x <x@example.org>\n")
                    .append("Architecture: amd64\nVersion: ")
                    .append(one.getValue())
                    .append("\nDescription: a package\n\n");
            String binary = "usr/bin/" + one.getKey();
            write(tree, binary, "program " + one.getKey() + " " + one.getValue() + "\n");
            write(tree, "var/lib/dpkg/info/" + one.getKey() + ".list", "/.\n/usr\n/usr/bin\n/" + binary + "\n");
        }
        write(tree, "var/lib/dpkg/status", status.toString());
        for (Map.Entry<String, String> file : files.entrySet()) {
            write(tree, file.getKey(), file.getValue());
        }
        Path disk = directory.resolve(name + ".raw");
        run(
                "mke2fs",
                "-q",
                "-F",
                "-t",
                "ext4",
                "-U",
                "11111111-2222-3333-4444-555555555555",
                "-E",
                "hash_seed=11111111-2222-3333-4444-555555555555",
                "-d",
                tree.toString(),
                disk.toString(),
                "16M");
        return disk;
    }

    private static void write(Path tree, String path, String text) throws IOException {
        Path file = tree.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Whether two disks are the same to their guests. */
    static void same(Path one, Path other) throws IOException, InterruptedException {
        run("qemu-img", "compare", one.toString(), other.toString());
    }

    static void run(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(String.join(" ", command) + "\n" + output)
                .isZero();
    }
}
