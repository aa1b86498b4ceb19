package dev.stemma.ingest.analyze.software;

import dev.stemma.graph.model.Attributes;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.problem.ImageProblem;

/**
 * An analyzer of software that may lie anywhere. Offered every regular file of a full walk; asked later to read those that
 * it picked. Stateless, for any thread; a new version means that it may answer otherwise.
 */
public interface Spotter {

    /** Kebab case: {@code python}. */
    String id();

    /** Raised with each change of what it answers. */
    int version();

    /**
     * Whether a file tells of software. Asked of every file of an image, so by what the walk knows anyhow; reads nothing.
     *
     * @param path in its own file system; has one name at least
     * @param sizeBytes more than 0
     */
    boolean picks(GuestPath path, Attributes attributes, long sizeBytes);

    /**
     * What a file that was picked tells.
     *
     * @throws ImageProblem when it cannot be read or trusted; what was found until then stays
     */
    void read(SpottedFile file, Sightings sightings) throws ImageProblem;

    /** Most files that are kept to be read; what goes beyond is counted and said. */
    default int maxFiles() {
        return 200_000;
    }

    /** As inventories and observations name it. */
    default String name() {
        return id() + "/" + version();
    }
}
