package dev.stemma.queries.catalog;

/**
 * Numbers of things by half of their digests: 128 bits tell millions apart. Open addressing over plain arrays, 40 to 80 bytes each. Not thread-safe.
 */
final class DigestNumbers {

    private static final int NONE = -1;

    private long[] keys = new long[2 << 10];
    private int[] numbers = filled(1 << 10);
    private int size;

    private static int[] filled(int length) {
        int[] numbers = new int[length];
        java.util.Arrays.fill(numbers, NONE);
        return numbers;
    }

    private static int slot(long[] keys, int[] numbers, long a, long b) {
        int mask = numbers.length - 1;
        int slot = (int) (a ^ (a >>> 32)) & mask;
        while (numbers[slot] != NONE && (keys[2 * slot] != a || keys[2 * slot + 1] != b)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** The number that was put, or -1. */
    int find(long a, long b) {
        return numbers[slot(keys, numbers, a, b)];
    }

    /** @param number 0 or more, for what has none */
    void put(long a, long b, int number) {
        if (2 * ++size > numbers.length) {
            grow();
        }
        set(keys, numbers, a, b, number);
    }

    private static void set(long[] keys, int[] numbers, long a, long b, int number) {
        int slot = slot(keys, numbers, a, b);
        keys[2 * slot] = a;
        keys[2 * slot + 1] = b;
        numbers[slot] = number;
    }

    private void grow() {
        long[] wider = new long[2 * keys.length];
        int[] more = filled(2 * numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] != NONE) {
                set(wider, more, keys[2 * i], keys[2 * i + 1], numbers[i]);
            }
        }
        keys = wider;
        numbers = more;
    }
}
