package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Blobs as files of one directory, which are mapped where they are read here and there. */
final class LocalDirectory implements BlobStore {

    /** The stores that this process has open. */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private static final int SETTLE_ROUNDS = 20;
    private static final long SETTLE_MILLIS = 25;

    private final Path directory;
    private final FileChannel lockFile;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LocalDirectory(Path directory, FileChannel lockFile) {
        this.directory = directory;
        this.lockFile = lockFile;
    }

    /**
     * Opens a directory, which is made where there is none, and removes what a crash left behind.
     *
     * @throws StoreInUseException when another process has it open
     * @throws StoreUnreachableException when it is no directory that can be written
     */
    static LocalDirectory open(Path directory) throws IOException {
        try {
            return openFirst(Files.createDirectories(directory).toRealPath());
        } catch (FileSystemException e) {
            throw new StoreUnreachableException(
                    directory.toString(),
                    "no store can be opened there, since " + reason(e)
                            + "; name a directory that this user may read and write",
                    e);
        }
    }

    private static String reason(FileSystemException e) {
        String kind = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
        return e.getFile() + " gives " + kind;
    }

    private static LocalDirectory openFirst(Path directory) throws IOException {
        // Not even looked at when it is ours already: to close the file again would free the lock.
        if (!OPEN.add(directory)) {
            throw new StoreInUseException(directory);
        }
        try {
            return openLocked(directory);
        } catch (IOException | RuntimeException | Error e) {
            OPEN.remove(directory);
            throw e;
        }
    }

    private static LocalDirectory openLocked(Path directory) throws IOException {
        FileChannel lockFile =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lockFile.tryLock() == null) {
                throw new StoreInUseException(directory);
            }
            for (String part : List.of("packs", "images", "tmp")) {
                Files.createDirectories(directory.resolve(part));
            }
            StoreFiles.empty(directory.resolve("tmp"));
            return new LocalDirectory(directory, lockFile);
        } catch (IOException | RuntimeException | Error e) {
            lockFile.close();
            throw e;
        }
    }

    @Override
    public String where() {
        return directory.toString();
    }

    @Override
    public Path temporary() {
        return directory.resolve("tmp");
    }

    @Override
    public List<Digest> names(BlobName.Kind kind) throws IOException {
        List<Digest> found = new ArrayList<>();
        try (Stream<Path> folders = Files.list(directory.resolve(kind.folder()))) {
            for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.sorted().forEach(file -> kind.find(name(file)).ifPresent(found::add));
                }
            }
        }
        return found;
    }

    private String name(Path file) {
        return directory.relativize(file).toString();
    }

    @Override
    public List<Listed> list(BlobName.Kind kind) throws IOException {
        List<Listed> found = new ArrayList<>();
        for (Digest digest : names(kind)) {
            found.add(listed(kind.of(digest)));
        }
        return found;
    }

    private Listed listed(BlobName name) throws IOException {
        return new Listed(name, Files.size(path(name)), modifiedAt(name));
    }

    @Override
    public Blob open(Listed blob) throws IOException {
        return MappedFile.open(path(blob.name()));
    }

    @Override
    public byte[] read(BlobName name, int maxBytes) throws IOException {
        Path path = path(name);
        if (Files.size(path) > maxBytes) {
            throw new DamagedStoreException(path + " is longer than it can be, which is " + maxBytes + " bytes");
        }
        return Files.readAllBytes(path);
    }

    @Override
    public Listed put(Path file, BlobName name) throws IOException {
        StoreFiles.publish(file, path(name));
        return listed(name);
    }

    @Override
    public void replace(Path file, BlobName name) throws IOException {
        StoreFiles.publish(file, path(name));
    }

    @Override
    public OptionalLong freeBytes() throws IOException {
        return OptionalLong.of(Files.getFileStore(directory).getUsableSpace());
    }

    @Override
    public void delete(Collection<BlobName> names) throws IOException {
        Set<Path> folders = new HashSet<>();
        for (BlobName name : names) {
            Files.delete(path(name));
            folders.add(path(name).resolveSibling("."));
        }
        for (Path folder : folders) {
            StoreFiles.forceDirectory(folder);
        }
    }

    /** A file that is mapped keeps its place until the JVM finds that nothing can read the mapping any more, which it does not look for unless it is asked. */
    @Override
    public void settle() throws IOException {
        FileStore medium = Files.getFileStore(directory);
        long before = medium.getUsableSpace();
        System.gc();
        try {
            for (int i = 0; i < SETTLE_ROUNDS && medium.getUsableSpace() == before; i++) {
                Thread.sleep(SETTLE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Instant modifiedAt(BlobName name) throws IOException {
        return Files.getLastModifiedTime(path(name)).toInstant();
    }

    private Path path(BlobName name) {
        return directory.resolve(name.path());
    }

    @Override
    public void close() throws IOException {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            lockFile.close();
        } finally {
            OPEN.remove(directory);
        }
    }
}
