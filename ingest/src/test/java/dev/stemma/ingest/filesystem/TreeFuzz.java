package dev.stemma.ingest.filesystem;

import dev.stemma.ingest.fuzz.ImageFuzz;
import dev.stemma.ingest.fuzz.Scratch;
import java.util.List;

/** Lists and reads all of a damaged file system. */
public abstract class TreeFuzz extends ImageFuzz {

    @Override
    protected void read(String set, List<Scratch> images) {
        DamagedDisks.read(images.getFirst());
    }
}
