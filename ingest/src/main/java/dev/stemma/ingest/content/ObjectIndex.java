package dev.stemma.ingest.content;

import java.util.Arrays;

/**
 * Which pack holds an object, and as which number: a hash table of digests' first words, 16 bytes a slot and half to three quarters full. Whoever
 * asks looks into the pack whether it is right. For callers that hold the store's lock.
 */
final class ObjectIndex {

    private static final int FIRST_SLOTS = 1 << 12;
    private static final int NONE = -1;

    private long[] words = new long[FIRST_SLOTS];
    private int[] packs = filled(FIRST_SLOTS);
    private int[] numbers = new int[FIRST_SLOTS];
    private int count;

    /** Tells whether an object of a pack is the one that is looked for. */
    interface Check {
        boolean is(int pack, int number);
    }

    private static int[] filled(int length) {
        int[] packs = new int[length];
        Arrays.fill(packs, NONE);
        return packs;
    }

    /** Adds one; the same again is another. */
    void add(ObjectName name, int pack, int number) {
        if (4L * count >= 3L * words.length) {
            grow();
        }
        insert(word(name), pack, number);
        count++;
    }

    /** Pack and number of an object, as pack · 2³² + number; -1 when it is not there. */
    long find(ObjectName name, Check check) {
        long word = word(name);
        int mask = words.length - 1;
        for (int slot = (int) (word >>> 32) & mask; packs[slot] != NONE; slot = (slot + 1) & mask) {
            if (words[slot] == word && check.is(packs[slot], numbers[slot])) {
                return (long) packs[slot] << 32 | numbers[slot];
            }
        }
        return -1;
    }

    int count() {
        return count;
    }

    /** Heap that it takes. */
    long bytes() {
        return 16L * words.length;
    }

    /** Nobody chooses digests, so one word of them spreads well enough. */
    private static long word(ObjectName name) {
        return name.digest().b() + name.kind().code;
    }

    private void insert(long word, int pack, int number) {
        int mask = words.length - 1;
        int slot = (int) (word >>> 32) & mask;
        while (packs[slot] != NONE) {
            slot = (slot + 1) & mask;
        }
        words[slot] = word;
        packs[slot] = pack;
        numbers[slot] = number;
    }

    private void grow() {
        if (words.length >= 1 << 29) {
            throw new IllegalStateException("the store holds more objects than its index can: " + count);
        }
        long[] oldWords = words;
        int[] oldPacks = packs;
        int[] oldNumbers = numbers;
        words = new long[2 * oldWords.length];
        packs = filled(words.length);
        numbers = new int[words.length];
        for (int i = 0; i < oldWords.length; i++) {
            if (oldPacks[i] != NONE) {
                insert(oldWords[i], oldPacks[i], oldNumbers[i]);
            }
        }
    }
}
