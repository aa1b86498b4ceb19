package dev.stemma.graph.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * The main class of the child process. It knows the server by the names of its classes only, as the {@code java}
 * command does, and is compiled without it.
 *
 * <p>It waits for an earlier child on the same directory to end, sets the first password, starts the server, says
 * {@code ready} on its standard output, and stops the server when its standard input ends. That last point covers a
 * parent that was killed: the kernel closes the pipe.
 *
 * <p>Standard input carries one line, the password to set, or an empty one when it was set before. So it is on no
 * command line and in no environment.
 */
public final class Launcher {

    /** What the launcher prints once the server answers. */
    static final String READY = "ready";

    private Launcher() {}

    /**
     * @param args the file to lock, the server's home, its configuration directory, and how many seconds a stop may take before the
     *     process ends itself; the store recovers at the next start
     */
    public static void main(String[] args) throws Exception {
        Path lockFile = Path.of(args[0]);
        Path home = Path.of(args[1]);
        Path configuration = Path.of(args[2]);
        Duration stopLimit = Duration.ofSeconds(Integer.parseInt(args[3]));
        PrintStream parent = System.out;
        // The server's own words go where the parent sent standard error: to a file.
        System.setOut(System.err);

        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String password = input.readLine();
        if (password == null) {
            return;
        }
        Thread.ofPlatform().daemon().name("parent-watch").start(() -> stopWhenParentIsGone(input, stopLimit));

        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!password.isEmpty()) {
                setPassword(home, configuration, password);
            }
            start("--home-dir=" + home, "--config-dir=" + configuration);
            parent.println(READY);
            parent.flush();
            // Whether the server has a thread that keeps the process alive depends on what is switched on.
            while (lock.isValid()) {
                Thread.sleep(Long.MAX_VALUE);
            }
        }
    }

    private static void stopWhenParentIsGone(BufferedReader input, Duration limit) {
        try {
            while (input.readLine() != null) {
                continue;
            }
        } catch (IOException e) {
            System.err.println("the pipe from the parent broke: " + e.getMessage());
        }
        Thread.ofPlatform().daemon().name("stop-limit").start(() -> {
            try {
                Thread.sleep(limit);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(1);
        });
        // Runs the server's own shutdown hook.
        System.exit(0);
    }

    private static void setPassword(Path home, Path configuration, String password) throws Exception {
        Class<?> context = Class.forName("org.neo4j.cli.ExecutionContext");
        Object here = context.getConstructor(Path.class, Path.class).newInstance(home, configuration);
        Object status = Class.forName("org.neo4j.cli.AdminTool")
                .getMethod("execute", context, String[].class)
                .invoke(null, here, new String[] {"dbms", "set-initial-password", password});
        if (!Integer.valueOf(0).equals(status)) {
            System.err.println("the first password could not be set: status " + status);
            System.exit(3);
        }
    }

    private static void start(String... arguments) throws Exception {
        try {
            Class.forName("org.neo4j.server.Neo4jCommunity")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            (cause == null ? e : cause).printStackTrace();
            System.exit(4);
        }
    }
}
