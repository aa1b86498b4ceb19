package dev.stemma.ingest.analyze.software;

import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.OverBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What spotters have seen in one image: each version once, with the places where it lies. Bounded: what is too much is
 * counted, and said at the end. Not thread-safe.
 */
public final class Sightings {

    /** Versions of one image; the largest images seen have some ten thousand. */
    static final int MAX_VERSIONS = 200_000;

    /** Places of one version; the same module lies hundreds of times in some trees. */
    static final int MAX_PLACES = 100;

    private final TreeMap<String, Seen> seen = new TreeMap<>();
    private final Tallies tallies;
    private final Budget budget;
    private String spotter = "";

    private record Seen(Software software, SortedSet<String> places) {}

    Sightings(Tallies tallies, Budget budget) {
        this.tallies = tallies;
        this.budget = budget;
    }

    void by(String name) {
        spotter = name;
    }

    /** Takes what was found; a name or version that cannot be used is counted. */
    public void add(Software.Draft draft, String place) {
        draft.find()
                .ifPresentOrElse(
                        software -> add(software, place), () -> unnamed(place, "its name or version cannot be used"));
    }

    private void add(Software software, String place) {
        Seen known = seen.get(software.purl());
        if (known == null) {
            if (seen.size() >= MAX_VERSIONS) {
                tallies.leftOut(spotter, place, "more than " + MAX_VERSIONS + " versions");
                return;
            }
            known = new Seen(software, new TreeSet<>());
            seen.put(software.purl(), known);
        }
        if (known.places.size() < MAX_PLACES) {
            known.places.add(place);
        } else if (!known.places.contains(place)) {
            tallies.leftOut(spotter, place, "more than " + MAX_PLACES + " places of one version");
        }
    }

    /** A file of the right kind that does not say what it is. */
    public void unnamed(String place, String why) {
        tallies.unnamed(spotter, place, why);
    }

    /**
     * A part of a file that cannot be read; the rest of it goes on.
     *
     * @throws OverBudget when the run is cancelled, or may read no more
     */
    public void failed(String place, ImageProblem problem) throws OverBudget {
        budget.check(problem.origin());
        if (problem instanceof OverBudget over && over.code().equals(Allowance.CODE)) {
            throw over;
        }
        tallies.failed(spotter, place, problem);
    }

    /** In the order of their purls. */
    List<InstalledPackage> packages() {
        List<InstalledPackage> packages = new ArrayList<>(seen.size());
        seen.values().forEach(one -> packages.add(one.software.installed(one.places)));
        return packages;
    }
}
