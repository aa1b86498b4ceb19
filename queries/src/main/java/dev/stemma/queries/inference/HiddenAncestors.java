package dev.stemma.queries.inference;

import dev.stemma.queries.inference.InferredForest.Edge;
import dev.stemma.queries.inference.InferredForest.HiddenAncestor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds ancestors that are not here: siblings in a forest that share what their parent lacks, and that they cannot both have come by, have
 * an ancestor between it and them. Packages alone never say so, since two may install the same on their own.
 */
final class HiddenAncestors {

    /** Files of one path, content and time of change that two must share and their parent lack. */
    private static final int LEAST_FILES = 3;

    private HiddenAncestors() {}

    /** @param open ids of images that may have a parent here, which is not certain enough; nothing is said of them */
    static List<HiddenAncestor> among(List<ImageTraits> images, List<Edge> edges, Set<String> open) {
        Map<String, String> parents = new HashMap<>();
        edges.forEach(edge -> parents.put(edge.childId(), edge.parentId()));
        Map<String, ImageTraits> byId = new LinkedHashMap<>();
        images.forEach(image -> byId.put(image.imageId(), image));
        Map<String, List<ImageTraits>> siblings = new LinkedHashMap<>();
        images.stream().filter(image -> !open.contains(image.imageId())).forEach(image -> siblings.computeIfAbsent(
                        parents.getOrDefault(image.imageId(), ""), _ -> new ArrayList<>())
                .add(image));
        List<HiddenAncestor> hidden = new ArrayList<>();
        siblings.forEach((parentId, children) -> groups(byId.get(parentId), children)
                .forEach(group -> hidden.add(new HiddenAncestor(
                        group.children.stream().toList(),
                        Optional.of(parentId).filter(id -> !id.isEmpty()),
                        group.evidence()))));
        return hidden;
    }

    /** Siblings that share something, and what. */
    private static final class Group {
        final Set<String> children = new TreeSet<>();
        final Set<String> fileSystems = new TreeSet<>();
        final Set<String> hostKeys = new HashSet<>();
        final Set<String> machineIds = new TreeSet<>();
        int leastFiles = Integer.MAX_VALUE;

        List<String> evidence() {
            List<String> evidence = new ArrayList<>();
            fileSystems.forEach(uuid -> evidence.add("they have the file system " + uuid));
            machineIds.forEach(id -> evidence.add("they have the machine id " + id));
            if (!hostKeys.isEmpty()) {
                evidence.add("they share " + hostKeys.size() + " SSH host keys");
            }
            if (leastFiles < Integer.MAX_VALUE) {
                evidence.add("each shares at least " + leastFiles
                        + " files with another of them that were written at the very same time and that their"
                        + " parent lacks");
            }
            return evidence;
        }
    }

    private static Collection<Group> groups(@Nullable ImageTraits parent, List<ImageTraits> children) {
        Map<String, Group> groupOf = new HashMap<>();
        List<Set<Long>> news = new ArrayList<>();
        Set<Long> known = writings(parent);
        for (ImageTraits child : children) {
            Set<Long> own = writings(child);
            own.removeAll(known);
            news.add(own);
        }
        for (int i = 0; i < children.size(); i++) {
            for (int k = i + 1; k < children.size(); k++) {
                join(parent, children.get(i), children.get(k), shared(news.get(i), news.get(k)), groupOf);
            }
        }
        return new LinkedHashSet<>(groupOf.values());
    }

    private static void join(
            @Nullable ImageTraits parent, ImageTraits a, ImageTraits b, int files, Map<String, Group> groupOf) {
        Set<String> systems = common(a.fileSystems().keySet(), b.fileSystems().keySet());
        Set<String> keys = common(a.hostKeys(), b.hostKeys());
        Set<String> machines = common(set(a), set(b));
        if (parent != null) {
            systems.removeAll(parent.fileSystems().keySet());
            keys.removeAll(parent.hostKeys());
            machines.removeAll(set(parent));
        }
        boolean manyFiles = files >= LEAST_FILES;
        if (systems.isEmpty() && keys.isEmpty() && machines.isEmpty() && !manyFiles) {
            return;
        }
        Group group = groupOf.computeIfAbsent(a.imageId(), _ -> new Group());
        Group other = groupOf.get(b.imageId());
        group.children.add(a.imageId());
        group.children.add(b.imageId());
        if (other != null && other != group) {
            group.children.addAll(other.children);
            group.fileSystems.addAll(other.fileSystems);
            group.hostKeys.addAll(other.hostKeys);
            group.machineIds.addAll(other.machineIds);
            group.leastFiles = Math.min(group.leastFiles, other.leastFiles);
        }
        group.fileSystems.addAll(systems);
        group.hostKeys.addAll(keys);
        group.machineIds.addAll(machines);
        group.leastFiles = manyFiles ? Math.min(group.leastFiles, files) : group.leastFiles;
        group.children.forEach(child -> groupOf.put(child, group));
    }

    private static Set<String> set(ImageTraits traits) {
        return traits.machineId().map(Set::of).orElse(Set.of());
    }

    private static Set<String> common(Set<String> a, Set<String> b) {
        Set<String> common = new TreeSet<>(a);
        common.retainAll(b);
        return common;
    }

    private static Set<Long> writings(@Nullable ImageTraits traits) {
        return traits == null ? new HashSet<>() : traits.own().writings();
    }

    private static int shared(Set<Long> a, Set<Long> b) {
        int shared = 0;
        for (Long each : a.size() < b.size() ? a : b) {
            shared += (a.size() < b.size() ? b : a).contains(each) ? 1 : 0;
        }
        return shared;
    }
}
