package dev.stemma.ingest.content;

import dev.stemma.graph.id.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts contents where the bytes say, so that what is inserted or removed moves no other cut: FastCDC with normalized chunking (Xia and
 * others, "The Design of Fast Content-Defined Chunking for Data Deduplication Based Storage Systems", IEEE TPDS 31/9, 2020).
 */
final class Chunker {

    /** Nothing shorter, unless the content ends. */
    static final int MIN_BYTES = 4 << 10;

    static final int AVERAGE_BYTES = 16 << 10;

    /** Nothing longer. */
    static final int MAX_BYTES = 64 << 10;

    /** Two bits more than the average asks for before it, two less after: most chunks come out near it. */
    private static final long MASK_BEFORE = -1L << (64 - 16);

    private static final long MASK_AFTER = -1L << (64 - 12);

    private static final long[] GEAR = gear();

    private Chunker() {}

    /**
     * The length of the first chunk of what is there.
     *
     * @param lengthBytes how much there is, more than 0; where it is less than {@link #MAX_BYTES} the content ends with it
     */
    static int cut(byte[] bytes, int offset, int lengthBytes) {
        if (lengthBytes <= MIN_BYTES) {
            return lengthBytes;
        }
        int end = offset + Math.min(lengthBytes, MAX_BYTES);
        int average = Math.min(end, offset + AVERAGE_BYTES);
        long hash = 0;
        int at = offset + MIN_BYTES;
        while (at < average) {
            hash = (hash << 1) + GEAR[bytes[at++] & 0xff];
            if ((hash & MASK_BEFORE) == 0) {
                return at - offset;
            }
        }
        while (at < end) {
            hash = (hash << 1) + GEAR[bytes[at++] & 0xff];
            if ((hash & MASK_AFTER) == 0) {
                return at - offset;
            }
        }
        return end - offset;
    }

    /** Words that anyone can make again, and that no content was made to fit. */
    private static long[] gear() {
        byte[] domain = "stemma-gear/1\0".getBytes(StandardCharsets.US_ASCII);
        byte[] text = Arrays.copyOf(domain, domain.length + 1);
        long[] gear = new long[256];
        for (int i = 0; i < gear.length; i++) {
            text[domain.length] = (byte) i;
            gear[i] = Digest.sha256(text).a();
        }
        return gear;
    }
}
