package dev.stemma.ingest;

import dev.stemma.ingest.filesystem.Tool;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Overlays on one raw disk, changed by debugfs and QEMU's tools.
 *
 * @param base the disk, never written
 * @param offsetBytes where its ext4 file system begins
 */
record Overlays(Path directory, Path base, long offsetBytes) {

    /** What {@code mke2fs} gives a file system below 512 MB. */
    static final int BLOCK_BYTES = 1_024;

    Overlays {
        Tool.require("debugfs", "qemu-img", "qemu-io", "cp");
    }

    /** An overlay that shows what debugfs makes of the disk's file system; it stores the clusters that differ and no other. */
    Path changed(String name, List<String> commands) throws IOException {
        Path copy = directory.resolve(name + ".copy");
        Tool.run(List.of("cp", "--sparse=always", base.toString(), copy.toString()));
        debugfs(copy, true, commands);
        Path overlay = standingOn(name, copy);
        Files.delete(copy);
        return overlay;
    }

    /** An overlay that shows another disk's bytes. */
    Path standingOn(String name, Path shown) {
        Path overlay = create(name, "raw", shown);
        Tool.run(List.of("qemu-img", "rebase", "-f", "qcow2", "-F", "raw", "-b", base.toString(), overlay.toString()));
        return overlay;
    }

    /** An overlay into which bytes were written: {@code write -P 85 4096 512}. */
    Path written(String name, List<String> writes) {
        return written(name, "raw", writes);
    }

    /** The same where the disk is of another format. */
    Path written(String name, String format, List<String> writes) {
        Path overlay = create(name, format, base);
        List<String> command = new ArrayList<>(List.of("qemu-io", "-f", "qcow2"));
        writes.forEach(write -> command.addAll(List.of("-c", write)));
        command.add(overlay.toString());
        Tool.run(command);
        return overlay;
    }

    private Path create(String name, String format, Path below) {
        Path overlay = directory.resolve(name + ".qcow2");
        Tool.run(List.of(
                "qemu-img",
                "create",
                "-q",
                "-f",
                "qcow2",
                "-o",
                "cluster_size=4096",
                "-F",
                format,
                "-b",
                below.toString(),
                overlay.toString()));
        return overlay;
    }

    /** Where on the disk the blocks of files lie, in bytes; first block first, of one file after the other. */
    List<Long> blocks(List<String> paths) throws IOException {
        String output = debugfs(
                base, false, paths.stream().map(path -> "blocks " + path).toList());
        List<Long> blocks = new ArrayList<>();
        output.lines()
                .filter(line -> line.matches("[\\d ]+"))
                .forEach(line -> blocks.addAll(List.of(line.strip().split(" +")).stream()
                        .map(block -> offsetBytes + Long.parseLong(block) * BLOCK_BYTES)
                        .toList()));
        return blocks;
    }

    private String debugfs(Path disk, boolean writing, List<String> commands) throws IOException {
        Path script = Files.createTempFile(directory, "debugfs", ".commands");
        Files.writeString(script, String.join("\n", commands) + "\n", StandardCharsets.ISO_8859_1);
        List<String> command = new ArrayList<>(List.of("debugfs", "-f", script.toString()));
        if (writing) {
            command.add("-w");
        }
        command.add(disk + "?offset=" + offsetBytes);
        return Tool.run(command);
    }

    /** Has a file that was just written stored: until then the host may still change how much it stores of it. */
    static void sync(Path file) {
        Tool.run(List.of("sync", file.toString()));
    }

    /** Changes bytes of a file in place, and sets its time of modification back. */
    static void change(Path file, List<Long> places, UnaryOperator<byte[]> change) throws IOException {
        var modified = Files.getLastModifiedTime(file);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            for (long place : places) {
                byte[] old = new byte[8];
                bytes.seek(place);
                bytes.readFully(old);
                bytes.seek(place);
                bytes.write(change.apply(old));
            }
            bytes.getFD().sync();
        }
        Files.setLastModifiedTime(file, modified);
    }
}
