package dev.stemma.queries.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.queries.RandomGuests;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Held against all pairs of the sketches, one by one, while inventories come and go. */
final class PairTableTest {

    private static Sketches.Entry entry(String id, List<Long> elements, long images) {
        MinHash hash = new MinHash();
        elements.forEach(element -> hash.add(MinHash.mix(element), 1));
        return new Sketches.Entry(id, images, hash.sketch(elements.size()), null, null);
    }

    private static Sketches sketches(Map<String, Sketches.Entry> entries) {
        return new Sketches(List.copyOf(entries.values()), Map.copyOf(entries), entries.size(), 0, true);
    }

    /** An inventory of a family, with some of its elements replaced. */
    private static Sketches.Entry member(String id, int family, Random random) {
        List<Long> elements = new ArrayList<>();
        int replaced = random.nextInt(20);
        for (int i = 0; i < 60; i++) {
            elements.add(i < replaced ? random.nextLong() : family * 1_000L + i);
        }
        return entry(id, elements, 1 + random.nextInt(3));
    }

    private static Map<Set<String>, Double> of(Pairs pairs) {
        Map<Set<String>, Double> all = new HashMap<>();
        for (int i = 0; i < pairs.inventories().size(); i++) {
            Set<Integer> seen = new HashSet<>();
            for (int at = pairs.first()[i]; at < pairs.first()[i + 1]; at++) {
                assertThat(seen.add(pairs.others()[at])).isTrue();
                all.put(
                        Set.of(pairs.inventories().get(i), pairs.inventories().get(pairs.others()[at])),
                        pairs.similarity(at));
            }
        }
        assertThat(pairs.count()).isEqualTo(all.size());
        return all;
    }

    private static Map<Set<String>, Double> expected(Map<String, Sketches.Entry> entries, double floor) {
        Map<Set<String>, Double> all = new HashMap<>();
        entries.forEach((a, one) -> entries.forEach((b, other) -> {
            double similarity = one.packages().similarity(other.packages());
            if (a.compareTo(b) < 0 && similarity >= floor) {
                all.put(Set.of(a, b), similarity);
            }
        }));
        return all;
    }

    @Test
    void pairsFollowWhatComesAndGoes() {
        Random random = RandomGuests.seeded();
        PairTable table = new PairTable(Trait.PACKAGES, 1_000_000);
        Map<String, Sketches.Entry> entries = new TreeMap<>();
        int most = 0;
        for (int round = 0; round < 25; round++) {
            for (int i = 0; i < 12; i++) {
                String id = "inventory " + random.nextInt(200);
                entries.putIfAbsent(id, member(id, random.nextInt(6), random));
            }
            for (String id : List.copyOf(entries.keySet())) {
                if (random.nextInt(8) == 0) {
                    entries.remove(id);
                }
            }
            Pairs pairs = table.follow(sketches(entries));
            assertThat(of(pairs)).isEqualTo(expected(entries, PairTable.LEAST));
            assertThat(pairs.inventories()).containsExactlyInAnyOrderElementsOf(entries.keySet());
            assertThat(pairs.imageCounts()).hasSize(entries.size());
            most = Math.max(most, of(pairs).size());
            assertThat(table.follow(sketches(entries))).isSameAs(pairs);
        }
        assertThat(most).isGreaterThan(100);
    }

    @Test
    void theSameIdWithAnotherCountOfImagesIsSeen() {
        PairTable table = new PairTable(Trait.PACKAGES, 10);
        Map<String, Sketches.Entry> entries = new TreeMap<>();
        entries.put("a", entry("a", List.of(1L), 1));
        assertThat(table.follow(sketches(entries)).imageCounts()).containsExactly(1);
        entries.put("a", entry("a", List.of(1L), 2));
        assertThat(table.follow(sketches(entries)).imageCounts()).containsExactly(2);
    }

    @Test
    void whereThereAreTooManyTheMostSimilarStay() {
        Random random = RandomGuests.seeded();
        PairTable table = new PairTable(Trait.PACKAGES, 300);
        Map<String, Sketches.Entry> entries = new TreeMap<>();
        double floor = 0;
        for (int i = 0; i < 120; i++) {
            entries.put("i" + i, member("i" + i, i % 3, random));
            Pairs pairs = table.follow(sketches(entries));
            assertThat(pairs.count()).isLessThanOrEqualTo(300);
            assertThat(pairs.floor()).isGreaterThanOrEqualTo(floor);
            floor = pairs.floor();
            assertThat(of(pairs)).isEqualTo(expected(entries, floor));
        }
        assertThat(floor).isGreaterThan(PairTable.LEAST);
    }

    @Test
    void whatHasNothingIsLikeNothing() {
        Map<String, Sketches.Entry> entries = new TreeMap<>();
        entries.put("a", entry("a", List.of(), 1));
        entries.put("b", entry("b", List.of(), 1));
        Pairs pairs = new PairTable(Trait.PACKAGES, 10).follow(sketches(entries));
        assertThat(pairs.count()).isZero();
        assertThat(new PairTable(Trait.FILES, 10).follow(sketches(entries)).inventories())
                .isEmpty();
    }
}
