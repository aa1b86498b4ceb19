package dev.stemma.ingest.reference.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.ingest.reference.nbd.Pieces.Holder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Held against an array with a holder for each byte. The seed of a failure is in its message; {@code -Dseed=N} begins there. */
class PiecesTest {

    private static final long FIRST = Long.getLong("seed", 1);
    private static final int SIZE = 300;

    @Test
    void eachByteHasTheHolderThatItWasGivenLast() {
        for (long seed = FIRST; seed < FIRST + 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Holder[] model = new Holder[SIZE];
            Arrays.fill(model, Holder.BELOW);
            Pieces pieces = new Pieces();
            for (int i = 0; i < 60; i++) {
                int from = random.nextInt(SIZE);
                int to = random.nextInt(from + 1, SIZE + 1);
                Holder holder = random.nextBoolean() ? Holder.FILE : Holder.ZEROS;
                pieces.mark(from, to, holder);
                Arrays.fill(model, from, to, holder);
                requireSame("seed " + seed + " step " + i, pieces, model, random.nextInt(SIZE));
            }
        }
    }

    private static void requireSame(String where, Pieces pieces, Holder[] model, int from) {
        long at = from;
        for (Pieces.Stretch stretch : pieces.within(from, SIZE)) {
            assertThat(stretch.offsetBytes()).as(where).isEqualTo(at);
            for (long k = 0; k < stretch.lengthBytes(); k++) {
                assertThat(model[(int) (at + k)]).as(where).isEqualTo(stretch.holder());
            }
            at += stretch.lengthBytes();
        }
        assertThat(at).as(where).isEqualTo(SIZE);
        int changes = 0;
        for (int i = 0; i < SIZE; i++) {
            changes += model[i] != Holder.BELOW && (i == 0 || model[i] != model[i - 1]) ? 1 : 0;
        }
        assertThat(pieces.count())
                .as(where + ": neighbours of one holder are one")
                .isEqualTo(changes);
    }

    @Test
    void whatEndsWhereAnotherBeginsIsNotAskedFor() {
        Pieces pieces = new Pieces();
        pieces.mark(0, 10, Holder.FILE);
        pieces.mark(20, 30, Holder.ZEROS);
        assertThat(pieces.within(10, 20)).isEqualTo(List.of(new Pieces.Stretch(10, 10, Holder.BELOW)));
        assertThat(pieces.within(5, 5)).isEmpty();
    }
}
