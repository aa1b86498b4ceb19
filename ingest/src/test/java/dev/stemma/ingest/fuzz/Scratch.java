package dev.stemma.ingest.fuzz;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.Origin;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * An image in an array that is damaged and mended again, so that a fuzzer need not copy it for each input. Changes are remembered
 * until {@link #mend}. For one thread.
 */
public final class Scratch implements ByteSource {

    private static final int SECTOR_BYTES = 512;

    private final String name;
    private final byte[] bytes;
    private final Deque<Change> changes = new ArrayDeque<>();
    private int size;

    /** Bytes as they were before a change. */
    private record Change(int at, byte[] before) {}

    public Scratch(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
        this.size = bytes.length;
    }

    public static Scratch of(Path file) throws java.io.IOException {
        return new Scratch(String.valueOf(file.getFileName()), Files.readAllBytes(file));
    }

    /** Of the file that it was made from. */
    public String name() {
        return name;
    }

    /** Writes bytes; what would lie behind the end is left out. */
    public void put(int at, byte... values) {
        int length = Math.clamp(bytes.length - (long) at, 0, values.length);
        if (at >= 0 && length > 0) {
            changes.push(new Change(at, Arrays.copyOfRange(bytes, at, at + length)));
            System.arraycopy(values, 0, bytes, at, length);
        }
    }

    /** A number of four bytes, the lowest first. */
    public void putLittle(int at, int value) {
        put(at, (byte) value, (byte) (value >> 8), (byte) (value >> 16), (byte) (value >> 24));
    }

    /** A number of four bytes, the highest first. */
    public void putBig(int at, int value) {
        putLittle(at, Integer.reverseBytes(value));
    }

    /** Bytes as they stand now; behind the end there are zeros. */
    public byte[] copy(int at, int length) {
        return Arrays.copyOfRange(bytes, at, at + length);
    }

    /** Where something was changed since it was last mended. */
    public List<Integer> changed() {
        return changes.stream().map(Change::at).toList();
    }

    /** Ends here from now on. */
    public void cut(int sizeBytes) {
        size = Math.min(size, sizeBytes);
    }

    /** Takes all changes back. */
    public void mend() {
        while (!changes.isEmpty()) {
            Change change = changes.pop();
            System.arraycopy(change.before, 0, bytes, change.at, change.before.length);
        }
        size = bytes.length;
    }

    /**
     * Positions, in steps of 8, at which something is stored that a reader decides by: neither zeros nor what looks like the
     * random content of a file.
     */
    int[] telling() {
        int[] places = new int[bytes.length / 8];
        int count = 0;
        for (int sector = 0; sector + SECTOR_BYTES <= bytes.length; sector += SECTOR_BYTES) {
            if (isRandom(sector)) {
                continue;
            }
            for (int at = sector; at < sector + SECTOR_BYTES; at += 8) {
                for (int i = at; i < at + 8; i++) {
                    if (bytes[i] != 0) {
                        places[count++] = at;
                        break;
                    }
                }
            }
        }
        return Arrays.copyOf(places, count);
    }

    /** Of 512 random bytes 221 are different ones. */
    private boolean isRandom(int sector) {
        boolean[] met = new boolean[256];
        int different = 0;
        for (int i = sector; i < sector + SECTOR_BYTES; i++) {
            different += met[bytes[i] & 0xff] ? 0 : 1;
            met[bytes[i] & 0xff] = true;
        }
        return different > 190;
    }

    @Override
    public long sizeBytes() {
        return size;
    }

    @Override
    public Origin origin() {
        return Origin.of(name);
    }

    @Override
    public void read(long offsetBytes, MemorySegment target) throws Corrupt {
        if (offsetBytes < 0 || offsetBytes > size - target.byteSize()) {
            throw new Corrupt("out-of-bounds", origin(), "needs byte " + offsetBytes);
        }
        MemorySegment.copy(MemorySegment.ofArray(bytes), offsetBytes, target, 0, target.byteSize());
    }

    @Override
    public List<Extent> extents(long offsetBytes, long lengthBytes) {
        return lengthBytes == 0 ? List.of() : List.of(new Extent(offsetBytes, lengthBytes, false));
    }

    @Override
    public void close() {}
}
