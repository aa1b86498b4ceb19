package dev.stemma.ingest.analyze.software;

import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.Observation.Severity;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What could not be used, counted by kind with some examples: a tree of ten thousand broken files is one observation of
 * each kind. Not thread-safe.
 */
final class Tallies {

    private static final int EXAMPLES = 5;

    private final Map<Kind, Tally> tallies = new TreeMap<>();

    private record Kind(String code, Severity severity, String by) implements Comparable<Kind> {
        @Override
        public int compareTo(Kind other) {
            return (code + severity + by).compareTo(other.code + other.severity + other.by);
        }
    }

    private static final class Tally {
        long count;
        final List<String> examples = new ArrayList<>(EXAMPLES);
    }

    void leftOut(String spotter, String place, String why) {
        add("software-limit", Severity.PARTIAL, spotter, place, why);
    }

    void unnamed(String spotter, String place, String why) {
        add("software-unnamed", Severity.NOTE, spotter, place, why);
    }

    void failed(String spotter, String place, ImageProblem problem) {
        add(problem.code(), Severity.PARTIAL, spotter, place, problem.reason());
    }

    private void add(String code, Severity severity, String by, String place, String why) {
        Tally tally = tallies.computeIfAbsent(new Kind(code, severity, by), _ -> new Tally());
        tally.count++;
        if (tally.examples.size() < EXAMPLES) {
            tally.examples.add(place + ": " + why);
        }
    }

    /** @param where the image */
    List<Observation> observations(String where) {
        List<Observation> all = new ArrayList<>();
        tallies.forEach((kind, tally) -> all.add(new Observation(
                kind.code,
                kind.severity,
                where,
                tally.count
                        + (tally.count == 1 ? " file: " : " files: ")
                        + String.join("; ", tally.examples)
                        + (tally.count > EXAMPLES ? "; …" : ""),
                Optional.empty(),
                kind.by)));
        return all;
    }
}
