package dev.stemma.queries.sprawl;

import dev.stemma.queries.similarity.Pairs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A cluster as places of inventories among pairs.
 *
 * @param members places, the representative first, then by falling similarity to it
 * @param similarities of each member to the representative, estimated; 0 for a pair that is not held
 * @param images how many images they have
 * @param cohesion mean similarity of two of the images
 */
record Group(List<Integer> members, List<Double> similarities, long images, double cohesion) {

    Group {
        members = List.copyOf(members);
        similarities = List.copyOf(similarities);
    }

    int representative() {
        return members.getFirst();
    }

    /** All groups of two images and more, largest first. */
    static List<Group> of(Pairs pairs, int[] clusters) {
        Map<Integer, List<Integer>> byCluster = new HashMap<>();
        for (int place = 0; place < clusters.length; place++) {
            byCluster.computeIfAbsent(clusters[place], _ -> new ArrayList<>()).add(place);
        }
        double[] closeness = closeness(pairs, clusters);
        return byCluster.values().stream()
                .map(places -> group(pairs, clusters, closeness, places))
                .filter(group -> group.images() > 1)
                .sorted(Comparator.comparingLong(Group::images).reversed().thenComparing(group -> pairs.inventories()
                        .get(group.representative())))
                .toList();
    }

    /** For each inventory the sum of its similarity to all other images of its cluster. */
    private static double[] closeness(Pairs pairs, int[] clusters) {
        double[] closeness = new double[clusters.length];
        for (int place = 0; place < clusters.length; place++) {
            closeness[place] = pairs.imageCounts()[place] - 1;
            for (int at = pairs.first()[place]; at < pairs.first()[place + 1]; at++) {
                int other = pairs.others()[at];
                if (clusters[other] == clusters[place]) {
                    closeness[place] += pairs.similarity(at) * pairs.imageCounts()[other];
                }
            }
        }
        return closeness;
    }

    private static Group group(Pairs pairs, int[] clusters, double[] closeness, List<Integer> places) {
        int representative = places.getFirst();
        long images = 0;
        double sum = 0;
        for (int place : places) {
            images += pairs.imageCounts()[place];
            sum += closeness[place] * pairs.imageCounts()[place];
            int order = Double.compare(closeness[place], closeness[representative]);
            boolean earlier =
                    pairs.inventories().get(place).compareTo(pairs.inventories().get(representative)) < 0;
            representative = order > 0 || order == 0 && earlier ? place : representative;
        }
        Map<Integer, Double> near = new HashMap<>();
        for (int at = pairs.first()[representative]; at < pairs.first()[representative + 1]; at++) {
            near.put(pairs.others()[at], pairs.similarity(at));
        }
        near.put(representative, 1.0);
        int self = representative;
        List<Integer> members = places.stream()
                .sorted(Comparator.<Integer>comparingInt(place -> place == self ? 0 : 1)
                        .thenComparing(place -> -near.getOrDefault(place, 0.0))
                        .thenComparing(place -> pairs.inventories().get(place)))
                .toList();
        return new Group(
                members,
                members.stream().map(place -> near.getOrDefault(place, 0.0)).toList(),
                images,
                images < 2 ? 1 : sum / images / (images - 1));
    }
}
