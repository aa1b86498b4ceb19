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
    private final String checker;
    private final List<Observation> list = new ArrayList<>();
    private long more;

    /**
     * @param by the reader
     * @param place where the file system lies
     * @param checker the program that finds out more: {@code e2fsck}
     */
    public Observed(String by, String place, String checker) {
        this.by = by;
        this.place = place;
        this.checker = checker;
    }

    /** Something is missing because of the problem. */
    public void partial(ImageProblem problem, String message) {
        add(new Observation(
                problem.code(),
                Severity.PARTIAL,
                problem.origin().toString(),
                message + ": " + problem.reason(),
                Optional.ofNullable(problem.remedy()),
                by));
    }

    /** What a person should know of the whole file system. */
    public void add(String code, Severity severity, String message, String remedy) {
        add(new Observation(code, severity, place, message, Optional.of(remedy), by));
    }

    private synchronized void add(Observation observation) {
        if (list.size() < MAX) {
            // A directory that is listed twice says the same thing once.
            if (!list.contains(observation)) {
                list.add(observation);
            }
        } else {
            more++;
        }
    }

    /** All of them, and how many more there were. */
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
                Optional.of("Run " + checker + " in the guest."),
                by));
        return all;
    }
}
