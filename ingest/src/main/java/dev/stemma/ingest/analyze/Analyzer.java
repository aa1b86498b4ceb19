package dev.stemma.ingest.analyze;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Level;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.List;

/** Reads meaning from the files of one guest. Stateless, for any thread; a new version means that it may answer otherwise. */
public interface Analyzer {

    /** Kebab case: {@code dpkg}. */
    String id();

    /** Raised with each change of what it answers, so that the results of older versions can be told. */
    int version();

    /** Paths of which one at least must be there for it to be asked. */
    List<GuestPath> wants();

    /**
     * @param before what the analyzers asked earlier have found; the identity comes first
     * @return what was found in addition, observations on what was odd included
     * @throws ImageProblem when nothing could be found; the caller makes an observation of it
     */
    Findings analyze(GuestFiles files, Level level, Findings before) throws ImageProblem;

    /** As inventories and observations name it. */
    default String name() {
        return id() + "/" + version();
    }
}
