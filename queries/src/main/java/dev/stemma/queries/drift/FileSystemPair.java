package dev.stemma.queries.drift;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.queries.inventory.EntryFacts;
import dev.stemma.queries.inventory.GuestVolumes;
import dev.stemma.queries.inventory.VolumeFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * A file system on both sides, or on one.
 *
 * @param point where the system has it mounted, on the newer side or else on the older; packages know its paths by that; empty for what is not mounted
 */
record FileSystemPair(
        Optional<VolumeFacts.Held> before,
        Optional<VolumeFacts.Held> after,
        Optional<EntryFacts> beforeRoot,
        Optional<EntryFacts> afterRoot,
        Optional<GuestPath> point) {

    /** A path of it as the system shows it; as it is, where it is not mounted. */
    String shown(GuestPath path) {
        return point.map(above -> above.below(path)).orElse(path).escaped();
    }

    /** Selector on the newer side, or on the older one where the newer has none. */
    String selector() {
        return after.or(() -> before).map(VolumeFacts.Held::selector).orElse("");
    }

    /** What a person calls it: {@code 0:1 (ext4, label root)}. */
    String title() {
        VolumeFacts.Held held = after.or(() -> before).orElseThrow();
        return held.selector() + " (" + held.facts().type()
                + held.facts().label().map(label -> ", label " + label).orElse("") + ")";
    }

    /**
     * Pairs the file systems of two inventories: those that hold the operating systems, then those that are mounted in one place, then those of one UUID, then those
     * of one label and type, then those in one place. What is left stands alone.
     */
    static List<FileSystemPair> of(GuestVolumes before, GuestVolumes after) {
        List<VolumeFacts.Held> older = new ArrayList<>(before.readable());
        List<VolumeFacts.Held> newer = new ArrayList<>(after.readable());
        List<FileSystemPair> pairs = new ArrayList<>();
        List<BiPredicate<VolumeFacts.Held, VolumeFacts.Held>> rules = List.of(
                (a, b) -> a.chosen() && b.chosen(),
                (a, b) -> before.mountPoint(a.selector()).isPresent()
                        && before.mountPoint(a.selector()).equals(after.mountPoint(b.selector())),
                (a, b) -> a.facts().uuid().isPresent()
                        && a.facts().uuid().equals(b.facts().uuid()),
                (a, b) -> a.facts().label().isPresent()
                        && a.facts().label().equals(b.facts().label())
                        && a.facts().type().equals(b.facts().type()),
                (a, b) -> a.selector().equals(b.selector()));
        for (BiPredicate<VolumeFacts.Held, VolumeFacts.Held> rule : rules) {
            for (VolumeFacts.Held b : List.copyOf(newer)) {
                older.stream().filter(a -> rule.test(a, b)).findFirst().ifPresent(a -> {
                    older.remove(a);
                    newer.remove(b);
                    pairs.add(pair(Optional.of(a), Optional.of(b), before, after));
                });
            }
        }
        older.forEach(a -> pairs.add(pair(Optional.of(a), Optional.empty(), before, after)));
        newer.forEach(b -> pairs.add(pair(Optional.empty(), Optional.of(b), before, after)));
        return pairs;
    }

    private static FileSystemPair pair(
            Optional<VolumeFacts.Held> a, Optional<VolumeFacts.Held> b, GuestVolumes before, GuestVolumes after) {
        return new FileSystemPair(
                a,
                b,
                a.map(held -> before.roots().get(held.selector())),
                b.map(held -> after.roots().get(held.selector())),
                b.flatMap(held -> after.mountPoint(held.selector()))
                        .or(() -> a.flatMap(held -> before.mountPoint(held.selector()))));
    }
}
