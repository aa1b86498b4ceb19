package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a store holds, and what each image costs alone. Time follows the objects of all images together; memory is some bytes for each object of the store.
 * Not thread-safe; used once.
 */
public final class StoreStatistics {

    private static final int NOBODY = -1;
    private static final int SEVERAL = -2;
    private static final int ATTEMPTS = 3;
    private static final long ASKED_OBJECTS = 1_000;

    private final ContentStore store;
    private final StoreWatch watch;
    private final Map<Integer, PackCosts> packs = new HashMap<>();
    private final List<Image> images = new ArrayList<>();
    private long[] alone = new long[16];
    private long uniqueBytes;
    private long neededBytes;
    private long walked;

    /**
     * One image.
     *
     * @param name digest of its image manifest
     * @param diskBytes that a guest sees
     * @param dataBytes of these, what is not zeros
     * @param aloneBytes on the medium that only this image needs, about: what letting go of it would free
     * @param whole whether all that it leads to is there; where not, the rest is counted as far as it is met. What is there was not read
     */
    public record Image(Digest name, long diskBytes, long dataBytes, long aloneBytes, boolean whole) {}

    /**
     * The whole.
     *
     * @param uniqueBytes of all objects that images lead to, each once, before compression
     * @param neededBytes that those take on the medium, about
     * @param size of the store; what of its packs is not needed is garbage
     */
    public record Statistics(List<Image> images, long uniqueBytes, long neededBytes, ContentStore.Size size) {
        public Statistics {
            images = List.copyOf(images);
        }

        /** Bytes that all guests see. */
        public long diskBytes() {
            return images.stream().mapToLong(Image::diskBytes).sum();
        }

        /** Of these, what is not zeros. */
        public long dataBytes() {
            return images.stream().mapToLong(Image::dataBytes).sum();
        }
    }

    /** Who needs which object of a pack, and what a byte of an object takes on the medium. */
    private record PackCosts(Pack pack, int[] owners, double ratio) {

        static PackCosts of(Pack pack) throws IOException {
            int[] owners = new int[pack.count()];
            Arrays.fill(owners, NOBODY);
            long bytes = 0;
            for (int i = 0; i < owners.length; i++) {
                bytes += pack.place(i).lengthBytes();
            }
            return new PackCosts(pack, owners, (double) pack.sizeBytes() / Math.max(1, bytes));
        }

        long stored(int number) throws IOException {
            return (long) (pack.place(number).lengthBytes() * ratio);
        }
    }

    private StoreStatistics(ContentStore store, StoreWatch watch) {
        this.store = store;
        this.watch = watch;
    }

    /** The same, with nobody who watches. */
    public static Statistics of(ContentStore store) throws IOException {
        return of(store, StoreWatch.NONE);
    }

    /**
     * Reads the manifests of all images. It waits for nothing, as long as no garbage is removed again and again meanwhile: then it is begun anew.
     *
     * @param watch may end it
     * @throws IOException when the store cannot be asked
     */
    public static Statistics of(ContentStore store, StoreWatch watch) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            long removals = store.removals();
            try {
                Statistics found = new StoreStatistics(store, watch).all();
                if (store.removals() == removals) {
                    return found;
                }
            } catch (DamagedStoreException | NoSuchFileException e) {
                // What was located may be gone by now.
                if (store.removals() == removals) {
                    throw e;
                }
            }
        }
        return store.turns().upkeep(watch, () -> new StoreStatistics(store, watch).all());
    }

    private Statistics all() throws IOException {
        List<Digest> names = store.roots().all();
        for (int i = 0; i < names.size(); i++) {
            image(names.get(i), "counting, " + (i + 1) + " of " + names.size());
        }
        List<Image> costs = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            Image image = images.get(i);
            costs.add(new Image(image.name(), image.diskBytes(), image.dataBytes(), alone[i], image.whole()));
        }
        return new Statistics(costs, uniqueBytes, neededBytes, store.size());
    }

    private void image(Digest name, String stage) throws IOException {
        Optional<ImageManifest> found;
        try {
            found = store.roots().find(name);
        } catch (DamagedStoreException e) {
            images.add(new Image(name, 0, 0, 0, false));
            return;
        }
        if (found.isEmpty()) {
            // Let go of meanwhile.
            return;
        }
        ImageManifest manifest = found.get();
        int number = images.size();
        alone = number < alone.length ? alone : Arrays.copyOf(alone, 2 * number);
        boolean whole = true;
        long data = 0;
        try {
            whole = walk(manifest, number, stage);
            for (ImageManifest.Disk disk : manifest.disks()) {
                data += dataBytes(disk, stage);
            }
        } catch (DamagedStoreException | NoSuchFileException e) {
            whole = false;
        }
        images.add(new Image(
                name,
                manifest.disks().stream()
                        .mapToLong(ImageManifest.Disk::sizeBytes)
                        .sum(),
                data,
                0,
                whole));
    }

    /** Counts what an image leads to; whether all of it is there. */
    private boolean walk(ImageManifest manifest, int number, String stage) throws IOException {
        Marks met = new Marks();
        boolean[] whole = {true};
        new ImageWalk(store, new ImageWalk.Visitor() {
                    @Override
                    public boolean meet(ObjectName object) throws IOException {
                        if (walked++ % ASKED_OBJECTS == 0) {
                            watch.at(new StoreWatch.Step(stage, walked, 0, 0, 0));
                        }
                        ContentStore.Located located =
                                store.locate(object).orElseThrow(() -> new NoSuchFileException(object.toString()));
                        boolean first = met.mark(located);
                        if (first) {
                            count(number, located);
                        }
                        return first;
                    }

                    @Override
                    public void lost(ObjectName object, IOException why) {
                        whole[0] = false;
                    }
                })
                .walk(manifest);
        return whole[0];
    }

    private long dataBytes(ImageManifest.Disk disk, String stage) throws IOException {
        long data = 0;
        DiskManifestReader runs = new DiskManifestReader(store, disk.manifest());
        for (Optional<DiskRun> run = runs.next(); run.isPresent(); run = runs.next()) {
            if (walked++ % ASKED_OBJECTS == 0) {
                watch.at(new StoreWatch.Step(stage, walked, 0, 0, 0));
            }
            data += run.get() instanceof DiskRun.Zeros ? 0 : run.get().lengthBytes();
        }
        return data;
    }

    private void count(int image, ContentStore.Located located) throws IOException {
        PackCosts pack = packs.get(located.packNumber());
        if (pack == null) {
            pack = PackCosts.of(located.pack());
            packs.put(located.packNumber(), pack);
        }
        int owner = pack.owners()[located.number()];
        long stored = pack.stored(located.number());
        if (owner == NOBODY) {
            uniqueBytes += pack.pack().place(located.number()).lengthBytes();
            neededBytes += stored;
            alone[image] += stored;
            pack.owners()[located.number()] = image;
        } else if (owner >= 0) {
            alone[owner] -= stored;
            pack.owners()[located.number()] = SEVERAL;
        }
    }
}
