package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Reads a store again and holds all of it, or a sample of its frames, against its digests; then says which images lack something. Memory follows the
 * damage, and a bit for each object.
 */
public final class StoreCheck {

    private final ContentStore store;
    private final Set<ObjectName> lost = new HashSet<>();
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
            StoreCheck check = new StoreCheck(store);
            Random random = new Random(seed);
            for (int number : store.packNumbers()) {
                check.pack(store.pack(number), share, random);
            }
            return new Found(check.objects, check.bytes, check.damages, check.images());
        } finally {
            store.collecting().unlock();
        }
    }

    private void pack(Pack opened, double share, Random random) throws IOException {
        Pack pack;
        try {
            pack = opened.afresh();
        } catch (DamagedStoreException e) {
            lose(opened, e);
            return;
        } catch (NoSuchFileException e) {
            lose(opened, new DamagedStoreException(opened.where() + " is gone", e));
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
                frame(pack, frame, byFrame.get(frame));
            }
        }
    }

    private void lose(Pack pack, DamagedStoreException what) throws IOException {
        for (int i = 0; i < pack.count(); i++) {
            damaged(pack.object(i), what);
        }
    }

    private void frame(Pack pack, int frame, List<Integer> numbers) throws IOException {
        byte[] held;
        try {
            held = pack.frame(frame);
        } catch (NoSuchFileException e) {
            DamagedStoreException gone = new DamagedStoreException(pack.where() + " is gone", e);
            for (int number : numbers) {
                damaged(pack.object(number), gone);
            }
            return;
        } catch (DamagedStoreException e) {
            for (int number : numbers) {
                damaged(pack.object(number), e);
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
                } else if (!Digest.sha256(object).equals(name.digest())) {
                    throw new DamagedStoreException(pack.where() + " holds other bytes");
                }
                objects++;
                bytes += object.length;
            } catch (DamagedStoreException e) {
                damaged(name, e);
            }
        }
    }

    private void damaged(ObjectName name, DamagedStoreException what) {
        lost.add(name);
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
