package dev.stemma.ingest.fuzz;

import java.nio.file.Path;
import java.util.List;

/** A reader or parser under a fuzzer. Made and used by one thread; {@link #load} comes before {@link #run}. */
public interface Fuzz {

    /** One lower-case word. */
    String name();

    /**
     * Makes, by tools that others wrote, the files that the target starts from. Run once, in the process that starts the fuzzer.
     *
     * @param directory exists and is empty
     */
    void make(Path directory) throws Exception;

    /** The first inputs. */
    List<byte[]> seeds(Path directory) throws Exception;

    /** Takes in what {@link #make} left. */
    void load(Path directory) throws Exception;

    /**
     * Reads an input whole.
     *
     * @throws dev.stemma.ingest.problem.ImageProblem as the only thing that may come out, whatever the input
     */
    void run(byte[] input) throws Exception;
}
