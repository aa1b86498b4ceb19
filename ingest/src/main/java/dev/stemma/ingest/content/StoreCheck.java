package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.digest.ContentDigests;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Reads a store again and holds all of it, or a sample of its frames, against its digests; then says which images lack something. Memory follows the
 * damage, and a bit for each object.
 */
public final class StoreCheck {

    private static final long ASKED_OBJECTS = 1_000;

    private final ContentStore store;
    private final StoreWatch watch;
    private final Set<ObjectName> lost = new HashSet<>();
    private final Map<ObjectName, Set<Integer>> bad = new HashMap<>();
    private final List<String> damages = new ArrayList<>();
    private final byte[] held = new byte[PackForm.MAX_FRAME_BYTES];
    private long objects;
    private long bytes;
    private long gone;
    private long goneBytes;
    private StoreWatch.Step all = StoreWatch.Step.of("reading");

    /**
     * What was found.
     *
     * @param objects that were read and are whole
     * @param bytes of those
     * @param damages one line each: which pack, which object, what is wrong
     * @param images that lack something
     * @param packs that cannot be read at all, sorted
     */
    public record Found(long objects, long bytes, List<String> damages, List<Digest> images, List<Digest> packs) {
        public Found {
            packs = List.copyOf(packs);
            damages = List.copyOf(damages);
            images = List.copyOf(images);
        }
    }

    private StoreCheck(ContentStore store, StoreWatch watch) {
        this.store = store;
        this.watch = watch;
    }

    /** The same, with nobody who watches. */
    public static Found run(ContentStore store, double share, long seed) throws IOException {
        return run(store, share, seed, StoreWatch.NONE);
    }

    /**
     * Checks.
     *
     * @param share of the frames that are read, above 0 and up to 1 for all
     * @param seed chooses them; the same seed chooses the same
     */
    public static Found run(ContentStore store, double share, long seed, StoreWatch watch) throws IOException {
        return store.turns().upkeep(watch, () -> new StoreCheck(store, watch).all(share, seed));
    }

    /** Whose turn it is may go on with what is found. */
    static StoreCheck of(ContentStore store, StoreWatch watch) {
        return new StoreCheck(store, watch);
    }

    Found all(double share, long seed) throws IOException {
        store.tryDamagedAgain();
        Random random = new Random(seed);
        ContentStore.Size size = store.size();
        all = new StoreWatch.Step("reading", 0, (long) (share * size.objects()), 0, (long) (share * size.packBytes()));
        for (int number : store.packNumbers()) {
            pack(number, share, random);
        }
        findWholeCopies();
        damages.addAll(store.damagedPacks().lines());
        return new Found(objects, bytes, damages, images(), store.damagedPacks().names());
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

    private void pack(int number, double share, Random random) throws IOException {
        Pack pack;
        try {
            pack = store.pack(number).requireReadable();
        } catch (DamagedStoreException e) {
            store.setAside(number, e);
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

    private void frame(int packNumber, Pack pack, int frame, List<Integer> numbers) throws IOException {
        watch.at(new StoreWatch.Step(all.stage(), gone, all.totalObjects(), goneBytes, all.totalBytes()));
        gone += numbers.size();
        goneBytes += pack.frameBytes(frame);
        try {
            pack.frame(frame, held);
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
            try {
                if (name.kind() == ObjectKind.RECIPE) {
                    int end = place.offsetBytes() + place.lengthBytes();
                    Recipe.parseRecipe(name, Arrays.copyOfRange(held, place.offsetBytes(), end));
                } else if (!ContentDigests.sha256(held, place.offsetBytes(), place.lengthBytes())
                        .equals(name.digest())) {
                    throw new DamagedStoreException(pack.where() + " holds other bytes");
                }
                objects++;
                bytes += place.lengthBytes();
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
        List<Digest> images = store.roots().all();
        for (int i = 0; i < images.size(); i++) {
            if (lacks(images.get(i), "looking for what images lack, " + (i + 1) + " of " + images.size())) {
                hit.add(images.get(i));
            }
        }
        return hit;
    }

    /** Images that lack something, as far as that is known without reading it. */
    public static List<Digest> lacking(ContentStore store, StoreWatch watch) throws IOException {
        return store.turns().upkeep(watch, () -> new StoreCheck(store, watch).images());
    }

    /** Each image is walked by itself: what two share, both lack. */
    private boolean lacks(Digest image, String stage) throws StoreUnreachableException, WorkEndedException {
        long[] count = new long[1];
        Marks met = new Marks();
        try {
            Optional<ImageManifest> manifest = store.roots().find(image);
            if (manifest.isEmpty()) {
                // Let go of meanwhile.
                return false;
            }
            new ImageWalk(store, new ImageWalk.Visitor() {
                        @Override
                        public boolean meet(ObjectName name) throws IOException {
                            if (count[0]++ % ASKED_OBJECTS == 0) {
                                watch.at(new StoreWatch.Step(stage, count[0], 0, 0, 0));
                            }
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
                    .walk(manifest.get());
            return false;
        } catch (StoreUnreachableException | WorkEndedException e) {
            // What could not be asked for is not known to be lost.
            throw e;
        } catch (IOException e) {
            damages.add("image " + image + ": " + e.getMessage());
            return true;
        }
    }
}
