package dev.stemma.ingest.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.id.Digest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreStatisticsTest {

    private static final Percentage OVERHEAD = Percentage.withPercentage(5);

    @TempDir
    Path directory;

    private static List<byte[]> contents(long seed, int count) {
        Random random = new Random(seed);
        List<byte[]> contents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[10_000 + random.nextInt(150_000)];
            random.nextBytes(bytes);
            contents.add(bytes);
        }
        return contents;
    }

    private static long bytes(List<byte[]> contents) {
        return contents.stream().mapToLong(each -> each.length).sum();
    }

    /** Random bytes do not get smaller, so that what they must take can be added up. */
    @Test
    void eachImageCostsWhatNoOtherHas() throws Exception {
        List<byte[]> shared = contents(1, 60);
        List<byte[]> mine = contents(2, 40);
        List<byte[]> yours = contents(3, 20);
        try (ContentStore store = ContentStore.open(directory)) {
            Digest first = StoredImages.add(
                    store, Stream.concat(shared.stream(), mine.stream()).toList());
            Digest second = StoredImages.add(
                    store, Stream.concat(shared.stream(), yours.stream()).toList());

            StoreStatistics.Statistics found = StoreStatistics.of(store);

            assertThat(found.diskBytes()).isEqualTo(2 * bytes(shared) + bytes(mine) + bytes(yours));
            assertThat(found.dataBytes()).isEqualTo(found.diskBytes());
            assertThat(found.uniqueBytes()).isCloseTo(bytes(shared) + bytes(mine) + bytes(yours), OVERHEAD);
            assertThat(found.neededBytes()).isCloseTo(found.size().packBytes(), OVERHEAD);
            assertThat(found.images()).extracting(StoreStatistics.Image::name).containsExactlyInAnyOrder(first, second);
            assertThat(alone(found, first)).isCloseTo(bytes(mine), OVERHEAD);
            assertThat(alone(found, second)).isCloseTo(bytes(yours), OVERHEAD);

            store.roots().remove(second);
            assertThat(alone(StoreStatistics.of(store), first)).isCloseTo(bytes(shared) + bytes(mine), OVERHEAD);
        }
    }

    private static long alone(StoreStatistics.Statistics found, Digest image) {
        return found.images().stream()
                .filter(each -> each.name().equals(image))
                .findFirst()
                .orElseThrow()
                .aloneBytes();
    }
}
