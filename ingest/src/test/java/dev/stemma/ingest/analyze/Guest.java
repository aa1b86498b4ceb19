package dev.stemma.ingest.analyze;

import dev.stemma.graph.model.Partition;
import dev.stemma.ingest.bytes.FileSource;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.FileSystems;
import dev.stemma.ingest.problem.Budget;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A tree of files on a real ext4 file system, made by mke2fs (Debian package e2fsprogs) and read as a guest. */
public final class Guest implements AutoCloseable {

    private final FileSource source;
    private final FileSystemReader reader;
    private final Budget budget = Budget.of(Duration.ofMinutes(1));

    private Guest(FileSource source, FileSystemReader reader) {
        this.source = source;
        this.reader = reader;
    }

    public static Guest of(Path tree, String... options) throws Exception {
        Path image = Files.createTempFile(tree.getParent(), "guest", ".img");
        List<String> command = new ArrayList<>(List.of("mke2fs", "-q", "-F", "-t", "ext4", "-d", tree.toString()));
        command.addAll(List.of(options));
        command.addAll(List.of(image.toString(), "64M"));
        run(command.toArray(String[]::new));
        FileSource source = FileSource.open(image);
        return new Guest(source, FileSystems.open(source, Budget.of(Duration.ofMinutes(1))));
    }

    FileSystemReader reader() {
        return reader;
    }

    public GuestFiles files() {
        return GuestFiles.of(reader, budget);
    }

    /** As the partition with a number. */
    GuestRoots.Candidate candidate(int number) {
        return new GuestRoots.Candidate(
                reader,
                new Partition(
                        number, 0, source.sizeBytes(), Optional.empty(), Optional.empty(), Optional.empty(), false));
    }

    /** As the logical volume with a name. */
    GuestRoots.Candidate volume(int number, String name) {
        return new GuestRoots.Candidate(
                reader,
                new Partition(
                        number, 0, source.sizeBytes(), Optional.of(name), Optional.empty(), Optional.empty(), false));
    }

    public static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + output);
        }
        return output;
    }

    /** Writes a file and the directories above it. */
    public static Path write(Path tree, String path, String content) throws Exception {
        Path file = tree.resolve(path);
        Files.createDirectories(tree.resolve(path).resolve("..").normalize());
        return Files.writeString(file, content, StandardCharsets.ISO_8859_1);
    }

    public static void link(Path tree, String path, String target) throws Exception {
        Files.createDirectories(tree.resolve(path).resolve("..").normalize());
        Files.createSymbolicLink(tree.resolve(path), Path.of(target));
    }

    @Override
    public void close() throws Exception {
        reader.close();
        source.close();
    }
}
