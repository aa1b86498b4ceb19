package dev.stemma.ingest.fuzz;

import java.util.List;

/**
 * Makes a short input into damage to images, so that a fuzzer that is good at inputs of some hundred bytes can work on disks of
 * megabytes. An input is a list of steps: what to do, at which of the telling places, and with which bytes. So values that the
 * fuzzer sees the reader compare can be put where the reader looks.
 */
final class Damage {

    private static final int LONGEST_SHIFT = 12;

    private final List<Scratch> images;
    /** The image in the upper half, the position in the lower. */
    private final long[] places;

    Damage(List<Scratch> images) {
        this.images = List.copyOf(images);
        this.places = java.util.stream.IntStream.range(0, images.size())
                .boxed()
                .flatMapToLong(image ->
                        java.util.Arrays.stream(images.get(image).telling()).mapToLong(at -> (long) image << 32 | at))
                .toArray();
    }

    /** Does all steps from the second byte on; the first chooses the images. */
    void apply(byte[] input) {
        for (int at = 1; at + 4 <= input.length; ) {
            int what = input[at] & 0xff;
            long place = place(input, at + 1);
            at += 4;
            switch (what & 3) {
                case 0, 1 -> {
                    int length = Math.min(1 + (what >> 2 & 7), input.length - at);
                    byte[] values = java.util.Arrays.copyOfRange(input, at, at + length);
                    image(place).put((int) place + (what >> 5), values);
                    at += length;
                }
                case 2 -> {
                    int length = length(what);
                    if (at + 3 <= input.length) {
                        long from = place(input, at);
                        image(place).put(start(place, length), image(from).copy(start(from, length), length));
                        at += 3;
                    }
                }
                case 3 -> {
                    if (what == 3) {
                        image(place).cut((int) place);
                    } else {
                        int length = length(what);
                        image(place).put(start(place, length), new byte[length]);
                    }
                }
                default -> throw new IllegalStateException();
            }
        }
    }

    /** Takes all of it back. */
    void mend() {
        images.forEach(Scratch::mend);
    }

    /** Powers of two from 8 bytes to a block. */
    private static int length(int what) {
        return 1 << Math.min(3 + (what >> 2 & 15), LONGEST_SHIFT);
    }

    private static int start(long place, int length) {
        return (int) place & -length;
    }

    private Scratch image(long place) {
        return images.get((int) (place >>> 32));
    }

    private long place(byte[] input, int at) {
        long number = (input[at] & 0xff) << 16 | (input[at + 1] & 0xff) << 8 | input[at + 2] & 0xff;
        return places[(int) (number * places.length >>> 24)];
    }
}
