package dev.stemma.api.wiring;

import dev.stemma.api.home.Home;
import dev.stemma.api.home.ServiceFile;

/** Another service runs on the data directory. */
public final class ServiceInUse extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ServiceInUse(Home home) {
        super("another service runs on " + home.root()
                + ServiceFile.find(home)
                        .map(file -> " (process " + file.pid() + " at " + file.url() + ")")
                        .orElse("")
                + ". Use it, end it with stemma down, or set STEMMA_HOME to another directory.");
    }
}
