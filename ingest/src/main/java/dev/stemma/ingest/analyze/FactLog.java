package dev.stemma.ingest.analyze;

import dev.stemma.graph.model.GuestFact;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Observation;
import dev.stemma.graph.model.Observation.Severity;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.OverBudget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one analyzer gathers: facts, bounded by kind, and observations on what it could not do. A file that cannot be read
 * or makes no sense costs an observation, not the analyzer. Not thread-safe.
 */
public final class FactLog {

    /** Most facts of one kind that an analyzer keeps; a real machine has fewer. */
    public static final int MAX_OF_A_KIND = 1_000;

    private static final int MAX_OBSERVATIONS = 100;

    private final GuestFiles files;
    private final String by;
    private final Set<GuestFact> facts = new LinkedHashSet<>();
    private final Map<Class<?>, Integer> counts = new HashMap<>();
    private final List<Observation> observations = new ArrayList<>();

    /** @param analyzer who gathers */
    public FactLog(GuestFiles files, Analyzer analyzer) {
        this.files = files;
        this.by = analyzer.name();
    }

    /** A piece of work on one file. */
    public interface Step {
        /** Does it. */
        void run(GuestPath path) throws ImageProblem;
    }

    /** The guest. */
    public GuestFiles files() {
        return files;
    }

    /** Keeps a fact; the same one twice is one. */
    public void add(GuestFact fact) {
        if (facts.contains(fact)) {
            return;
        }
        int count = counts.merge(fact.getClass(), 1, Integer::sum);
        if (count <= MAX_OF_A_KIND) {
            facts.add(fact);
        } else if (count == MAX_OF_A_KIND + 1) {
            observe(
                    "too-many-facts",
                    GuestPath.ROOT,
                    "there are more than " + MAX_OF_A_KIND + " of one kind (" + kind(fact) + "); the rest is left out");
        }
    }

    private static String kind(GuestFact fact) {
        return fact.getClass().getSimpleName();
    }

    /** Says that something is missing from the answer. */
    public void observe(String code, GuestPath path, String message) {
        if (observations.size() < MAX_OBSERVATIONS) {
            observations.add(new Observation(
                    code, Severity.PARTIAL, files.origin(path).toString(), message, Optional.empty(), by));
        }
    }

    /** Says that a file makes no sense. */
    public void malformed(GuestPath path, String message) {
        observe("malformed-configuration", path, message);
    }

    /**
     * Works on one path; what goes wrong there is observed.
     *
     * @throws OverBudget when the run is cancelled or out of time
     */
    public void attempt(GuestPath path, Step step) throws OverBudget {
        files.budget().check(files.origin(path));
        try {
            step.run(path);
        } catch (ImageProblem e) {
            files.budget().check(files.origin(path));
            observe(e.code(), path, e.reason());
        }
    }

    /**
     * Works on each entry of a directory in turn, sorted by name; at most {@link #MAX_OF_A_KIND}.
     *
     * @throws OverBudget when the run is cancelled or out of time
     */
    public void each(GuestPath directory, Step step) throws OverBudget {
        for (GuestFiles.Found found : list(directory)) {
            attempt(directory.child(found.node().name()), step);
        }
    }

    /** The entries of a directory, at most {@link #MAX_OF_A_KIND}; none when there is no such directory or it cannot be read. */
    public List<GuestFiles.Found> list(GuestPath directory) throws OverBudget {
        List<GuestFiles.Found> all = new ArrayList<>();
        attempt(directory, path -> all.addAll(files.list(path)));
        if (all.size() > MAX_OF_A_KIND) {
            observe(
                    "too-many-facts",
                    directory,
                    "it has more than " + MAX_OF_A_KIND + " entries; the rest is left out");
            return all.subList(0, MAX_OF_A_KIND);
        }
        return all;
    }

    /** All of it. */
    public Findings findings() {
        return new Findings(Optional.empty(), List.of(), observations, List.of(), List.copyOf(facts));
    }
}
