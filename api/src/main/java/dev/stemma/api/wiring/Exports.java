package dev.stemma.api.wiring;

import dev.stemma.api.home.Home;
import dev.stemma.api.problem.ProblemCode;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.reference.Branches;
import dev.stemma.ingest.reference.StoredDisk;
import dev.stemma.ingest.reference.Version;
import dev.stemma.ingest.reference.nbd.NbdExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Versions that are served to other tools, each disk on a socket of its own, until somebody ends that or the service ends. Safe for use by several
 * threads; closed with the service, before the store is.
 */
public final class Exports implements AutoCloseable {

    /** Exports at once: each has a listening socket and, when it is writable, a file. */
    public static final int MAX_EXPORTS = 64;

    /** What a writable export leaves free for the graph and everything else in the data directory. */
    private static final long RESERVED_BYTES = 1L << 30;

    private final Branches branches;
    private final ReferenceStore stores;
    private final Home home;
    private final Map<String, Open> open = new LinkedHashMap<>();
    private long last;
    private boolean closed;

    /** An export, and what it holds on to. */
    private record Open(Export told, @Nullable NbdExport server) {
        /** Empty while it is being opened. */
        Optional<Export> now() {
            return server == null ? Optional.empty() : Optional.of(told.with(server.connections()));
        }
    }

    /**
     * An export that is open.
     *
     * @param id short, new with each export
     * @param version {@code web:1.2}, as it was called then
     * @param disk 1 for the first
     * @param sizeBytes that a client sees
     * @param uri as QEMU and libnbd write it; empty while the export is being opened
     * @param clients that are connected
     */
    public record Export(
            String id,
            String imageId,
            String version,
            int disk,
            boolean writable,
            Instant since,
            long sizeBytes,
            String socket,
            String uri,
            int clients) {
        private Export with(int connected) {
            return new Export(id, imageId, version, disk, writable, since, sizeBytes, socket, uri, connected);
        }
    }

    Exports(Branches branches, ReferenceStore stores, Home home) {
        this.branches = branches;
        this.stores = stores;
        this.home = home;
    }

    /** Removes what a service that was killed has left; nobody listens there. */
    void clean() throws IOException {
        if (!Files.isDirectory(home.sockets())) {
            return;
        }
        try (Stream<Path> left = Files.list(home.sockets())) {
            for (Path directory : left.toList()) {
                remove(directory);
            }
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /**
     * Serves a disk of a version.
     *
     * @param disk 1 for the first
     * @param writable whether clients may write; what they write is gone with the export
     * @throws dev.stemma.ingest.reference.ReferenceProblem when it is no version, or not to be used
     * @throws dev.stemma.api.problem.ProblemException when there is no such disk, or there are too many exports
     */
    public Export open(String imageId, int disk, boolean writable) throws IOException, ImageProblem {
        String id = reserve(imageId, disk, writable);
        try {
            // Asked when the export is known already, so that a collection of garbage that begins now spares it.
            Version version = branches.requireUsable(imageId);
            List<ImageManifest.Disk> disks = stores.disks(version.content());
            if (disk < 1 || disk > disks.size()) {
                throw ProblemCode.BAD_REQUEST.because(
                        version.reference() + " has no disk " + disk + "; the last is disk " + disks.size());
            }
            Path sockets = home.sockets();
            Home.createPrivate(sockets);
            StoredDisk stored = StoredDisk.open(stores.get(), disks.get(disk - 1), Origin.of(version.reference()));
            NbdExport server =
                    writable ? NbdExport.openWritable(stored, sockets, room(sockets)) : NbdExport.open(stored, sockets);
            return opened(id, version, disk, writable, stored.sizeBytes(), server);
        } catch (IOException | ImageProblem | RuntimeException e) {
            forget(id);
            throw e;
        }
    }

    private static long room(Path directory) throws IOException {
        return Math.max(0, Files.getFileStore(directory).getUsableSpace() - RESERVED_BYTES);
    }

    private synchronized String reserve(String imageId, int disk, boolean writable) {
        if (closed) {
            throw new IllegalStateException("the service has ended");
        }
        if (open.size() >= MAX_EXPORTS) {
            throw ProblemCode.LIMIT_REACHED.because(
                    MAX_EXPORTS + " exports are open, which is all that there may be",
                    "End one that nobody needs: stemma exports, stemma unexport ID.");
        }
        String id = "e" + ++last;
        open.put(id, new Open(new Export(id, imageId, "", disk, writable, Instant.now(), 0, "", "", 0), null));
        return id;
    }

    private synchronized Export opened(
            String id, Version version, int disk, boolean writable, long sizeBytes, NbdExport server)
            throws IOException {
        if (closed) {
            server.close();
            throw new IllegalStateException("the service has ended");
        }
        Export export = new Export(
                id,
                version.imageId(),
                version.reference(),
                disk,
                writable,
                Instant.now(),
                sizeBytes,
                server.socket().toString(),
                server.uri(),
                0);
        open.put(id, new Open(export, server));
        return export;
    }

    private synchronized void forget(String id) {
        open.remove(id);
    }

    /** All that are open, the oldest first. */
    public synchronized List<Export> all() {
        return open.values().stream().flatMap(one -> one.now().stream()).toList();
    }

    /** Versions whose bytes must stay, by the ids of their images. */
    synchronized Set<String> inUse() {
        return open.values().stream().map(one -> one.told().imageId()).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Ends an export; its clients lose their connections, and what they wrote is gone.
     *
     * @return as it was just before
     * @throws dev.stemma.api.problem.ProblemException when there is none of that id
     */
    public Export end(String id) throws IOException {
        Open found;
        synchronized (this) {
            found = open.get(id);
        }
        if (found == null || found.server() == null) {
            throw ProblemCode.NOT_FOUND.because(
                    "there is no export " + id, "stemma exports lists those that are open.");
        }
        Export ended = found.now().orElseThrow();
        found.server().close();
        forget(id);
        return ended;
    }

    @Override
    public void close() throws IOException {
        List<Open> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(open.values());
            open.clear();
        }
        for (Open one : all) {
            NbdExport server = one.server();
            if (server != null) {
                server.close();
            }
        }
    }
}
