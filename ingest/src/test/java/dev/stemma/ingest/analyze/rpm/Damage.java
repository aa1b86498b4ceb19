package dev.stemma.ingest.analyze.rpm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Bytes as a disk or somebody might damage them: cut, zeroed, flipped, moved, or given the numbers that hurt most. */
public final class Damage {

    private static final int[] EXTREMES = {
        0, 1, -1, 2, 8, 16, 255, 4_096, 65_535, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 26, (1 << 26) + 1
    };

    private Damage() {}

    /** The same for the same seed; the first bytes are hit as often as all others. */
    public static byte[] of(byte[] whole, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] bytes = whole.clone();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            int reach = random.nextBoolean() ? bytes.length : Math.min(bytes.length, 600);
            int at = random.nextInt(reach);
            int length = Math.min(bytes.length - at, random.nextInt(1, 5_000));
            switch (random.nextInt(5)) {
                case 0 -> Arrays.fill(bytes, at, at + length, (byte) 0);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> System.arraycopy(bytes, at, bytes, random.nextInt(bytes.length - length + 1), length);
                case 3 -> number(bytes, at & ~3, random);
                case 4 -> bytes[at] = (byte) random.nextInt();
                default -> throw new IllegalStateException();
            }
        }
        return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    private static void number(byte[] bytes, int at, SplittableRandom random) {
        if (at <= bytes.length - 4) {
            int value = random.nextBoolean() ? EXTREMES[random.nextInt(EXTREMES.length)] : random.nextInt(64);
            ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            ByteBuffer.wrap(bytes).order(order).putInt(at, value);
        }
    }
}
