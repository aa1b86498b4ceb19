package dev.stemma.ingest.filesystem;

import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.filesystem.FileSystemReader.Format;
import dev.stemma.ingest.filesystem.ext.ExtFormat;
import dev.stemma.ingest.filesystem.fat.FatFormat;
import dev.stemma.ingest.filesystem.xfs.XfsFormat;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Unsupported;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The first of the two ways to read: memory-safe Java over the bytes of one partition or whole disk. What it refuses, and
 * {@link #readableByAppliance} says yes to, can be tried the second way, {@code guestfs}. Stateless, for any thread.
 */
public final class FileSystems {

    private static final List<Format> FORMATS = List.of(new ExtFormat(), new FatFormat(), new XfsFormat());

    private static final int PIECE_BYTES = 1 << 20;
    private static final long EMPTY_CHECK_BYTES = 64L << 20;

    private FileSystems() {}

    /**
     * Opens the file system that the bytes hold.
     *
     * @param bytes of one partition, logical volume or disk; not closed with the reader
     * @throws Unsupported {@code needs-recovery} and {@code unsupported-feature} as {@link Format#open};
     *     {@code unsupported-file-system} for one that Java does not read, {@code volume-manager}, {@code encrypted}, {@code zfs-not-read}, {@code swap},
     *     {@code empty-partition} where there are zeros only, {@code unknown-file-system} for anything else
     */
    public static FileSystemReader open(ByteSource bytes, Budget budget) throws ImageProblem {
        var signature = Signature.detect(bytes);
        boolean wrapped = signature.isPresent() && signature.get().kind() != Signature.Kind.FILE_SYSTEM;
        for (Format format : FORMATS) {
            if (!wrapped && format.detect(bytes)) {
                return format.open(bytes, budget);
            }
        }
        if (signature.isEmpty()) {
            throw zeros(bytes, budget)
                    ? new Unsupported("empty-partition", bytes.origin(), "there are only zeros")
                    : new Unsupported(
                            "unknown-file-system", bytes.origin(), "there is no file system that Stemma knows");
        }
        throw refusal(signature.get(), bytes);
    }

    /** Whether the other way, the appliance, may be able to read what {@link #open} refused. */
    public static boolean readableByAppliance(ImageProblem refusal) {
        return switch (refusal.code()) {
            case "needs-recovery", "unsupported-feature", "unsupported-file-system", "volume-manager" -> true;
            default -> false;
        };
    }

    private static Unsupported refusal(Signature signature, ByteSource bytes) {
        return switch (signature.kind()) {
            case FILE_SYSTEM ->
                new Unsupported(
                        "unsupported-file-system",
                        bytes.origin(),
                        "it is " + signature.type() + ", which libguestfs reads",
                        "Install libguestfs-java and libguestfs-tools.");
            case SWAP -> new Unsupported("swap", bytes.origin(), "it is swap space (" + signature.type() + ")");
            case VOLUME_MANAGER ->
                new Unsupported(
                        "volume-manager",
                        bytes.origin(),
                        "it is a part of a volume manager (" + signature.type() + "), which libguestfs reads",
                        "Install libguestfs-java and libguestfs-tools.");
            case UNREAD ->
                new Unsupported(
                        "zfs-not-read",
                        bytes.origin(),
                        "it is a part of a ZFS pool (" + signature.type()
                                + "), which neither Stemma nor libguestfs reads",
                        "Import the pool in a machine that has ZFS, and copy what is wanted to another file system.");
            case ENCRYPTED ->
                new Unsupported(
                        "encrypted",
                        bytes.origin(),
                        "it is encrypted (" + signature.type() + "), and Stemma has no key",
                        signature.type().equals("crypto_LUKS")
                                ? "Put its passphrase into a file of mode 600: stemma index --key-file FILE."
                                : "Index an unlocked copy.");
        };
    }

    /** Looks at known data in the first 64 MiB; known holes are not read. */
    private static boolean zeros(ByteSource bytes, Budget budget) throws ImageProblem {
        byte[] piece = new byte[PIECE_BYTES];
        long end = Math.min(EMPTY_CHECK_BYTES, bytes.sizeBytes());
        for (var extent : bytes.extents(0, end)) {
            long stop = extent.hole() ? 0 : extent.offsetBytes() + extent.lengthBytes();
            for (long at = extent.offsetBytes(); at < stop; at += PIECE_BYTES) {
                budget.check(bytes.origin());
                MemorySegment segment = MemorySegment.ofArray(piece).asSlice(0, Math.min(PIECE_BYTES, stop - at));
                bytes.read(at, segment);
                MemorySegment zero = MemorySegment.ofArray(new byte[(int) segment.byteSize()]);
                if (segment.mismatch(zero) != -1) {
                    return false;
                }
            }
        }
        return true;
    }
}
