package dev.stemma.ingest.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A frame that is lent stays as it is, however many are read meanwhile in however little memory. */
class FrameCacheTest {

    private static final int CONTENT_BYTES = 24 << 20;
    private static final long ROOM_FOR_TWO = 2L * PackForm.MAX_FRAME_BYTES;

    @TempDir
    Path directory;

    @BeforeEach
    void fill() throws IOException {
        byte[] bytes = new byte[CONTENT_BYTES];
        new Random(1).nextBytes(bytes);
        try (ContentStore store = ContentStore.open(directory);
                StoreWriter writer = store.writer();
                ContentWriter content = writer.content()) {
            content.data(bytes, 0, bytes.length);
            content.end();
            content.finish();
            writer.commit();
        }
    }

    private static Pack largest(ContentStore store) throws IOException {
        Pack largest = store.pack(store.packNumbers().getFirst());
        for (int number : store.packNumbers()) {
            Pack pack = store.pack(number);
            largest = pack.frameCount() > largest.frameCount() ? pack : largest;
        }
        assertThat(largest.frameCount()).isGreaterThan(8);
        return largest;
    }

    private static List<byte[]> frames(Pack pack) throws IOException {
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < pack.frameCount(); i++) {
            frames.add(new byte[pack.heldBytes(i)]);
            pack.frame(i, frames.getLast());
        }
        return frames;
    }

    private static void require(FrameCache.Lent lent, byte[] expected) {
        assertThat(Arrays.mismatch(lent.bytes(), 0, expected.length, expected, 0, expected.length))
                .isEqualTo(-1);
    }

    @Test
    void aLentFrameIsNotTakenForAnother() throws Exception {
        try (ContentStore store = ContentStore.open(directory)) {
            Pack pack = largest(store);
            List<byte[]> expected = frames(pack);
            FrameCache cache = new FrameCache(ROOM_FOR_TWO);
            try (FrameCache.Lent kept = cache.lend(pack, 0)) {
                for (int round = 0; round < 2; round++) {
                    for (int i = 0; i < expected.size(); i++) {
                        try (FrameCache.Lent lent = cache.lend(pack, i)) {
                            require(lent, expected.get(i));
                        }
                    }
                }
                require(kept, expected.getFirst());
            }
        }
    }

    @Test
    void memoryIsUsedAgain() throws Exception {
        try (ContentStore store = ContentStore.open(directory)) {
            Pack pack = largest(store);
            FrameCache cache = new FrameCache(ROOM_FOR_TWO);
            List<byte[]> rooms = new ArrayList<>();
            for (int i = 0; i < pack.frameCount() - 1; i++) {
                try (FrameCache.Lent lent = cache.lend(pack, i)) {
                    byte[] room = lent.bytes();
                    if (rooms.stream().noneMatch(other -> other == room)) {
                        rooms.add(room);
                    }
                }
            }
            assertThat(rooms).hasSize(2);
        }
    }

    @Test
    void severalThreadsGetWhatTheyAskFor() throws Exception {
        try (ContentStore store = ContentStore.open(directory);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            Pack pack = largest(store);
            List<byte[]> expected = frames(pack);
            FrameCache cache = new FrameCache(ROOM_FOR_TWO);
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                Random random = new Random(thread);
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 100; i++) {
                        int number = random.nextInt(expected.size());
                        try (FrameCache.Lent lent = cache.lend(pack, number)) {
                            require(lent, expected.get(number));
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    @Test
    void aFrameThatCannotBeReadIsAskedForAgain() throws Exception {
        try (ContentStore store = ContentStore.open(directory)) {
            Pack pack = largest(store);
            Path file = file(pack);
            byte[] whole = Files.readAllBytes(file);
            byte[] damaged = whole.clone();
            Arrays.fill(damaged, 100, 200, (byte) 0);
            FrameCache cache = new FrameCache(ROOM_FOR_TWO);
            Files.write(file, damaged);
            assertThatThrownBy(() -> cache.lend(pack, 0)).isInstanceOf(DamagedStoreException.class);
            Files.write(file, whole);
            try (FrameCache.Lent lent = cache.lend(pack, 0)) {
                byte[] expected = new byte[pack.heldBytes(0)];
                pack.frame(0, expected);
                require(lent, expected);
            }
        }
    }

    private Path file(Pack pack) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(path -> path.toString().endsWith(".pack"))
                    .filter(path -> path.toFile().length() == pack.sizeBytes())
                    .findFirst()
                    .orElseThrow();
        }
    }
}
