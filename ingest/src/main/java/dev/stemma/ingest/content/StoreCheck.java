package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.digest.ContentDigests;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Reads a store again and holds all of it, or a sample of its frames, against its digests; then says which images lack something. Memory follows the
 * damage, and a bit for each object.
 */
public final class StoreCheck {

    private final ContentStore store;
    private final Set<ObjectName> lost = new HashSet<>();
    private final Map<ObjectName, Set<Integer>> bad = new HashMap<>();
    private final List<String> damages = new ArrayList<>();
    private long objects;
    private long bytes;

    /**
     * What was found.
     *
     * @param objects that were read and are whole
     * @param bytes of those
     * @param damages one line each: which pack, which object, what is wrong
     * @param images that lack something
     */
    public record Found(long objects, long bytes, List<String> damages, List<Digest> images) {
        public Found {
            damages = List.copyOf(damages);
            images = List.copyOf(images);
        }
    }

    private StoreCheck(ContentStore store) {
        this.store = store;
    }

    /**
     * Checks.
     *
     * @param share of the frames that are read, above 0 and up to 1 for all
     * @param seed chooses them; the same seed chooses the same
     */
    public static Found run(ContentStore store, double share, long seed) throws IOException {
        store.collecting().lock();
        try {
            return new StoreCheck(store).all(share, seed);
        } finally {
            store.collecting().unlock();
        }
    }

    /** For who goes on with what is found, and holds {@link ContentStore#collecting}. */
    static StoreCheck of(ContentStore store) {
        return new StoreCheck(store);
    }

    Found all(double share, long seed) throws IOException {
        Random random = new Random(seed);
        for (int number : store.packNumbers()) {
            pack(number, store.pack(number), share, random);
        }
        findWholeCopies();
        return new Found(objects, bytes, damages, images());
    }

    /** Objects of which no copy is whole. */
    Set<ObjectName> lost() {
        return lost;
    }

    /** In which packs the copies lie that are not whole, by what they should be. */
    Map<ObjectName, Set<Integer>> bad() {
        return bad;
    }

    /** After a crash an object may lie twice, and then one damaged copy loses nothing. */
    private void findWholeCopies() throws IOException {
        for (int number : store.packNumbers()) {
            Pack pack = store.pack(number);
            for (int i = 0; i < pack.count() && !lost.isEmpty(); i++) {
                ObjectName name = pack.object(i);
                if (lost.contains(name) && !bad.getOrDefault(name, Set.of()).contains(number) && whole(pack, i)) {
                    lost.remove(name);
                }
            }
        }
    }

    private boolean whole(Pack pack, int number) throws IOException {
        try {
            store.object(pack, number);
            return true;
        } catch (DamagedStoreException | NoSuchFileException e) {
            return false;
        }
    }

    private void pack(int number, Pack opened, double share, Random random) throws IOException {
        Pack pack;
        try {
            pack = opened.afresh();
        } catch (DamagedStoreException e) {
            lose(number, opened, e);
            return;
        } catch (NoSuchFileException e) {
            lose(number, opened, new DamagedStoreException(opened.where() + " is gone", e));
            return;
        }
        boolean[] chosen = new boolean[pack.frameCount()];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = random.nextDouble() < share;
        }
        // By frame: each is decompressed once, and none is kept.
        List<List<Integer>> byFrame = new ArrayList<>();
        for (int i = 0; i < chosen.length; i++) {
            byFrame.add(new ArrayList<>());
        }
        for (int i = 0; i < pack.count(); i++) {
            byFrame.get(pack.place(i).frame()).add(i);
        }
        for (int frame = 0; frame < chosen.length; frame++) {
            if (chosen[frame]) {
                frame(number, pack, frame, byFrame.get(frame));
            }
        }
    }

    private void lose(int packNumber, Pack pack, DamagedStoreException what) throws IOException {
        for (int i = 0; i < pack.count(); i++) {
            damaged(packNumber, pack.object(i), what);
        }
    }

    private void frame(int packNumber, Pack pack, int frame, List<Integer> numbers) throws IOException {
        byte[] held;
        try {
            held = pack.frame(frame);
        } catch (NoSuchFileException e) {
            DamagedStoreException gone = new DamagedStoreException(pack.where() + " is gone", e);
            for (int number : numbers) {
                damaged(packNumber, pack.object(number), gone);
            }
            return;
        } catch (DamagedStoreException e) {
            for (int number : numbers) {
                damaged(packNumber, pack.object(number), e);
            }
            return;
        }
        for (int number : numbers) {
            ObjectName name = pack.object(number);
            Pack.Place place = pack.place(number);
            byte[] object =
                    java.util.Arrays.copyOfRange(held, place.offsetBytes(), place.offsetBytes() + place.lengthBytes());
            try {
                if (name.kind() == ObjectKind.RECIPE) {
                    Recipe.parseRecipe(name, object);
                } else if (!ContentDigests.sha256(object).equals(name.digest())) {
                    throw new DamagedStoreException(pack.where() + " holds other bytes");
                }
                objects++;
                bytes += object.length;
            } catch (DamagedStoreException e) {
                damaged(packNumber, name, e);
            }
        }
    }

    private void damaged(int packNumber, ObjectName name, DamagedStoreException what) {
        lost.add(name);
        bad.computeIfAbsent(name, _ -> new HashSet<>()).add(packNumber);
        damages.add(name + ": " + what.getMessage());
    }

    private List<Digest> images() throws IOException {
        List<Digest> hit = new ArrayList<>();
        for (Digest image : store.roots().all()) {
            if (lacks(image)) {
                hit.add(image);
            }
        }
        return hit;
    }

    /** Each image is walked by itself: what two share, both lack. */
    private boolean lacks(Digest image) throws StoreUnreachableException {
        Marks met = new Marks();
        try {
            new ImageWalk(store, new ImageWalk.Visitor() {
                        @Override
                        public boolean meet(ObjectName name) throws IOException {
                            if (lost.contains(name)) {
                                throw new DamagedStoreException(name + " is damaged");
                            }
                            return met.mark(store.locate(name).orElseThrow());
                        }

                        @Override
                        public void lost(ObjectName name, IOException why) throws IOException {
                            throw why;
                        }
                    })
                    .walk(store.roots().read(image));
            return false;
        } catch (StoreUnreachableException e) {
            // What could not be asked for is not known to be lost.
            throw e;
        } catch (IOException e) {
            damages.add("image " + image + ": " + e.getMessage());
            return true;
        }
    }
}
