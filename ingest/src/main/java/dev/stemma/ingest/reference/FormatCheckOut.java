package dev.stemma.ingest.reference;

import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.image.ImageOpener;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.image.OpenImage;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.reference.nbd.NbdExport;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes a stored disk in a format of hypervisors. {@code qemu-img} reads it from an export of ours, so nothing is unpacked on the way; holes stay holes.
 * Used by one thread.
 */
public final class FormatCheckOut {

    private static final int SECTOR_BYTES = 512;

    /** What a format may add to a disk that does not compress: tables, and a last block that is not full (Hyper-V's have up to 256 MiB). */
    private static final long MAX_OVERHEAD_BYTES = 512L << 20;

    private final ContentStore store;
    private final Path sockets;
    private final Budget budget;

    /** Hears how a check-out goes on, ten times a second, and may end it. */
    @FunctionalInterface
    public interface Progress {
        /**
         * So much is done.
         *
         * @param doneBytes of the disk's data that were read from the store
         * @param allBytes of the disk that are not in holes
         * @throws ImageProblem to end
         */
        void done(long doneBytes, long allBytes) throws ImageProblem;
    }

    /**
     * @param store open as long as this is used
     * @param sockets an existing directory with a short path, where a socket is made for each check-out
     */
    public FormatCheckOut(ContentStore store, Path sockets, Budget budget) {
        this.store = store;
        this.sockets = sockets;
        this.budget = budget;
    }

    /**
     * Writes one disk. The target appears when the file is whole, checked and on the medium; until then it is called {@code .stemma-….partial} beside it, and a
     * check-out that fails or is cancelled removes that; what a crash leaves goes when the same target is made again. A guest sees as many bytes as before, rounded up to whole sectors of 512.
     *
     * @param target a file that is not there yet, and is not overwritten when it comes meanwhile
     * @return bytes of the file, its holes too
     * @throws FileAlreadyExistsException when the target is there
     * @throws ImageProblem {@code tool-missing}, {@code tool-failed} when QEMU cannot; {@code unreadable} when the store does not hold what it promised
     */
    public long to(ImageManifest.Disk disk, DiskImageFormat format, Path target, Progress progress)
            throws ImageProblem, IOException {
        Path whole = target.toAbsolutePath();
        if (Files.exists(whole, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(whole.toString());
        }
        Origin origin = Origin.of(String.valueOf(whole.getFileName()));
        Path partial = TargetFile.partial(whole);
        TargetFile.removeLeft(partial);
        Files.createFile(partial);
        try (FileChannel held = FileChannel.open(partial, StandardOpenOption.WRITE)) {
            TargetFile.hold(held);
            StoredDisk stored = StoredDisk.open(store, disk, origin);
            convert(stored, format, partial, progress);
            requireSize(stored, format, partial);
            force(partial, StandardOpenOption.WRITE);
            long sizeBytes = Files.size(partial);
            TargetFile.publish(partial, whole);
            force(whole.resolveSibling("."), StandardOpenOption.READ);
            return sizeBytes;
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private void convert(StoredDisk stored, DiskImageFormat format, Path partial, Progress progress)
            throws ImageProblem, IOException {
        long all = stored.dataBytes();
        CountedDisk counted = new CountedDisk(stored);
        QemuImg qemu = new QemuImg(stored.origin(), budget);
        QemuImg.Alive alive = () -> progress.done(Math.min(all, counted.readBytes()), all);
        long most = stored.sizeBytes() + stored.sizeBytes() / 8 + MAX_OVERHEAD_BYTES;
        try (NbdExport export = NbdExport.open(counted, sockets)) {
            qemu.convert(export.socket(), format, partial, most, alive);
        } catch (ImageProblem e) {
            // What the store lacks is told to QEMU as an error of input, and by it as less.
            counted.requireNoProblem();
            throw e;
        }
        if (format.checked()) {
            qemu.check(format, partial, alive);
        }
        progress.done(all, all);
    }

    /** Asks the file itself, read by another program than the one that wrote it. */
    private void requireSize(StoredDisk stored, DiskImageFormat format, Path partial) throws ImageProblem, IOException {
        Path real = partial.toRealPath();
        ImageRules rules =
                ImageRules.within(real.resolveSibling("").normalize()).withFormat(format.driver());
        long wanted = -Math.floorDiv(-stored.sizeBytes(), SECTOR_BYTES) * SECTOR_BYTES;
        try (OpenImage written = ImageOpener.open(real, rules, budget)) {
            if (written.bytes().sizeBytes() != wanted) {
                throw new Corrupt(
                        "bad-value",
                        stored.origin(),
                        "a guest would see " + written.bytes().sizeBytes() + " bytes, not " + wanted,
                        "Check it out as raw or qcow2.");
            }
        }
    }

    private static void force(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }
}
