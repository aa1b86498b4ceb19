package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Checks small images into a store, lets go of old ones and collects garbage, until it is killed: {@code java … StoreProcess STORE SEED}. Says
 * {@code + IMAGE} when an image is in, and {@code - IMAGE} before it lets go of one.
 */
final class StoreProcess {

    private static final int KEPT = 4;

    private StoreProcess() {}

    public static void main(String[] args) throws Exception {
        Random random = new Random(Long.parseLong(args[1]));
        try (ContentStore store = ContentStore.open(Path.of(args[0]))) {
            System.out.println("open");
            Deque<Digest> images = new ArrayDeque<>();
            while (true) {
                images.add(image(store, random));
                System.out.println("+ " + images.getLast());
                if (images.size() > KEPT) {
                    System.out.println("- " + images.getFirst());
                    store.roots().remove(images.removeFirst());
                    GarbageCollection.run(store, Duration.ofSeconds(-5));
                }
            }
        }
    }

    /** Contents of which every second one is in many images. */
    private static Digest image(ContentStore store, Random random) throws IOException {
        List<byte[]> contents = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            byte[] bytes = new byte[1 + random.nextInt(200_000)];
            new Random(i % 2 == 0 ? i : random.nextLong()).nextBytes(bytes);
            contents.add(bytes);
        }
        return StoredImages.add(store, contents);
    }
}
