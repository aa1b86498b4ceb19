package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes out of a store what is damaged, so that it is missing and not false: whoever has it can then bring it again, by a check-in of the same image, and all images
 * that lacked it are whole. What is whole in a damaged pack is written anew first, and of what lies twice a whole copy stays. Nothing else is written to the store meanwhile.
 * Memory follows the number of recipes. Not thread-safe; used once.
 */
public final class StoreRepair {

    private static final int ASKED_OBJECTS = 100;

    private final ContentStore store;
    private final StoreWatch watch;
    private final StoreCheck check;
    private final Set<ObjectName> gone = new HashSet<>();
    private final Map<ObjectName, Boolean> whole = new HashMap<>();

    /**
     * What was done.
     *
     * @param found what all of the store was like before
     * @param objects that were taken out: damaged ones, and recipes of contents that lack one
     * @param packs that were written anew, or are gone
     * @param manifests image manifests that were missing or damaged and were made anew, sorted
     */
    public record Repaired(StoreCheck.Found found, long objects, int packs, List<Digest> manifests) {
        public Repaired {
            manifests = List.copyOf(manifests);
        }
    }

    private StoreRepair(ContentStore store, StoreWatch watch) {
        this.store = store;
        this.watch = watch;
        this.check = StoreCheck.of(store, watch);
    }

    /** The same, with nobody who watches, and where no more image manifests are expected than there are. */
    public static Repaired run(ContentStore store) throws IOException {
        return run(store, Set.of(), StoreWatch.NONE);
    }

    /**
     * Reads all of the store, and takes out what is damaged.
     *
     * @param wanted names of image manifests that should be there
     * @param watch may end it; what was taken out until then is out
     */
    public static Repaired run(ContentStore store, Set<Digest> wanted, StoreWatch watch) throws IOException {
        return store.turns().upkeep(watch, () -> {
            StoreRepair repair = new StoreRepair(store, watch);
            StoreCheck.Found found = repair.check.all(1, 0);
            return store.turns().alone(watch, () -> repair.repair(found, wanted));
        });
    }

    private Repaired repair(StoreCheck.Found found, Set<Digest> wanted) throws IOException {
        int changed = 0;
        for (Digest pack : store.damagedPacks().names()) {
            store.discard(pack);
            changed++;
        }
        List<Integer> packs = store.packNumbers();
        // A recipe promises that all of its content is there, so it goes with what it leads to; and before it, since a
        // crash may come between.
        for (int number : packs) {
            broken(store.pack(number));
        }
        gone.addAll(check.lost());
        for (ObjectKind kind : List.of(ObjectKind.RECIPE, ObjectKind.NODE, ObjectKind.CHUNK)) {
            for (int number : store.packNumbers()) {
                watch.at(StoreWatch.Step.of("taking out what is damaged"));
                changed += without(number, kind) ? 1 : 0;
            }
        }
        return new Repaired(found, gone.size(), changed, new ManifestRepair(store, watch).run(wanted));
    }

    private void broken(Pack pack) throws IOException {
        for (int i = 0; i < pack.count(); i++) {
            ObjectName name = pack.object(i);
            if (i % ASKED_OBJECTS == 0) {
                watch.at(StoreWatch.Step.of("looking for contents that lack something"));
            }
            if (name.kind() == ObjectKind.RECIPE && !whole(name)) {
                gone.add(name);
            }
        }
    }

    private boolean whole(ObjectName name) throws IOException {
        if (check.lost().contains(name) || !store.has(name)) {
            return false;
        }
        if (name.kind() == ObjectKind.CHUNK) {
            return true;
        }
        Boolean known = whole.get(name);
        if (known != null) {
            return known;
        }
        // Until its own answer is there: what led back to itself would not be whole.
        whole.put(name, false);
        Recipe recipe = recipe(name);
        boolean all = true;
        for (Recipe.Item item : recipe.items()) {
            all &= item.object().isEmpty()
                    || whole(new ObjectName(recipe.below(), item.object().get()));
        }
        whole.put(name, all);
        return all;
    }

    private Recipe recipe(ObjectName name) throws IOException {
        byte[] bytes = read(name);
        return name.kind() == ObjectKind.RECIPE ? Recipe.parseRecipe(name, bytes) : Recipe.parseNode(name, bytes);
    }

    /** From a pack where its copy is whole. */
    private byte[] read(ObjectName name) throws IOException {
        Set<Integer> bad = check.bad().getOrDefault(name, Set.of());
        if (bad.isEmpty()) {
            return store.object(name);
        }
        for (int number : store.packNumbers()) {
            Pack pack = store.pack(number);
            for (int i = 0; i < pack.count() && !bad.contains(number); i++) {
                if (pack.is(i, name)) {
                    return store.object(pack, i);
                }
            }
        }
        throw new DamagedStoreException("no copy of " + name + " is whole");
    }

    /** Writes a pack anew without what it must not hold of a kind, and without all else of that sort; whether it held such. */
    private boolean without(int number, ObjectKind kind) throws IOException {
        Pack pack = store.pack(number);
        List<Integer> kept = new ArrayList<>();
        boolean held = false;
        for (int i = 0; i < pack.count(); i++) {
            ObjectName name = pack.object(i);
            if (gone.contains(name) || check.bad().getOrDefault(name, Set.of()).contains(number)) {
                held |= name.kind() == kind;
            } else {
                kept.add(i);
            }
        }
        if (!held) {
            return false;
        }
        Set<Integer> old = new HashSet<>(Set.of(number));
        if (!kept.isEmpty()) {
            old.remove(store.rewrite(pack, kept));
        }
        store.remove(old);
        return true;
    }
}
