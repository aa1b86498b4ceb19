package dev.stemma.ingest.content;

import dev.stemma.ingest.filesystem.Tool;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An ext4 of our own making, small, mounted from a file until closed. As root, or with sudo at hand. */
public final class SmallMedium implements AutoCloseable {

    private final Path image;
    private final Path mounted;

    private SmallMedium(Path image, Path mounted) {
        this.image = image;
        this.mounted = mounted;
    }

    /** Made and mounted below a directory. */
    public static SmallMedium of(Path directory, int megabytes) throws IOException {
        Tool.require("mke2fs", "mount", "umount");
        Path image = directory.resolve("medium.img");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength((long) megabytes << 20);
        }
        // No blocks are kept for root, and no journal: what is free can be had.
        Tool.run(List.of("mke2fs", "-q", "-t", "ext4", "-m", "0", "-O", "^has_journal", image.toString()));
        Path mounted = Files.createDirectory(directory.resolve("medium"));
        asRoot("mount", "-t", "ext4", "-o", "loop", image.toString(), mounted.toString());
        asRoot("chmod", "0777", mounted.toString());
        return new SmallMedium(image, mounted);
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

    /** Where it is mounted. */
    public Path directory() {
        return mounted;
    }

    /** Leaves so much free, about. */
    public void fill(long freeBytes) throws IOException {
        Path filler = mounted.resolve("filler");
        Files.deleteIfExists(filler);
        long size = Math.max(0, Files.getFileStore(mounted).getUsableSpace() - freeBytes);
        try (RandomAccessFile file = new RandomAccessFile(filler.toFile(), "rw")) {
            byte[] piece = new byte[1 << 12];
            for (long at = 0; at < size; at += piece.length) {
                file.write(piece);
            }
        } catch (IOException e) {
            // It could not be told that exactly; as full as that will do.
            if (!String.valueOf(e.getMessage()).contains("No space")) {
                throw e;
            }
        }
    }

    /** As when it has met errors: it may only be read from now on, also by who has files of it open. */
    void abort() {
        asRoot("mount", "-o", "remount,abort", mounted.toString());
    }

    /** Mounts it anew, when nobody has files of it open. */
    void mountAgain(String how) {
        // Files that were mapped are open until the JVM finds that nothing reads them.
        System.gc();
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        asRoot("umount", mounted.toString());
        asRoot("mount", "-t", "ext4", "-o", "loop," + how, image.toString(), mounted.toString());
    }

    /** It goes when the last of its files is no longer mapped. */
    @Override
    public void close() {
        asRoot("umount", "--lazy", mounted.toString());
    }
}
