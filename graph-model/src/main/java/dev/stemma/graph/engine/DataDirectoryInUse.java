package dev.stemma.graph.engine;

import java.nio.file.Path;
import java.util.OptionalLong;

/** Another Stemma service owns the data directory; two of them would corrupt what they share. */
public final class DataDirectoryInUse extends EngineException {

    private static final long serialVersionUID = 1L;

    private final long pid;

    DataDirectoryInUse(Path directory, OptionalLong holder) {
        super("the data directory " + directory + " is in use by "
                + (holder.isPresent() ? "process " + holder.getAsLong() : "another process")
                + "; stop it with 'stemma down', or set STEMMA_HOME to another directory");
        this.pid = holder.orElse(-1);
    }

    /** The process that holds the directory; empty when it did not leave its number. */
    public OptionalLong pid() {
        return pid < 0 ? OptionalLong.empty() : OptionalLong.of(pid);
    }
}
