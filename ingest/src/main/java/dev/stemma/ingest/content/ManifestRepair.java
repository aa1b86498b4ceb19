package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes image manifests anew that are damaged or missing. Such a manifest only names its disks, and those lie in packs: each content that begins as a disk manifest is a
 * disk of some image, and the name of a manifest, which is the digest of its text, tells whether it is this one's. One that is damaged and that nothing fits is removed, so
 * that it is missing and not false. Reads all of the store, where a manifest is damaged or missing at all. Not thread-safe; used once.
 */
final class ManifestRepair {

    /** An image of more disks is not put together again: there are too many ways to do it. */
    private static final int MAX_DISKS = 3;

    private static final long MAX_TRIES = 4_000_000;
    private static final long ASKED_OBJECTS = 100;
    private static final byte[] MAGIC = DiskManifestWriter.MAGIC.getBytes(StandardCharsets.US_ASCII);

    private final ContentStore store;
    private final StoreWatch watch;
    private final Map<Digest, ImageManifest> made = new HashMap<>();
    private final Set<Digest> missing = new HashSet<>();

    ManifestRepair(ContentStore store, StoreWatch watch) {
        this.store = store;
        this.watch = watch;
    }

    /**
     * Repairs what can be.
     *
     * @param wanted names of those that should be there
     * @return names of those that were made anew, sorted
     */
    List<Digest> run(Set<Digest> wanted) throws IOException {
        List<Digest> damaged = new ArrayList<>();
        for (Digest name : store.roots().all()) {
            if (!store.roots().whole(name)) {
                damaged.add(name);
                missing.add(name);
            }
        }
        for (Digest name : wanted) {
            if (!store.roots().whole(name)) {
                missing.add(name);
            }
        }
        if (missing.isEmpty()) {
            return List.of();
        }
        List<ImageManifest.Disk> disks = disks();
        for (int count = 1; count <= MAX_DISKS && !missing.isEmpty(); count++) {
            if (Math.pow(disks.size(), count) <= MAX_TRIES) {
                attempt(disks, List.of(), count);
            }
        }
        for (Digest name : damaged) {
            if (missing.contains(name)) {
                store.roots().remove(name);
            }
        }
        for (ImageManifest manifest : made.values()) {
            store.roots().add(manifest);
        }
        return List.copyOf(new TreeSet<>(made.keySet()));
    }

    private void attempt(List<ImageManifest.Disk> all, List<ImageManifest.Disk> chosen, int more) {
        if (more == 0) {
            ImageManifest manifest = new ImageManifest(chosen);
            if (missing.remove(manifest.name())) {
                made.put(manifest.name(), manifest);
            }
            return;
        }
        for (ImageManifest.Disk disk : all) {
            List<ImageManifest.Disk> next = new ArrayList<>(chosen);
            next.add(disk);
            attempt(all, next, more - 1);
        }
    }

    /** All contents of the store that begin as a disk manifest does. */
    private List<ImageManifest.Disk> disks() throws IOException {
        List<ImageManifest.Disk> disks = new ArrayList<>();
        Set<Digest> seen = new HashSet<>();
        long gone = 0;
        long all = store.size().objects();
        for (int number : store.packNumbers()) {
            Pack pack = store.pack(number);
            for (int i : inOrder(pack)) {
                if (gone++ % ASKED_OBJECTS == 0) {
                    watch.at(new StoreWatch.Step("looking for the disks of lost images", gone, all, 0, 0));
                }
                ObjectName name = pack.object(i);
                if (begins(pack, i, name) && seen.add(name.digest())) {
                    disks.add(new ImageManifest.Disk(
                            new DiskManifestReader(store, name.digest()).sizeBytes(), name.digest()));
                }
            }
        }
        return disks;
    }

    /** By frame, so that each is decompressed once. */
    private static List<Integer> inOrder(Pack pack) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        int[] frames = new int[pack.count()];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = pack.place(i).frame();
            numbers.add(i);
        }
        numbers.sort(Comparator.comparingInt(i -> frames[i]));
        return numbers;
    }

    private boolean begins(Pack pack, int number, ObjectName name) throws IOException {
        return switch (name.kind()) {
            case NODE -> false;
            case CHUNK -> {
                byte[] bytes = store.object(pack, number);
                yield Arrays.mismatch(bytes, MAGIC) == MAGIC.length;
            }
            case RECIPE -> {
                try {
                    yield new DiskManifestReader(store, name.digest()).sizeBytes() >= 0;
                } catch (DamagedStoreException e) {
                    yield false;
                }
            }
        };
    }
}
