package dev.stemma.queries.sprawl;

import dev.stemma.queries.similarity.Pairs;
import dev.stemma.queries.similarity.Similar;
import dev.stemma.queries.similarity.SimilarityFinder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says what merging groups would change and save. Safe for use by several threads. */
final class Plans {

    private final Holdings holdings;
    private final SimilarityFinder similarity;

    Plans(Holdings holdings, SimilarityFinder similarity) {
        this.holdings = holdings;
        this.similarity = similarity;
    }

    /** Each group in short; those whose images went meanwhile are left out. */
    List<Clusters.Cluster> shorts(Pairs pairs, List<Group> groups) {
        List<String> inventories = groups.stream()
                .flatMap(group -> inventories(pairs, group).stream())
                .toList();
        Map<String, List<Holdings.Holding>> images = holdings.of(inventories);
        List<Clusters.Cluster> clusters = new ArrayList<>();
        for (Group group : groups) {
            inShort(pairs, group, images).ifPresent(clusters::add);
        }
        return clusters;
    }

    /** The whole plan; empty when its images went meanwhile. */
    Optional<ClusterPlan> plan(Pairs pairs, Group group) {
        List<String> inventories = inventories(pairs, group);
        Map<String, List<Holdings.Holding>> images = holdings.of(inventories);
        return inShort(pairs, group, images)
                .map(cluster -> new ClusterPlan(cluster, members(cluster, group, inventories, images)));
    }

    private static List<String> inventories(Pairs pairs, Group group) {
        return group.members().stream().map(pairs.inventories()::get).toList();
    }

    private static Optional<Clusters.Cluster> inShort(
            Pairs pairs, Group group, Map<String, List<Holdings.Holding>> images) {
        String inventory = pairs.inventories().get(group.representative());
        // Of several images with the very same contents the one that most holds on to.
        Optional<Holdings.Holding> chosen = images.getOrDefault(inventory, List.of()).stream()
                .reduce((one, other) -> other.holds() > one.holds() ? other : one);
        return chosen.map(representative -> {
            long machines = 0;
            long withdrawable = 0;
            long saved = 0;
            for (String each : inventories(pairs, group)) {
                for (Holdings.Holding holding : images.getOrDefault(each, List.of())) {
                    boolean other = !holding.image().equals(representative.image());
                    boolean free = other && holding.reasons().isEmpty();
                    machines += other ? holding.machineCount() : 0;
                    withdrawable += free ? 1 : 0;
                    saved += free ? holding.bytes() : 0;
                }
            }
            return new Clusters.Cluster(
                    representative.image(),
                    inventory,
                    group.images(),
                    group.members().size(),
                    group.cohesion(),
                    machines,
                    withdrawable,
                    saved);
        });
    }

    private List<ClusterPlan.Member> members(
            Clusters.Cluster cluster,
            Group group,
            List<String> inventories,
            Map<String, List<Holdings.Holding>> images) {
        Map<String, Similar.Reason> changes = new HashMap<>(similarity.packageReasons(
                cluster.inventoryId(),
                inventories.subList(0, Math.min(inventories.size(), ClusterPlan.Member.MAX_EXPLAINED))));
        List<ClusterPlan.Member> members = new ArrayList<>();
        for (int i = 0; i < inventories.size(); i++) {
            for (Holdings.Holding holding : images.getOrDefault(inventories.get(i), List.of())) {
                if (members.size() < ClusterPlan.MAX_MEMBERS) {
                    members.add(new ClusterPlan.Member(
                            holding.image(),
                            inventories.get(i),
                            group.similarities().get(i),
                            Optional.ofNullable(changes.get(inventories.get(i))),
                            holding.bytes(),
                            holding.machines(),
                            holding.machineCount(),
                            advice(cluster, holding),
                            holding.image().equals(cluster.representative()) ? List.of() : holding.reasons()));
                }
            }
        }
        return members;
    }

    private static ClusterPlan.Advice advice(Clusters.Cluster cluster, Holdings.Holding holding) {
        if (holding.image().equals(cluster.representative())) {
            return ClusterPlan.Advice.REPRESENTATIVE;
        }
        return holding.reasons().isEmpty() ? ClusterPlan.Advice.WITHDRAW : ClusterPlan.Advice.MOVE;
    }
}
