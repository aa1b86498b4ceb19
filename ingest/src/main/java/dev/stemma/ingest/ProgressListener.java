package dev.stemma.ingest;

/** Hears how an index run goes on: at each new stage, and a few times a second while it reads; from one thread at a time. */
@FunctionalInterface
public interface ProgressListener {

    /** Must return quickly: the run waits for it. */
    void progress(Progress progress);

    /** Hears nothing. */
    ProgressListener NONE = _ -> {};
}
