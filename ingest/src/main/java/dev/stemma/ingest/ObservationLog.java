package dev.stemma.ingest;

import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.Observation.Severity;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one run noticed. The image's own name is left out of places, so that equal images have equal observations. Of one
 * kind, at most {@link #MAX_OF_A_KIND} are kept and the rest counted. Safe for use by several threads.
 */
final class ObservationLog {

    /** The pipeline with its version, where no reader or analyzer speaks. */
    static final String NAME = "ingest/1";

    /** Enough to see what is wrong; a disk that is broken all over must not fill the graph with saying so. */
    static final int MAX_OF_A_KIND = 200;

    private final String imageName;
    private final List<Observation> kept = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, Observation> last = new HashMap<>();

    /** @param image the outermost place */
    ObservationLog(Origin image) {
        this.imageName = image.toString();
    }

    synchronized void add(Observation observation) {
        Observation placed = new Observation(
                observation.code(),
                observation.severity(),
                withoutImage(observation.where()),
                observation.message(),
                observation.remedy(),
                observation.by());
        String kind = placed.code() + " " + placed.severity() + " " + placed.by();
        if (counts.merge(kind, 1, Integer::sum) <= MAX_OF_A_KIND) {
            kept.add(placed);
        } else {
            last.put(kind, placed);
        }
    }

    void addAll(List<Observation> observations) {
        observations.forEach(this::add);
    }

    /** A problem that costs less than the run. */
    void add(ImageProblem problem, Severity severity, String by) {
        add(problem, severity, by, "");
    }

    /** @param subject what it is about, in front of the reason: a path with a colon */
    void add(ImageProblem problem, Severity severity, String by, String subject) {
        add(new Observation(
                problem.code(),
                severity,
                problem.origin().toString(),
                subject + problem.reason(),
                Optional.ofNullable(problem.remedy()),
                by));
    }

    private String withoutImage(String where) {
        if (where.equals(imageName)) {
            return "disk";
        }
        String start = imageName + " › ";
        return where.startsWith(start) ? where.substring(start.length()) : where;
    }

    /** All of them, and for each kind of which there were too many one that counts the rest. */
    synchronized List<Observation> all() {
        List<Observation> all = new ArrayList<>(kept);
        last.forEach((kind, example) -> all.add(new Observation(
                example.code(),
                example.severity(),
                "disk",
                "and " + (counts.getOrDefault(kind, 0) - MAX_OF_A_KIND) + " more of this kind",
                example.remedy(),
                example.by())));
        return List.copyOf(all);
    }
}
