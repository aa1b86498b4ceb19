package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Frees what no image manifest leads to: marks from all image manifests, then removes packs that hold nothing marked and writes anew what is
 * marked of those that hold little. A crash at any moment leaves objects twice at worst. Check-ins that are under way end first, and new ones wait while
 * packs are removed.
 */
public final class GarbageCollection {

    private static final long ASKED_OBJECTS = 1_000;
    private static final String FREEING = "freeing";

    /** Each time the index is made anew, and meanwhile the medium holds both. */
    private static final long REMOVED_AT_ONCE_BYTES = 1L << 30;

    private final ContentStore store;
    private final Instant before;
    private final StoreWatch watch;
    private final Marks marks = new Marks();
    private final Set<Digest> walked = new HashSet<>();
    private long met;
    private long allBytes;
    private long sweptBytes;

    /**
     * What was freed.
     *
     * @param packs that were removed
     * @param bytes of the medium, less what was written anew
     * @param kept objects that images lead to
     */
    public record Freed(int packs, long bytes, long kept) {}

    private GarbageCollection(ContentStore store, Instant before, StoreWatch watch) {
        this.store = store;
        this.before = before;
        this.watch = watch;
    }

    /** Says which image manifests are to go. */
    @FunctionalInterface
    public interface Dropped {
        /** Their names, of those that are there; asked first to know what need not be marked, and again while nothing is written: those of the second answer go. */
        Set<Digest> names() throws IOException;
    }

    /** The same, where all image manifests stay, with nobody who watches. */
    public static Freed run(ContentStore store, Duration grace) throws IOException {
        return run(store, grace, Set::of, StoreWatch.NONE);
    }

    /**
     * Collects.
     *
     * @param grace packs that are younger stay as they are
     * @param dropped image manifests that go first
     * @param watch may end it; what was freed until then is freed
     * @throws DamagedStoreException when an image does not have all that it leads to; nothing is removed then
     */
    public static Freed run(ContentStore store, Duration grace, Dropped dropped, StoreWatch watch) throws IOException {
        GarbageCollection collection =
                new GarbageCollection(store, Instant.now().minus(grace), watch);
        return store.turns().upkeep(watch, () -> {
            collection.mark(dropped.names());
            return store.turns().alone(watch, () -> {
                for (Digest image : dropped.names()) {
                    store.roots().remove(image);
                }
                // Images that came while others were marked.
                collection.mark(Set.of());
                return collection.sweep();
            });
        });
    }

    private void mark(Set<Digest> but) throws IOException {
        ImageWalk walk = new ImageWalk(store, new ImageWalk.Visitor() {
            @Override
            public boolean meet(ObjectName name) throws WorkEndedException {
                if (met++ % ASKED_OBJECTS == 0) {
                    watch.at(new StoreWatch.Step("marking", met, 0, 0, 0));
                }
                return marks.mark(store.locate(name).orElseThrow());
            }

            @Override
            public void lost(ObjectName name, IOException why) throws IOException {
                throw new DamagedStoreException("garbage is not collected while an image lacks " + name, why);
            }
        });
        for (Digest image : store.roots().all()) {
            if (!but.contains(image) && walked.add(image)) {
                Optional<ImageManifest> manifest = store.roots().find(image);
                if (manifest.isPresent()) {
                    walk.walk(manifest.get());
                }
            }
        }
    }

    /**
     * First the recipes that nothing leads to, durably, and then what only they lead to: who finds a recipe takes it that all of it is there. Recipes lie in
     * packs of their own, which are small.
     */
    private Freed sweep() throws IOException {
        Set<Integer> recipes = new HashSet<>();
        Set<Integer> others = new HashSet<>();
        long kept = 0;
        for (int number : store.packNumbers()) {
            Pack pack = store.pack(number);
            BitSet live = marks.of(number);
            kept += live.cardinality();
            if (deadRecipe(pack, live)) {
                recipes.add(number);
            } else if (2 * live.cardinality() <= pack.count()
                    && store.putAt(pack).isBefore(before)) {
                others.add(number);
            }
        }
        int packs = recipes.size() + others.size();
        allBytes = bytes(recipes) + bytes(others);
        Set<Integer> deadRecipes = dead(recipes);
        Set<Integer> dead = dead(others);
        long freed = removeAll(deadRecipes);
        try {
            freed += rewrite(recipes);
        } catch (DamagedStoreException | WorkEndedException | StoreUnreachableException | StoreInUseException e) {
            throw e;
        } catch (IOException e) {
            // The medium may be so full that not even these can be written. What they do not lead to may go before
            // them.
            Set<Integer> unreached = unreached(dead, recipes);
            if (unreached.isEmpty()) {
                throw e;
            }
            dead.removeAll(unreached);
            freed += removeAll(unreached) + rewrite(recipes);
        }
        freed += removeAll(dead);
        return new Freed(packs, freed + rewrite(others), kept);
    }

