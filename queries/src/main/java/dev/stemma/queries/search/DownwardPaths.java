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

/**
 * The shortest paths from a root down to what an {@link UpwardWalk} started from. First the distance of each node to the
 * nearest end (breadth first, chunks costing nothing), then best first with that distance as the exact estimate (A*): no
 * step is in vain, though a guest may arrange for exponentially many paths. Not thread-safe.
 */
final class DownwardPaths {

    private final Map<UpwardWalk.Node, List<UpwardWalk.Step>> steps;
    private final Map<UpwardWalk.Node, Integer> distances;

    DownwardPaths(UpwardWalk walk) {
        this.steps = walk.steps();
        this.distances = distances(steps);
    }

    /** A path and what lies at its end. */
    record Found(String path, UpwardWalk.Target target) {}

    /** The beginning of a path; an end waits in the queue as well, so that ends come out in their order. */
    private record Partial(UpwardWalk.Node at, String path, int names, int total, Optional<UpwardWalk.Target> end) {}

    private static Map<UpwardWalk.Node, Integer> distances(Map<UpwardWalk.Node, List<UpwardWalk.Step>> steps) {
        Map<UpwardWalk.Node, List<UpwardWalk.Node>> entriesInto = new HashMap<>();
        Map<UpwardWalk.Node, List<UpwardWalk.Node>> chunksInto = new HashMap<>();
        Deque<UpwardWalk.Node> waiting = new ArrayDeque<>();
        Map<UpwardWalk.Node, Integer> distances = new HashMap<>();
        steps.forEach((node, down) -> {
            for (UpwardWalk.Step step : down) {
                if (step.child().isPresent()) {
                    (step.name().isPresent() ? entriesInto : chunksInto)
                            .computeIfAbsent(step.child().get(), _ -> new ArrayList<>())
                            .add(node);
                } else if (distances.putIfAbsent(node, 1) == null) {
                    waiting.add(node);
                }
            }
        });
        while (!waiting.isEmpty()) {
            UpwardWalk.Node node = waiting.removeFirst();
            int distance = distances.getOrDefault(node, 0);
            for (UpwardWalk.Node above : chunksInto.getOrDefault(node, List.of())) {
                if (distance < distances.getOrDefault(above, Integer.MAX_VALUE)) {
                    distances.put(above, distance);
                    waiting.addFirst(above);
                }
            }
            for (UpwardWalk.Node above : entriesInto.getOrDefault(node, List.of())) {
                if (distance + 1 < distances.getOrDefault(above, Integer.MAX_VALUE)) {
                    distances.put(above, distance + 1);
                    waiting.addLast(above);
                }
            }
        }
        return distances;
    }

    /** The shortest paths from a root directory, shortest first, then by text. */
    List<Found> from(String root, int limit) {
        List<Found> found = new ArrayList<>();
        PriorityQueue<Partial> queue =
                new PriorityQueue<>(Comparator.comparingInt(Partial::total).thenComparing(Partial::path));
        UpwardWalk.Node start = new UpwardWalk.Node(root, true);
        queue.add(new Partial(start, "", 0, distances.getOrDefault(start, 0), Optional.empty()));
        while (!queue.isEmpty() && found.size() < limit) {
            Partial partial = queue.remove();
            if (partial.end().isPresent()) {
                found.add(new Found(partial.path(), partial.end().get()));
                continue;
            }
            for (UpwardWalk.Step step : steps.getOrDefault(partial.at(), List.of())) {
                String path =
                        step.name().map(name -> partial.path() + "/" + name).orElse(partial.path());
                int names = partial.names() + (step.name().isPresent() ? 1 : 0);
                UpwardWalk.Node at = step.child().orElse(partial.at());
                int rest = step.child().isPresent() ? distances.getOrDefault(at, 0) : 0;
                queue.add(new Partial(at, path, names, names + rest, step.found()));
            }
        }
        return found;
    }
}
