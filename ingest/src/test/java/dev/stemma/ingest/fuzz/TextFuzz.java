package dev.stemma.ingest.fuzz;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A target whose inputs are the files themselves: texts, archives, records of some kilobytes. */
public abstract class TextFuzz implements Fuzz {

    /**
     * Files as they are met, made by tools or by hand.
     *
     * @param work empty; whoever calls removes it
     */
    protected abstract List<byte[]> texts(Path work) throws Exception;

    @Override
    public final void make(Path directory) {}

    @Override
    public final List<byte[]> seeds(Path directory) throws Exception {
        return new ArrayList<>(texts(Files.createDirectories(directory.resolveSibling("work"))));
    }

    @Override
    public void load(Path directory) throws Exception {}
}
