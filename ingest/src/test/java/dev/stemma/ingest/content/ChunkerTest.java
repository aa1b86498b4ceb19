package dev.stemma.ingest.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.id.Digest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where contents are cut. */
class ChunkerTest {

    private static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static List<Integer> cuts(byte[] bytes) {
        List<Integer> lengths = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += lengths.getLast()) {
            lengths.add(Chunker.cut(bytes, at, bytes.length - at));
        }
        return lengths;
    }

    private static Set<Digest> names(byte[] bytes) {
        Set<Digest> names = new HashSet<>();
        int at = 0;
        for (int length : cuts(bytes)) {
            names.add(Digest.sha256(java.util.Arrays.copyOfRange(bytes, at, at + length)));
            at += length;
        }
        return names;
    }

    @Test
    void chunksCoverTheContentWithinTheBoundsAndNearTheAverage() {
        byte[] bytes = random(1, 8 << 20);
        List<Integer> lengths = cuts(bytes);
        assertThat(lengths.stream().mapToLong(length -> length).sum()).isEqualTo(bytes.length);
        assertThat(lengths.subList(0, lengths.size() - 1))
                .allMatch(length -> length >= Chunker.MIN_BYTES && length <= Chunker.MAX_BYTES);
        assertThat(bytes.length / lengths.size()).isBetween(12 << 10, 24 << 10);
    }

    @Test
    void zerosAreCutAtTheMost() {
        assertThat(cuts(new byte[3 * Chunker.MAX_BYTES]))
                .containsExactly(Chunker.MAX_BYTES, Chunker.MAX_BYTES, Chunker.MAX_BYTES);
    }

    @Test
    void whatIsInsertedMovesNoCutFarFromIt() {
        byte[] before = random(2, 4 << 20);
        byte[] after = new byte[before.length + 1];
        int place = before.length / 2;
        System.arraycopy(before, 0, after, 0, place);
        after[place] = 42;
        System.arraycopy(before, place, after, place + 1, before.length - place);

        Set<Digest> fresh = names(after);
        fresh.removeAll(names(before));
        assertThat(fresh).hasSizeBetween(1, 4);
    }

    /**
     * The lengths were reckoned by another program, in Python, from the format's page; old stores depend on them. The content is the SHA-256 of
     * each number from 0 in decimal, one behind the other.
     */
    @Test
    void theCutsAreThoseOfTheFormat() {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int i = 0; i < 8_000; i++) {
            content.writeBytes(Digest.sha256(String.valueOf(i).getBytes(StandardCharsets.US_ASCII))
                    .bytes());
        }
        assertThat(cuts(content.toByteArray()))
                .containsExactly(
                        20217, 20715, 17786, 16769, 24465, 26086, 8519, 18017, 22258, 11262, 22111, 18262, 16489, 7157,
                        5887);
    }
}
