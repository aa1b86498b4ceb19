package dev.stemma.api.wiring;

import dev.stemma.api.home.Home;
import dev.stemma.api.home.ServiceFile;
import dev.stemma.api.home.ServiceLock;
import dev.stemma.api.job.JobQueue;
import dev.stemma.api.security.LocalToken;
import dev.stemma.queries.search.SearchIndex;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The service: takes the data directory, starts the graph and the server side by side, then the jobs; and ends them in the
 * opposite order. One a process.
 */
public final class Service implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private final Home home;
    private final ServiceLock lock;
    private final Startup startup;
    private final ApplicationContext context;
    private final EmbeddedServer server;
    private final CountDownLatch stopRequested;
    private boolean closed;

    private Service(
            Home home,
            ServiceLock lock,
            Startup startup,
            ApplicationContext context,
            EmbeddedServer server,
            CountDownLatch stopRequested) {
        this.home = home;
        this.lock = lock;
        this.startup = startup;
        this.context = context;
        this.server = server;
        this.stopRequested = stopRequested;
    }

    /**
     * Starts it and returns when it answers questions.
     *
     * @param port on loopback; 0 for any free one
     * @throws ServiceInUse when another service has the data directory
     * @throws RuntimeException when the graph or the server does not start; nothing is left running then
     */
    public static Service start(Home home, int port, Map<String, String> environment) throws IOException {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        home.create();
        ReferenceStore store = ReferenceStore.of(home, environment);
        ServiceLock lock = ServiceLock.take(home).orElseThrow(() -> new ServiceInUse(home));
        LocalToken token = LocalToken.of(home);
        findServerJars();
        Executor beside = task -> Thread.ofPlatform().name("stemma-graph").start(task);
        CompletableFuture<Library> library =
                CompletableFuture.supplyAsync(() -> Library.open(home, environment), beside);
        CountDownLatch stop = new CountDownLatch(1);
        Startup startup = new Startup(library, stop);
        ApplicationContext context = null;
        try {
            context = ApplicationContext.builder()
                    .deduceEnvironment(false)
                    .banner(false)
                    .properties(Map.of("stemma.port", port == 0 ? -1 : port))
                    .singletons(home, token, startup, store)
                    .build()
                    .start();
            EmbeddedServer server = context.getBean(EmbeddedServer.class);
            server.start();
            Service service = new Service(home, lock, startup, context, server, stop);
            new ServiceFile(ProcessHandle.current().pid(), service.url()).write(home);
            startup.library();
            context.getBean(JobQueue.class);
            Warmup warmup = context.getBean(Warmup.class);
            startup.ready();
            LOG.info("ready at {} after {} ms", service.url(), startup.uptime().toMillis());
            warmup.begin();
            return service;
        } catch (IOException | RuntimeException e) {
            startup.failed(String.valueOf(e.getMessage()));
            library.thenAccept(Library::close);
            if (context != null) {
                context.close();
            }
            ServiceFile.delete(home);
            lock.close();
            throw e;
        }
    }

    /** In a checkout the jars of Neo4j lie at a known place beside this module's, wherever the command was called. */
    private static void findServerJars() {
        if (System.getProperty("stemma.neo4j.lib") != null) {
            return;
        }
        Path here = Path.of(Service.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        for (Path at = here; at != null; at = at.getParent()) {
            Path jars = at.resolve("graph-model/neo4j/target/lib");
            if (Files.isDirectory(jars)) {
                System.setProperty("stemma.neo4j.lib", jars.toString());
                return;
            }
        }
    }

    /** Where it answers, without a slash at the end. */
    public String url() {
        return "http://127.0.0.1:" + server.getPort();
    }

    /** Waits until somebody asks it to end. */
    public void await() throws InterruptedException {
        stopRequested.await();
    }

    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        // Stopping the server ends the context with it.
        SearchIndex index = context.getBean(SearchIndex.class);
        ReferenceStore store = context.getBean(ReferenceStore.class);
        Exports exports = context.getBean(Exports.class);
        Mounts mounts = context.getBean(Mounts.class);
        context.getBean(JobQueue.class).close();
        server.stop();
        context.close();
        index.close();
        exports.close();
        mounts.close();
        store.close();
        startup.library().close();
        ServiceFile.delete(home);
        lock.close();
        LOG.info("ended");
    }
}
