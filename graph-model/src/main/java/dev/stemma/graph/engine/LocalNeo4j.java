package dev.stemma.graph.engine;

import dev.stemma.graph.engine.ServerProcess.StartFailure;
import dev.stemma.graph.store.GraphAddress;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Neo4j Community in a process of its own, on loopback, with a password that only this user can read. Supervised: a child
 * that ends by itself is started again on the same port, and the driver's retries carry its users over.
 *
 * <p>The data directory belongs to one service at a time. The child ends with this process, even when that is killed.
 * Safe for use by several threads. Whoever starts it closes it.
 */
public final class LocalNeo4j implements AutoCloseable {

    private static final int PORT_ATTEMPTS = 3;
    private static final int RESTARTS = 5;
    private static final int PORTS_TRIED = 100;
    private static final int PORTS_FROM = 16_384;
    private static final int PORTS_TO = 32_768;

    private final Settings settings;
    private final DataDirectoryLock lock;
    private final int port;
    private ServerProcess server;
    private boolean closed;
    private int restarts;

    /**
     * How and where to run it.
     *
     * @param directory for its data, configuration, logs, password and lock; made when missing
     * @param jars directory of the server's jars
     * @param port on loopback; 0 for any free one
     * @param heapMegabytes below 512, the commit of a large image fails; half of it is for young objects
     * @param pageCacheMegabytes outside the heap
     * @param startLimit how long a start may take, recovery included
     * @param cacheOutput where this run leaves a cache of its classes when it ends; empty when it leaves none
     */
    public record Settings(
            Path directory,
            Path jars,
            int port,
            int heapMegabytes,
            int pageCacheMegabytes,
            Duration startLimit,
            Optional<Path> cacheOutput) {

        /** The system property that names {@link #cacheOutput}. */
        public static final String CACHE_OUTPUT = "stemma.neo4j.cache-output";

        public Settings {
            directory = directory.toAbsolutePath().normalize();
        }

        /** The usual settings below a Stemma home: its folder {@code neo4j}, and any free port. */
        public static Settings of(Path home) {
            return new Settings(
                    home.resolve("neo4j"),
                    ServerJars.directory(),
                    0,
                    640,
                    256,
                    Duration.ofMinutes(2),
                    Optional.ofNullable(System.getProperty(CACHE_OUTPUT)).map(Path::of));
        }

        /** The same on a given port. */
        public Settings withPort(int other) {
            return new Settings(directory, jars, other, heapMegabytes, pageCacheMegabytes, startLimit, cacheOutput);
        }
    }

    private LocalNeo4j(Settings settings, DataDirectoryLock lock, int port, ServerProcess server) {
        this.settings = settings;
        this.lock = lock;
        this.port = port;
        this.server = server;
    }

    /** Starts it with the usual settings below a Stemma home. */
    public static LocalNeo4j start(Path home) {
        return start(Settings.of(home));
    }

    /**
     * Starts it and waits until it answers.
     *
     * @throws DataDirectoryInUse when another service has the directory
     * @throws EngineException when it does not start
     */
    public static LocalNeo4j start(Settings settings) {
        try {
            PrivateFiles.directory(settings.directory());
            DataDirectoryLock lock = DataDirectoryLock.take(settings.directory());
            try {
                return startLocked(settings, lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new EngineException("Neo4j did not start in " + settings.directory() + ": " + e.getMessage(), e);
        }
    }

    private static LocalNeo4j startLocked(Settings settings, DataDirectoryLock lock) throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = settings.port() != 0 ? settings.port() : freePort();
            LastWords words = LastWords.in(logs(settings));
            try {
                LocalNeo4j neo4j = new LocalNeo4j(settings, lock, port, launch(settings, port));
                neo4j.supervise();
                return neo4j;
            } catch (StartFailure e) {
                // Between finding a free port and using it somebody else may have come.
                if (settings.port() != 0 || attempt == PORT_ATTEMPTS || !portTaken(words)) {
                    throw failed(settings, port, words, e);
                }
            }
        }
    }

    private static EngineException failed(Settings settings, int port, LastWords words, StartFailure e) {
        return new EngineException(
                "Neo4j did not start on port " + port + ": " + e.getMessage()
                        + words.said().map(said -> " (" + said + ")").orElse("") + "; its logs are in "
                        + logs(settings),
                e);
    }

    private static boolean portTaken(LastWords words) {
        return words.said().filter(said -> said.contains("already in use")).isPresent();
    }

    private static Path logs(Settings settings) {
        return settings.directory().resolve("logs");
    }

    private static ServerProcess launch(Settings settings, int port) throws IOException, StartFailure {
        Path directory = settings.directory();
        Path logs = logs(settings);
        PrivateFiles.directory(logs);
        ServerConfiguration.write(directory.resolve("conf"), port, settings);
        String password = firstPassword(directory);
        return ServerProcess.start(
                ServerCommand.of(settings),
                directory,
                logs.resolve("console.log"),
                password,
                settings.startLimit(),
                Duration.ofSeconds(StartCache.stopSeconds(settings) + 5));
    }

    /** The password when the store does not know it yet, else nothing. */
    private static String firstPassword(Path directory) throws IOException {
        Path file = directory.resolve("password");
        boolean stored = Files.exists(directory.resolve("data/dbms/auth.ini"))
                || Files.isDirectory(directory.resolve("data/databases/system"));
        if (!Files.exists(file)) {
            if (stored) {
                throw new EngineException("the password file " + file + " is missing, but there is data that needs it;"
                        + " put the file back, or remove " + directory + " and index the images again");
            }
            PrivateFiles.newPassword(file);
        }
        return stored ? "" : PrivateFiles.password(file);
    }

    private void supervise() {
        server.onExit().thenAcceptAsync(_ -> restart(), command -> Thread.ofVirtual()
                .name("neo4j-supervisor")
                .start(command));
    }

    private synchronized void restart() {
        if (closed || restarts == RESTARTS) {
            return;
        }
        restarts++;
        System.Logger log = System.getLogger(LocalNeo4j.class.getName());
        log.log(
                System.Logger.Level.WARNING,
                "Neo4j ended by itself; starting it again ({0} of {1})",
                restarts,
                RESTARTS);
        try {
            server = launch(settings, port);
            supervise();
        } catch (IOException | StartFailure | EngineException e) {
            log.log(System.Logger.Level.ERROR, "Neo4j could not be started again", e);
        }
    }

    /**
     * A port below those that systems give to outgoing connections (Linux from 32768, others from 49152): the server takes
     * it seconds later, and takes it again after a restart, while connections come and go all the time.
     */
    private static int freePort() throws IOException {
        for (int attempt = 0; attempt < PORTS_TRIED; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(PORTS_FROM, PORTS_TO);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                continue;
            }
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** How to reach it. The port stays the same until it is closed. */
    public GraphAddress address() {
        Path password = settings.directory().resolve("password");
        return new GraphAddress(URI.create("bolt://127.0.0.1:" + port), "neo4j", () -> PrivateFiles.password(password));
    }

    /** The child's process number. */
    public synchronized long pid() {
        return server.handle().pid();
    }

    /** Whether the child is there. */
    public synchronized boolean running() {
        return server.handle().isAlive();
    }

    /** Stops the child cleanly and gives the data directory free. Closing again does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        server.stop();
        try {
            lock.close();
        } catch (IOException e) {
            throw new EngineException("cannot give " + settings.directory() + " free: " + e.getMessage(), e);
        }
    }
}
