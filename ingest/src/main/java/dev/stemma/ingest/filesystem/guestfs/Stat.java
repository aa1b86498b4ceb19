package dev.stemma.ingest.filesystem.guestfs;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Attributes;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.Payload;
import dev.stemma.graph.model.Times;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What {@code lstat(2)} says of a file, as {@code struct guestfs_statns} carries it: 22 numbers in the host's byte order.
 */
record Stat(ByteBuffer numbers) {

    private static final int KIND = 0xf000;

    static Stat of(byte[] raw) {
        return new Stat(ByteBuffer.wrap(raw).order(ByteOrder.nativeOrder()));
    }

    private long number(int index) {
        return numbers.getLong(index * Long.BYTES);
    }

    /** libguestfs says so by an inode of -1. */
    boolean missing() {
        return number(1) == -1;
    }

    /** The number of the file system, or of the subvolume, that it lies in. */
    long device() {
        return number(0);
    }

    boolean isDirectory() {
        return (number(2) & KIND) == 0x4000;
    }

    boolean isLink() {
        return (number(2) & KIND) == 0xa000;
    }

    boolean isFile() {
        return (number(2) & KIND) == 0x8000;
    }

    Attributes attributes(SortedMap<GuestName, GuestName> xattrs) {
        Times times = new Times(time(12), Optional.of(time(14)), Optional.of(time(10)), Optional.empty());
        return new Attributes((int) number(2) & 07777, number(4), number(5), times, number(1), number(3), xattrs);
    }

    /**
     * @param target of a link
     * @param digest of a file, where it is known
     */
    Payload payload(GuestName target, Optional<Digest> digest) {
        long device = number(6);
        long major = device >>> 8 & 0xfff | device >>> 32 & ~0xfffL;
        long minor = device & 0xff | device >>> 12 & 0xffffff00L;
        return switch ((int) number(2) & KIND) {
            case 0x1000 -> new Payload.Pipe();
            case 0x2000 -> new Payload.Device(false, major, minor);
            case 0x4000 -> new Payload.Directory();
            case 0x6000 -> new Payload.Device(true, major, minor);
            case 0xa000 -> new Payload.Link(target);
            case 0xc000 -> new Payload.Socket();
            default -> new Payload.File(Math.max(0, number(7)), digest);
        };
    }

    private Instant time(int index) {
        return Instant.ofEpochSecond(number(index), number(index + 1));
    }
}
