package dev.stemma.queries.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The shortest paths from a root down to what a {@link Climb} started from. First the distance of each node to the
 * nearest end (breadth first, chunks costing nothing), then best first with that distance as the exact estimate (A*): no
 * step is in vain, though a guest may arrange for exponentially many paths. Not thread-safe.
 */
final class DownwardPaths {

    private final Map<Integer, Set<Climb.Step>> steps;
    private final Map<Integer, Integer> distances;

    DownwardPaths(Climb climb) {
        this.steps = climb.steps();
        this.distances = distances(steps);
    }

    /**
     * A path and the entry at its end.
     *
     * @param parent document of the directory or chunk that holds the entry
     */
    record Found(String path, int parent, String name) {}

    /** The beginning of a path; an end waits in the queue as well, so that ends come out in their order. */
    private record Partial(int at, String path, int names, int total, Optional<String> end) {}

    private static Map<Integer, Integer> distances(Map<Integer, Set<Climb.Step>> steps) {
        Map<Integer, List<Integer>> entriesInto = new HashMap<>();
        Map<Integer, List<Integer>> chunksInto = new HashMap<>();
        Deque<Integer> waiting = new ArrayDeque<>();
        Map<Integer, Integer> distances = new HashMap<>();
        steps.forEach((node, down) -> {
            for (Climb.Step step : down) {
                if (!step.ends()) {
                    (step.name().isPresent() ? entriesInto : chunksInto)
                            .computeIfAbsent(step.child(), _ -> new ArrayList<>())
                            .add(node);
                } else if (distances.putIfAbsent(node, 1) == null) {
                    waiting.add(node);
                }
            }
        });
        while (!waiting.isEmpty()) {
            int node = waiting.removeFirst();
            int distance = distances.getOrDefault(node, 0);
            for (int above : chunksInto.getOrDefault(node, List.of())) {
                if (distance < distances.getOrDefault(above, Integer.MAX_VALUE)) {
                    distances.put(above, distance);
                    waiting.addFirst(above);
                }
            }
            for (int above : entriesInto.getOrDefault(node, List.of())) {
                if (distance + 1 < distances.getOrDefault(above, Integer.MAX_VALUE)) {
                    distances.put(above, distance + 1);
                    waiting.addLast(above);
                }
            }
        }
        return distances;
    }

    /** The shortest paths from a root directory's document, shortest first, then by text. */
    List<Found> from(int root, int limit) {
        List<Found> found = new ArrayList<>();
        PriorityQueue<Partial> queue =
                new PriorityQueue<>(Comparator.comparingInt(Partial::total).thenComparing(Partial::path));
        queue.add(new Partial(root, "", 0, distances.getOrDefault(root, 0), Optional.empty()));
        while (!queue.isEmpty() && found.size() < limit) {
            Partial partial = queue.remove();
            if (partial.end().isPresent()) {
                found.add(new Found(partial.path(), partial.at(), partial.end().get()));
                continue;
            }
            for (Climb.Step step : steps.getOrDefault(partial.at(), Set.of())) {
                String path =
                        step.name().map(name -> partial.path() + "/" + name).orElse(partial.path());
                int names = partial.names() + (step.name().isPresent() ? 1 : 0);
                int at = step.ends() ? partial.at() : step.child();
                int rest = step.ends() ? 0 : distances.getOrDefault(at, 0);
                queue.add(new Partial(at, path, names, names + rest, step.ends() ? step.name() : Optional.empty()));
            }
        }
        return found;
    }
}
