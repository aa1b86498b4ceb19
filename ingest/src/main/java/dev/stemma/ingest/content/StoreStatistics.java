package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
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

    private final ContentStore store;
    private final Map<Integer, PackCosts> packs = new HashMap<>();
    private final List<Image> images = new ArrayList<>();
    private long[] alone = new long[16];
    private long uniqueBytes;
    private long neededBytes;

    /**
     * One image.
     *
     * @param name digest of its image manifest
     * @param diskBytes that a guest sees
     * @param dataBytes of these, what is not zeros
     * @param aloneBytes on the medium that only this image needs, about: what letting go of it would free
     */
    public record Image(Digest name, long diskBytes, long dataBytes, long aloneBytes) {}

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

    private StoreStatistics(ContentStore store) {
        this.store = store;
    }

    /**
     * Reads the manifests of all images.
     *
     * @throws DamagedStoreException when an image lacks something
     */
    public static Statistics of(ContentStore store) throws IOException {
        store.collecting().lock();
        try {
            StoreStatistics statistics = new StoreStatistics(store);
            List<Digest> names = store.roots().all();
            List<Image> images = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                statistics.image(i, names.get(i));
            }
            for (int i = 0; i < names.size(); i++) {
                Image image = statistics.images.get(i);
                images.add(new Image(image.name(), image.diskBytes(), image.dataBytes(), statistics.alone[i]));
            }
            return new Statistics(images, statistics.uniqueBytes, statistics.neededBytes, store.size());
        } finally {
            store.collecting().unlock();
        }
    }

    private void image(int number, Digest name) throws IOException {
        alone = number < alone.length ? alone : Arrays.copyOf(alone, 2 * number);
        ImageManifest manifest = store.roots().read(name);
        Marks met = new Marks();
        new ImageWalk(store, new ImageWalk.Visitor() {
                    @Override
                    public boolean meet(ObjectName object) throws IOException {
                        ContentStore.Located located = store.locate(object).orElseThrow();
                        boolean first = met.mark(located);
                        if (first) {
                            count(number, located);
                        }
                        return first;
                    }

                    @Override
                    public void lost(ObjectName object, IOException why) throws IOException {
                        throw new DamagedStoreException("the image " + name + " lacks " + object, why);
                    }
                })
                .walk(manifest);
        long data = 0;
        for (ImageManifest.Disk disk : manifest.disks()) {
            data += dataBytes(disk);
        }
        images.add(new Image(
                name,
                manifest.disks().stream()
                        .mapToLong(ImageManifest.Disk::sizeBytes)
                        .sum(),
                data,
                0));
    }

    private long dataBytes(ImageManifest.Disk disk) throws IOException {
        long data = 0;
        DiskManifestReader runs = new DiskManifestReader(store, disk.manifest());
        for (Optional<DiskRun> run = runs.next(); run.isPresent(); run = runs.next()) {
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
