package dev.stemma.api.cli;

import dev.stemma.api.problem.Outcome;
import dev.stemma.api.wiring.Service;
import dev.stemma.api.wiring.ServiceInUse;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the service in this process until it is asked to end. */
@Command(
        name = "serve",
        hidden = true,
        description = "Run the service in the foreground; stemma up starts it by this.",
        footer = "  stemma serve --port 0")
final class Serve extends Request {

    static final int USUAL_PORT = 7391;

    @Option(names = "--port", paramLabel = "N", description = "Port on 127.0.0.1; 0 for any free one. Default: 7391.")
    int port = USUAL_PORT;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Service service = Service.start(home(), port, System.getenv())) {
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().name("stemma-end").unstarted(() -> {
                        try {
                            service.close();
                        } catch (IOException e) {
                            System.Logger log = System.getLogger(Serve.class.getName());
                            log.log(System.Logger.Level.ERROR, "the service did not end cleanly", e);
                        }
                    }));
            terminal().out().println("Stemma serves at " + service.url());
            terminal().out().flush();
            service.await();
            // Let the answer to whoever asked for the end leave first.
            Thread.sleep(100);
            return 0;
        } catch (ServiceInUse e) {
            throw new CommandProblem(Outcome.CONFLICT, String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            throw new CommandProblem(Outcome.FAILED, reason(e), e);
        }
    }

    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null
                && (cause.getMessage() == null || cause instanceof java.util.concurrent.CompletionException)) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
