package dev.stemma.ingest.filesystem;

import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.Observation.Severity;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a reader could not read below the surface; the first thousand in full, the rest as a count. Safe for several threads. */
public final class Observed {

    private static final int MAX = 1_000;

    private final String by;
    private final String place;
    private final String remedy;
    private final List<Observation> list = new ArrayList<>();
    private long more;

    /**
     * @param by the reader
     * @param place where the file system lies
     * @param remedy what mends such problems, for the count of those that are left out
     */
    public Observed(String by, String place, String remedy) {
        this.by = by;
        this.place = place;
        this.remedy = remedy;
    }

    /** Something is missing because of the problem. */
    public synchronized void partial(ImageProblem problem, String message) {
        Observation observation = new Observation(
                problem.code(),
                Severity.PARTIAL,
                problem.origin().toString(),
                message + ": " + problem.reason(),
                Optional.ofNullable(problem.remedy()),
                by);
        if (list.size() < MAX) {
            // A directory that is listed twice says the same thing once.
            if (!list.contains(observation)) {
                list.add(observation);
            }
        } else {
            more++;
        }
    }

    /** Everything so far, in the order met. */
    public synchronized List<Observation> all() {
        if (more == 0) {
            return List.copyOf(list);
        }
        List<Observation> all = new ArrayList<>(list);
        all.add(new Observation(
                "more-problems",
                Severity.PARTIAL,
                place,
                more + " more problems of this kind were met",
                Optional.of(remedy),
                by));
        return all;
    }
}
