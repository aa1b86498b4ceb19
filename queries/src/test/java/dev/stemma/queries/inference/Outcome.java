package dev.stemma.queries.inference;

import dev.stemma.queries.inference.InferredForest.Edge;
import dev.stemma.queries.inference.InferredForest.HiddenAncestor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What of an answer is right. Not thread-safe. */
final class Outcome {

    /** Images that have a parent that is seen. */
    int children;

    int right;

    /** Images that have none. */
    int roots;

    int rightRoots;
    int confident;
    int confidentWrong;
    int hidden;
    int hiddenRight;
    final int[] told = new int[5];
    final int[] toldRight = new int[5];

    void add(GeneratedWorld world, InferredForest forest) {
        Map<String, String> parents = new HashMap<>();
        for (Edge edge : forest.edges()) {
            parents.put(edge.childId(), edge.parentId());
            boolean right =
                    world.parent(edge.childId()).filter(edge.parentId()::equals).isPresent();
            if (edge.confidence() >= 0.9) {
                confident++;
                confidentWrong += right ? 0 : 1;
            }
            int band = (int) Math.min(4, (edge.confidence() - 0.5) * 10);
            told[band]++;
            toldRight[band] += right ? 1 : 0;
        }
        parents(world, parents);
        for (HiddenAncestor ancestor : forest.hidden()) {
            hidden++;
            hiddenRight += isThere(world, ancestor) ? 1 : 0;
        }
    }

    /** An answer that gives each child a parent and no confidence. */
    void parents(GeneratedWorld world, Map<String, String> parents) {
        for (ImageTraits image : world.visible()) {
            Optional<String> truth = world.parent(image.imageId());
            boolean equal = truth.equals(Optional.ofNullable(parents.get(image.imageId())));
            if (truth.isPresent()) {
                children++;
                right += equal ? 1 : 0;
            } else {
                roots++;
                rightRoots += equal ? 1 : 0;
            }
        }
    }

    /** Whether some image that nobody sees, and that is no ancestor of their parent, is an ancestor of all of them. */
    private static boolean isThere(GeneratedWorld world, HiddenAncestor ancestor) {
        Set<String> common = new HashSet<>(world.line(ancestor.children().getFirst()));
        for (String child : ancestor.children()) {
            common.retainAll(world.line(child));
        }
        common.removeIf(world::seen);
        ancestor.parentId().ifPresent(parent -> {
            common.removeAll(world.line(parent));
            common.remove(parent);
        });
        return !common.isEmpty();
    }

    double accuracy() {
        return (double) right / children;
    }

    double wrongAmongConfident() {
        return confident == 0 ? 0 : (double) confidentWrong / confident;
    }

    @Override
    public String toString() {
        List<String> bands = new ArrayList<>();
        for (int i = 0; i < told.length; i++) {
            bands.add(String.format(Locale.ROOT, "%.1f: %d of %d", 0.5 + i / 10.0, toldRight[i], told[i]));
        }
        return String.format(
                Locale.ROOT,
                "parents right %.3f (%d of %d), roots right %.3f (%d of %d), of %d edges of confidence 0.9 wrong %.3f,"
                        + " hidden ancestors right %d of %d; right by confidence from %s",
                accuracy(),
                right,
                children,
                roots == 0 ? 1 : (double) rightRoots / roots,
                rightRoots,
                roots,
                confident,
                wrongAmongConfident(),
                hiddenRight,
                hidden,
                String.join(", ", bands));
    }

    /** Only the first half. */
    String parentsOnly() {
        return String.format(
                Locale.ROOT,
                "parents right %.3f (%d of %d), roots right %d of %d",
                accuracy(),
                right,
                children,
                rightRoots,
                roots);
    }
}
