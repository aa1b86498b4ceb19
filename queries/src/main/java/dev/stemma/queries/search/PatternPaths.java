package dev.stemma.queries.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.util.automaton.CharacterRunAutomaton;

/**
 * Walks down again along what a {@link Climb} found, where each name fits its pattern. A directory that many images share is
 * walked once. Not thread-safe.
 */
final class PatternPaths {

    /** Paths below one directory that are kept; whether there is one at all is always told. */
    private static final int MAX_PATHS = 1_000;

    private final Map<Integer, Set<Climb.Step>> steps;
    private final List<CharacterRunAutomaton> patterns;
    private final Map<Integer, List<DownwardPaths.Found>> known = new HashMap<>();

    PatternPaths(Map<Integer, Set<Climb.Step>> steps, List<String> patterns) {
        this.steps = steps;
        this.patterns = patterns.stream()
                .map(pattern -> new CharacterRunAutomaton(Patterns.glob(pattern)))
                .toList();
    }

    /** The paths below a directory's document that fit, by text; relative, with a leading slash. */
    List<DownwardPaths.Found> from(int directory) {
        return known.computeIfAbsent(directory, id -> {
            List<DownwardPaths.Found> found = new ArrayList<>();
            down(id, 0, "", found);
            found.sort(Comparator.comparing(DownwardPaths.Found::path));
            return found;
        });
    }

    private void down(int at, int depth, String path, List<DownwardPaths.Found> found) {
        for (Climb.Step step : steps.getOrDefault(at, Set.of())) {
            Optional<String> name = step.name();
            if (name.isEmpty()) {
                // A chunk of a large directory; it is no name, and no deeper.
                down(step.child(), depth, path, found);
            } else if (depth < patterns.size() && patterns.get(depth).run(name.get())) {
                String longer = path + "/" + name.get();
                boolean last = depth == patterns.size() - 1;
                if (last && step.ends()) {
                    if (found.size() < MAX_PATHS) {
                        found.add(new DownwardPaths.Found(longer, at, name.get()));
                    }
                } else if (!last && !step.ends()) {
                    down(step.child(), depth + 1, longer, found);
                }
            }
        }
    }
}