    /** Takes those that hold nothing marked out of a set, and gives them. */
    private Set<Integer> dead(Set<Integer> numbers) {
        Set<Integer> dead = new HashSet<>();
        for (int number : numbers) {
            if (marks.of(number).isEmpty()) {
                dead.add(number);
            }
        }
        numbers.removeAll(dead);
        return dead;
    }

    /** Those packs to which no recipe of others leads, marked or not. */
    private Set<Integer> unreached(Set<Integer> packs, Set<Integer> recipes) throws IOException {
        Set<Integer> rest = new HashSet<>(packs);
        for (int number : recipes) {
            Pack pack = store.pack(number);
            for (int i = 0; i < pack.count(); i++) {
                watch.at(new StoreWatch.Step(FREEING, 0, 0, sweptBytes, allBytes));
                ObjectName name = pack.object(i);
                if (name.kind() == ObjectKind.RECIPE) {
                    reach(Recipe.parseRecipe(name, store.object(pack, i)), rest);
                }
            }
        }
        return rest;
    }

    /** Levels of recipes fall, so the depth is bounded. */
    private void reach(Recipe recipe, Set<Integer> rest) throws IOException {
        for (Recipe.Item item : recipe.items()) {
            if (item.object().isPresent()) {
                ObjectName name = new ObjectName(recipe.below(), item.object().get());
                Optional<ContentStore.Located> located = store.locate(name);
                if (located.isPresent()) {
                    rest.remove(located.get().packNumber());
                    if (name.kind() == ObjectKind.NODE) {
                        reach(Recipe.parseNode(name, store.object(name)), rest);
                    }
                }
            }
        }
    }

    private static boolean deadRecipe(Pack pack, BitSet live) throws IOException {
        for (int i = live.nextClearBit(0); i < pack.count(); i = live.nextClearBit(i + 1)) {
            if (pack.object(i).kind() == ObjectKind.RECIPE) {
                return true;
            }
        }
        return false;
    }

    private long removeAll(Set<Integer> numbers) throws IOException {
        watch.at(new StoreWatch.Step(FREEING, 0, 0, sweptBytes, allBytes));
        long bytes = bytes(numbers);
        remove(numbers);
        sweptBytes += bytes;
        return bytes;
    }

    /** Writes anew what is marked of packs, and removes these; takes those out of the set that it has done. */
    private long rewrite(Set<Integer> numbers) throws IOException {
        Set<Integer> gone = new HashSet<>();
        Set<Integer> written = new HashSet<>();
        long bytes = 0;
        long goneBytes = 0;
        try {
            for (int number : List.copyOf(new TreeSet<>(numbers))) {
                watch.at(new StoreWatch.Step(FREEING, 0, 0, sweptBytes, allBytes));
                Pack pack = store.pack(number);
                int kept = store.rewrite(pack, marks.of(number).stream().boxed().toList());
                numbers.remove(number);
                written.add(kept);
                gone.add(number);
                // What is left may be just what another pack holds, which then holds it for both.
                gone.removeAll(written);
                bytes += pack.sizeBytes() - store.pack(kept).sizeBytes();
                sweptBytes += pack.sizeBytes();
                goneBytes += pack.sizeBytes();
                if (goneBytes >= REMOVED_AT_ONCE_BYTES) {
                    remove(gone);
                    gone.clear();
                    goneBytes = 0;
                }
            }
        } catch (IOException | RuntimeException e) {
            // What was written anew need not lie twice.
            try {
                remove(gone);
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
        remove(gone);
        return bytes;
    }

    private void remove(Set<Integer> numbers) throws IOException {
        if (!numbers.isEmpty()) {
            store.remove(numbers);
            store.settle();
        }
    }

    private long bytes(Set<Integer> numbers) throws IOException {
        long bytes = 0;
        for (int number : numbers) {
            bytes += store.pack(number).sizeBytes();
        }
        return bytes;
    }
}
