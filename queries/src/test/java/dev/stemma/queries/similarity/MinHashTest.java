package dev.stemma.queries.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.queries.RandomGuests;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MinHashTest {

    private static long[] elements(Random random, int count) {
        return random.longs(count).toArray();
    }

    private static Sketch sketch(long[] shared, long[] own) {
        MinHash hash = new MinHash();
        for (long element : shared) {
            hash.add(element, 1);
        }
        for (long element : own) {
            hash.add(element, 1);
        }
        return hash.sketch(shared.length + own.length);
    }

    @Test
    void estimatesAreAsFarFromTheTruthAsTheTheorySays() {
        Random random = RandomGuests.seeded();
        for (double similarity : new double[] {0.05, 0.3, 0.5, 0.8, 0.95}) {
            double squares = 0;
            double sum = 0;
            int rounds = 250;
            for (int i = 0; i < rounds; i++) {
                int size = 100 + random.nextInt(400);
                int shared = (int) Math.round(2 * size * similarity / (1 + similarity));
                long[] common = elements(random, shared);
                Sketch a = sketch(common, elements(random, size - shared));
                Sketch b = sketch(common, elements(random, size - shared));
                double exact = (double) shared / (2 * size - shared);
                double error = a.similarity(b) - exact;
                squares += error * error;
                sum += error;
            }
            double expected = Math.sqrt(similarity * (1 - similarity) / MinHash.K);
            assertThat(Math.sqrt(squares / rounds))
                    .as("root mean square error at %s", similarity)
                    .isLessThan(1.3 * expected)
                    .isGreaterThan(0.7 * expected);
            // Unbiased: the mean of so many is within four of its standard errors.
            assertThat(Math.abs(sum / rounds)).isLessThan(4 * expected / Math.sqrt(rounds));
            assertThat(expected).isLessThan(MinHash.ERROR + 1e-12).isEqualTo(MinHash.standardError(similarity));
        }
    }

    @Test
    void weightsCountAsTheTheorySays() {
        Random random = RandomGuests.seeded();
        double squares = 0;
        double expected = 0;
        int rounds = 300;
        for (int i = 0; i < rounds; i++) {
            MinHash a = new MinHash();
            MinHash b = new MinHash();
            double both = 0;
            double all = 0;
            for (long element : elements(random, 200)) {
                // Bytes of files: over six orders of magnitude.
                double weight = Math.ceil(Math.exp(14 * random.nextDouble()));
                int where = random.nextInt(4);
                if (where != 1) {
                    a.add(element, weight);
                }
                if (where != 2) {
                    b.add(element, weight);
                }
                all += weight;
                both += where == 1 || where == 2 ? 0 : weight;
            }
            double exact = both / all;
            double error = a.sketch(1).similarity(b.sketch(1)) - exact;
            squares += error * error;
            expected += exact * (1 - exact) / MinHash.K;
        }
        assertThat(Math.sqrt(squares / rounds))
                .isBetween(0.85 * Math.sqrt(expected / rounds), 1.15 * Math.sqrt(expected / rounds));
    }

    @Test
    void placesAreCountedAsOneByOne() {
        Random random = RandomGuests.seeded();
        for (int i = 0; i < 100; i++) {
            byte[] a = new byte[2 * MinHash.K];
            byte[] b = new byte[2 * MinHash.K];
            random.nextBytes(a);
            random.nextBytes(b);
            int equal = 0;
            for (int place = 0; place < MinHash.K; place++) {
                if (random.nextInt(100) < i) {
                    System.arraycopy(a, 2 * place, b, 2 * place, 2);
                }
                // Zero, the highest bit alone and all bits are where counting four at once could go wrong.
                a[2 * place] = random.nextInt(3) == 0 ? (byte) (b[2 * place] ^ 0x80) : a[2 * place];
                equal += a[2 * place] == b[2 * place] && a[2 * place + 1] == b[2 * place + 1] ? 1 : 0;
            }
            Sketch one = Sketch.of(a, 1);
            Sketch other = Sketch.of(b, 1);
            assertThat(one.equalPlaces(other, 0)).isEqualTo(equal);
            assertThat(one.equalPlaces(other, equal)).isEqualTo(equal);
            assertThat(one.equalPlaces(other, equal + 1)).isLessThanOrEqualTo(equal);
        }
    }

    @Test
    void bandsFindWhatTheTheorySays() {
        Random random = RandomGuests.seeded();
        for (double similarity : new double[] {0.2, 0.4, 0.5, 0.7}) {
            int rounds = 400;
            int found = 0;
            for (int i = 0; i < rounds; i++) {
                int size = 300;
                int shared = (int) Math.round(2 * size * similarity / (1 + similarity));
                long[] common = elements(random, shared);
                Sketch a = sketch(common, elements(random, size - shared));
                Sketch b = sketch(common, elements(random, size - shared));
                found += a.bands(Trait.FILES).stream().anyMatch(b.bands(Trait.FILES)::contains) ? 1 : 0;
            }
            double expected = 1 - Math.pow(1 - Math.pow(similarity, Sketch.ROWS), Sketch.BANDS);
            assertThat((double) found / rounds)
                    .as("recall at %s", similarity)
                    .isBetween(expected - 0.12, expected + 0.12);
        }
    }

    @Test
    void aSketchIsThatOfTheSetWhateverTheOrder() {
        long[] elements = elements(new Random(3), 50);
        long[] backwards = new long[elements.length];
        for (int i = 0; i < elements.length; i++) {
            backwards[i] = elements[elements.length - 1 - i];
        }
        Sketch a = sketch(elements, new long[0]);
        assertThat(sketch(backwards, new long[0]).bytes()).isEqualTo(a.bytes());
        assertThat(Sketch.of(a.bytes(), a.size()).similarity(a)).isEqualTo(1);
        assertThat(a.bands(Trait.PACKAGES)).hasSize(Sketch.BANDS).allMatch(id -> id.startsWith("packages/"));
    }

    @Test
    void nothingIsLikeNothing() {
        Sketch none = new MinHash().sketch(0);
        assertThat(none.similarity(none)).isZero();
        assertThat(none.bands(Trait.FILES)).isEmpty();
    }

    @Test
    void theConstantsOfTheAnalyzerStay() {
        MinHash hash = new MinHash();
        hash.add(1, 1);
        hash.add(2, 1000);
        // Sketches in graphs out there were made with these; a change needs a new analyzer version.
        assertThat(Long.toHexString(hash.sketch(1001).band(0))).isEqualTo("5c128e0697b8e078");
        assertThat(MinHash.ANALYZER).isEqualTo("minhash/2");
    }
}
