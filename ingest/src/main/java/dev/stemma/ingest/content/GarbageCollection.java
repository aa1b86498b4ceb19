package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Frees what no image manifest leads to: marks from all image manifests, then removes packs that hold nothing marked and writes anew what is
 * marked of those that hold little. A crash at any moment leaves objects twice at worst. Check-ins that are under way end first, and new ones wait while
 * packs are removed.
 */
public final class GarbageCollection {

    private final ContentStore store;
    private final Instant before;
    private final Marks marks = new Marks();
    private final Set<Digest> walked = new HashSet<>();

    /**
     * What was freed.
     *
     * @param packs that were removed
     * @param bytes of the medium, less what was written anew
     * @param kept objects that images lead to
     */
    public record Freed(int packs, long bytes, long kept) {}

    private GarbageCollection(ContentStore store, Instant before) {
        this.store = store;
        this.before = before;
    }

    /**
     * Collects.
     *
     * @param grace packs that are younger stay as they are
     * @throws DamagedStoreException when an image does not have all that it leads to; nothing is removed then
     */
    public static Freed run(ContentStore store, Duration grace) throws IOException {
        GarbageCollection collection =
                new GarbageCollection(store, Instant.now().minus(grace));
        store.collecting().lock();
        try {
            collection.mark();
            return store.alone(() -> {
                // Images that came while others were marked.
                collection.mark();
                return collection.sweep();
            });
        } finally {
            store.collecting().unlock();
        }
    }

    private void mark() throws IOException {
        ImageWalk walk = new ImageWalk(store, new ImageWalk.Visitor() {
            @Override
            public boolean meet(ObjectName name) {
                return marks.mark(store.locate(name).orElseThrow());
            }

            @Override
            public void lost(ObjectName name, IOException why) throws IOException {
                throw new DamagedStoreException("garbage is not collected while an image lacks " + name, why);
            }
        });
        for (Digest image : store.roots().all()) {
            if (walked.add(image)) {
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
        return new Freed(recipes.size() + others.size(), free(recipes) + free(others), kept);
    }

    private static boolean deadRecipe(Pack pack, BitSet live) throws IOException {
        for (int i = live.nextClearBit(0); i < pack.count(); i = live.nextClearBit(i + 1)) {
            if (pack.object(i).kind() == ObjectKind.RECIPE) {
                return true;
            }
        }
        return false;
    }

    private long free(Set<Integer> numbers) throws IOException {
        long bytes = 0;
        Set<Integer> gone = new HashSet<>(numbers);
        for (int number : numbers) {
            Pack pack = store.pack(number);
            BitSet live = marks.of(number);
            bytes += pack.sizeBytes();
            if (!live.isEmpty()) {
                int written = store.rewrite(pack, live.stream().boxed().toList());
                bytes -= store.pack(written).sizeBytes();
                // What is left may be just what another pack holds, which then holds it for both.
                gone.remove(written);
            }
        }
        if (!gone.isEmpty()) {
            store.remove(gone);
        }
        return bytes;
    }
}
