package dev.stemma.ingest.content;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes out of a store what is damaged, so that it is missing and not false: whoever has it can then bring it again, by a check-in of the same image, and all images
 * that lacked it are whole. What is whole in a damaged pack is written anew first. Nothing else is written to the store meanwhile. Memory follows the number of
 * recipes. Not thread-safe; used once.
 */
public final class StoreRepair {

    private final ContentStore store;
    private final Set<ObjectName> lost = new HashSet<>();
    private final Map<ObjectName, Boolean> whole = new HashMap<>();

    /**
     * What was done.
     *
     * @param objects that were taken out: damaged ones, and recipes of contents that lack one
     * @param packs that were written anew, or are gone
     */
    public record Repaired(long objects, int packs) {}

    private StoreRepair(ContentStore store) {
        this.store = store;
    }

    /** Reads all of the store, and takes out what is damaged. */
    public static Repaired run(ContentStore store) throws IOException {
        store.collecting().lock();
        try {
            return store.alone(() -> new StoreRepair(store).repair());
        } finally {
            store.collecting().unlock();
        }
    }

    private Repaired repair() throws IOException {
        List<Integer> packs = store.packNumbers();
        for (int number : packs) {
            damaged(store.pack(number));
        }
        if (!lost.isEmpty()) {
            // A recipe promises that all of its content is there, so it goes with what it leads to; and before it,
            // since a crash may come between.
            for (int number : packs) {
                broken(store.pack(number));
            }
        }
        int changed = 0;
        for (ObjectKind kind : List.of(ObjectKind.RECIPE, ObjectKind.NODE, ObjectKind.CHUNK)) {
            for (int number : store.packNumbers()) {
                changed += without(number, kind) ? 1 : 0;
            }
        }
        return new Repaired(lost.size(), changed);
    }

    private void damaged(Pack pack) throws IOException {
        for (int i : byFrame(pack)) {
            ObjectName name = pack.object(i);
            try {
                byte[] bytes = store.object(pack, i);
                if (name.kind() == ObjectKind.RECIPE) {
                    Recipe.parseRecipe(name, bytes);
                }
            } catch (DamagedStoreException e) {
                lost.add(name);
            }
        }
    }

    /** Numbers of its objects, so that each frame is decompressed once. */
    private static List<Integer> byFrame(Pack pack) throws IOException {
        int[] frames = new int[pack.count()];
        List<Integer> numbers = new ArrayList<>(frames.length);
        for (int i = 0; i < frames.length; i++) {
            frames[i] = pack.place(i).frame();
            numbers.add(i);
        }
        numbers.sort(Comparator.comparingInt(i -> frames[i]));
        return numbers;
    }

    private void broken(Pack pack) throws IOException {
        for (int i = 0; i < pack.count(); i++) {
            ObjectName name = pack.object(i);
            if (name.kind() == ObjectKind.RECIPE && !whole(name)) {
                lost.add(name);
            }
        }
    }

    private boolean whole(ObjectName name) throws IOException {
        if (lost.contains(name) || !store.has(name)) {
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
        byte[] bytes = store.object(name);
        Recipe recipe =
                name.kind() == ObjectKind.RECIPE ? Recipe.parseRecipe(name, bytes) : Recipe.parseNode(name, bytes);
        boolean all = true;
        for (Recipe.Item item : recipe.items()) {
            all &= item.object().isEmpty()
                    || whole(new ObjectName(recipe.below(), item.object().get()));
        }
        whole.put(name, all);
        return all;
    }

    /** Writes a pack anew without what was lost of a kind, and all else that was lost; whether it held such. */
    private boolean without(int number, ObjectKind kind) throws IOException {
        Pack pack = store.pack(number);
        List<Integer> kept = new ArrayList<>();
        boolean held = false;
        for (int i = 0; i < pack.count(); i++) {
            ObjectName name = pack.object(i);
            if (lost.contains(name)) {
                held |= name.kind() == kind;
            } else {
                kept.add(i);
            }
        }
        if (!held) {
            return false;
        }
        Set<Integer> gone = new HashSet<>(Set.of(number));
        if (!kept.isEmpty()) {
            gone.remove(store.rewrite(pack, kept));
        }
        store.remove(gone);
        return true;
    }
}
