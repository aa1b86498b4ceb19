package dev.stemma.ingest.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.ingest.filesystem.Tool;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An empty file system of our own making, mounted from a file until closed. As root, or with sudo at hand. */
final class LoopMount implements AutoCloseable {

    private static final long SIZE_BYTES = 512L << 20;

    private final Path mounted;

    private LoopMount(Path mounted) {
        this.mounted = mounted;
    }

    /** @param type {@code xfs} or {@code btrfs} */
    static LoopMount of(Path directory, String type) throws IOException {
        Tool.require("mkfs." + type, "mount", "umount");
        assertThat(Files.readString(Path.of("/proc/filesystems")).lines().anyMatch(line -> line.endsWith("\t" + type))
                        || Files.exists(Path.of("/sbin/modprobe")))
                .as("the test needs a kernel with %s, as those of Debian's linux-image are", type)
                .isTrue();
        Path image = directory.resolve(type + ".img");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(SIZE_BYTES);
        }
        Tool.run(List.of("mkfs." + type, "-q", image.toString()));
        Path mounted = Files.createDirectory(directory.resolve(type));
        asRoot("mount", "-t", type, "-o", "loop", image.toString(), mounted.toString());
        asRoot("chmod", "0777", mounted.toString());
        return new LoopMount(mounted);
    }

    private static void asRoot(String... command) {
        List<String> all = new ArrayList<>();
        if (!"root".equals(System.getProperty("user.name"))) {
            Tool.require("sudo");
            all.addAll(List.of("sudo", "-n"));
        }
        all.addAll(List.of(command));
        Tool.run(all);
    }

    Path directory() {
        return mounted;
    }

    @Override
    public void close() {
        asRoot("umount", mounted.toString());
    }
}
