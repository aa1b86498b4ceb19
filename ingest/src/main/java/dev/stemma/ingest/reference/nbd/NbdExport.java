package dev.stemma.ingest.reference.nbd;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.ImageProblem;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A disk for tools that speak NBD (qemu, libguestfs, nbd-client), on a socket in a directory that this user alone can enter. Zeros that the disk knows of
 * are never sent. A client that talks nonsense loses its connection. Each connection has a virtual thread and 256 KiB.
 *
 * <p>Safe for use by several threads. Closed by who opened it, before the disk is; that ends all connections.
 */
public final class NbdExport implements AutoCloseable {

    /** Connections at once; who comes then is turned away. */
    public static final int MAX_CONNECTIONS = 64;

    private static final Logger LOG = LoggerFactory.getLogger(NbdExport.class);

    /** What {@code sun_path} of unix(7) holds, without its end. */
    private static final int MAX_PATH_BYTES = 107;

    private static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Path directory;
    private final Path socket;
    private final ServerSocketChannel listener;
    private final ByteSource disk;
    private final Optional<Overlay> overlay;
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("nbd-export-", 1).factory());
    private volatile boolean closed;

    private NbdExport(
            Path directory, Path socket, ServerSocketChannel listener, ByteSource disk, Optional<Overlay> overlay) {
        this.directory = directory;
        this.socket = socket;
        this.listener = listener;
        this.disk = disk;
        this.overlay = overlay;
    }

    /**
     * Serves a disk, read-only.
     *
     * @param disk not closed with the export
     * @param parent an existing directory, in which the export makes one of its own; its path must be short
     * @throws IOException when the socket cannot be made there
     */
    public static NbdExport open(ByteSource disk, Path parent) throws IOException {
        return open(disk, parent, Optional.empty());
    }

    /**
     * Serves a disk that can be written: what is written lies in a sparse file of the export's own, and is gone when it is closed.
     *
     * @param disk not closed with the export, and never changed
     * @param parent an existing directory on a file system with room, in which the export makes one of its own; its path must be short
     * @param maxOverlayBytes that may be written to places that were not before; beyond, clients are told that there is no space
     * @throws IOException when the socket or the file cannot be made there
     */
    public static NbdExport openWritable(ByteSource disk, Path parent, long maxOverlayBytes) throws IOException {
        return open(disk, parent, Optional.of(maxOverlayBytes));
    }

    private static NbdExport open(ByteSource disk, Path parent, Optional<Long> maxOverlayBytes) throws IOException {
        Path directory = Files.createTempDirectory(
                parent.toAbsolutePath(),
                "nbd-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path socket = directory.resolve("nbd");
        ServerSocketChannel listener = null;
        try {
            if (socket.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
                throw new IOException(socket + " is too long for a socket, which may have " + MAX_PATH_BYTES
                        + " bytes: choose a directory with a shorter path");
            }
            listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listener.bind(UnixDomainSocketAddress.of(socket), MAX_CONNECTIONS);
            Optional<Overlay> overlay = Optional.empty();
            if (maxOverlayBytes.isPresent()) {
                overlay = Optional.of(
                        Overlay.open(disk, directory.resolve("overlay"), maxOverlayBytes.get(), Overlay.MAX_PIECES));
            }
            NbdExport export = new NbdExport(directory, socket, listener, disk, overlay);
            Thread.ofVirtual().name("nbd-export-accept").start(export::accept);
            return export;
        } catch (IOException | RuntimeException e) {
            if (listener != null) {
                listener.close();
            }
            remove(directory, socket);
            throw e;
        }
    }

    /** Where clients connect, absolute. The export's name is empty. */
    public Path socket() {
        return socket;
    }

    /** The same as QEMU, libnbd and others write it: {@code nbd+unix:///?socket=…}. */
    public String uri() {
        StringBuilder uri = new StringBuilder("nbd+unix:///?socket=");
        for (byte octet : socket.toString().getBytes(StandardCharsets.UTF_8)) {
            boolean plain =
                    octet > ' ' && octet < 0x7f && (Character.isLetterOrDigit(octet) || "/-._~".indexOf(octet) >= 0);
            uri.append(plain ? String.valueOf((char) octet) : "%%%02X".formatted(octet));
        }
        return uri.toString();
    }

    /** Clients that are connected now. */
    public int connections() {
        return connections.size();
    }

    private void accept() {
        while (!closed) {
            try {
                take(listener.accept());
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException | RuntimeException e) {
                // Too many open files, say: it may be better in a moment, and who is connected goes on.
                LOG.warn("An export cannot take a connection: {}", e.getMessage());
                pause();
            }
        }
    }

    private void take(SocketChannel client) {
        connections.add(client);
        if (connections.size() > MAX_CONNECTIONS) {
            LOG.warn("An export has {} connections and takes no more", MAX_CONNECTIONS);
            end(client);
            return;
        }
        try {
            threads.execute(() -> serve(client));
        } catch (RejectedExecutionException e) {
            end(client); // The export was closed just now.
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(SocketChannel client) {
        try {
            Optional<ExportHandshake.Agreed> agreed = handshake(client);
            if (agreed.isPresent()) {
                try (Replies replies = new Replies(client, agreed.get().structured())) {
                    ByteSource served = overlay.isPresent() ? overlay.get() : disk;
                    new Transmission(client, served, overlay, replies, agreed.get()).run();
                }
            }
        } catch (IOException e) {
            LOG.debug("A client of an export was let go: {}", e.getMessage());
        } catch (RuntimeException | Error e) {
            LOG.error("A connection of an export broke", e);
        } finally {
            end(client);
        }
    }

    private Optional<ExportHandshake.Agreed> handshake(SocketChannel client) throws IOException {
        Thread limit = Thread.ofVirtual().name("nbd-export-limit").start(() -> {
            try {
                Thread.sleep(HANDSHAKE_LIMIT);
                end(client);
            } catch (InterruptedException e) {
                return; // It is over in time.
            }
        });
        try {
            return new ExportHandshake(client, disk.sizeBytes(), overlay.isPresent()).run();
        } finally {
            limit.interrupt();
        }
    }

    private void end(SocketChannel client) {
        connections.remove(client);
        try {
            client.close();
        } catch (IOException e) {
            LOG.debug("A connection could not be closed", e);
        }
    }

    /** Returns when nothing reads the disk any more. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        listener.close();
        connections.forEach(this::end);
        threads.close();
        try {
            if (overlay.isPresent()) {
                overlay.get().close();
            }
        } catch (ImageProblem e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            remove(directory, socket);
        }
    }

    private static void remove(Path directory, Path socket) throws IOException {
        Files.deleteIfExists(socket);
        Files.deleteIfExists(directory);
    }
}
