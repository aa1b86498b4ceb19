package dev.stemma.ingest.reference;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.ImageManifest;
import dev.stemma.ingest.image.ImageOpener;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.image.OpenImage;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes all disks of a version as one OVA: an archive of an envelope, a manifest with SHA-256 digests, and each disk as a streamOptimized VMDK. The disks are made beside the target first, so that
 * twice their compressed size is needed meanwhile. Used by one thread.
 */
public final class OvaCheckOut {

    /** As people and answers write the format. */
    public static final String FORMAT = "ova";

    private static final int COPY_BYTES = 1 << 20;

    private final ContentStore store;
    private final Path sockets;
    private final Budget budget;

    /** The same as of {@link FormatCheckOut}. */
    public OvaCheckOut(ContentStore store, Path sockets, Budget budget) {
        this.store = store;
        this.sockets = sockets;
        this.budget = budget;
    }

    /**
     * Writes the archive. It appears when it is whole and on the medium; a check-out that fails leaves nothing.
     *
     * @param name of the virtual system, as people write the version
     * @param target a file that is not there yet
     * @param progress of one disk after the other
     * @return bytes of the file
     * @throws FileAlreadyExistsException when the target is there
     */
    public long to(String name, List<ImageManifest.Disk> disks, Path target, FormatCheckOut.Progress progress)
            throws ImageProblem, IOException {
        Path whole = target.toAbsolutePath();
        if (Files.exists(whole, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(whole.toString());
        }
        List<Path> made = new ArrayList<>();
        try {
            for (int i = 0; i < disks.size(); i++) {
                // A name of ours, which a crash may leave and the next check-out to this target takes away.
                Path disk = TargetFile.partial(whole.resolveSibling(whole.getFileName() + "-disk" + (i + 1)));
                TargetFile.removeLeft(disk);
                made.add(disk);
                new FormatCheckOut(store, sockets, budget)
                        .to(disks.get(i), DiskImageFormat.VMDK_STREAM, disk, progress);
            }
            return archive(name, disks, made, whole);
        } finally {
            for (Path disk : made) {
                Files.deleteIfExists(disk);
            }
        }
    }

    private long archive(String name, List<ImageManifest.Disk> disks, List<Path> files, Path whole)
            throws ImageProblem, IOException {
        List<OvfEnvelope.Disk> described = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            described.add(new OvfEnvelope.Disk(
                    "disk" + (i + 1) + ".vmdk",
                    Files.size(files.get(i)),
                    disks.get(i).sizeBytes()));
        }
        byte[] envelope = new OvfEnvelope(name, described).bytes();
        String digests = line("package.ovf", Digest.sha256(envelope).hex());
        for (int i = 0; i < files.size(); i++) {
            digests += line(described.get(i).file(), sha256(files.get(i)));
        }
        Path partial = TargetFile.partial(whole);
        TargetFile.removeLeft(partial);
        try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            TargetFile.hold(channel);
            // The channel outlives the stream, for it is to be forced.
            TarArchiveOutputStream tar = new TarArchiveOutputStream(Channels.newOutputStream(channel));
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
            member(tar, "package.ovf", envelope);
            member(tar, "package.mf", digests.getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < files.size(); i++) {
                entry(tar, described.get(i).file(), described.get(i).fileBytes());
                try (InputStream in = Files.newInputStream(files.get(i))) {
                    copy(in, tar);
                }
                tar.closeArchiveEntry();
            }
            tar.finish();
            channel.force(true);
            long sizeBytes = channel.size();
            TargetFile.publish(partial, whole);
            return sizeBytes;
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static String line(String file, String sha256) {
        return "SHA256(" + file + ")= " + sha256 + "\n";
    }

    private static void member(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        entry(tar, name, content.length);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static void entry(TarArchiveOutputStream tar, String name, long sizeBytes) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(sizeBytes);
        tar.putArchiveEntry(entry);
    }

    private String sha256(Path file) throws ImageProblem, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            copy(in, new java.security.DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return java.util.HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private void copy(InputStream in, OutputStream out) throws ImageProblem, IOException {
        byte[] buffer = new byte[COPY_BYTES];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            budget.check(Origin.of("ova"));
            out.write(buffer, 0, read);
        }
    }

    /**
     * Whether a file holds these disks already, as it does when a check-out was ended by a crash after the file had got its name.
     *
     * @param rules that say where it may lie
     * @throws ImageProblem when it cannot be read
     */
    public boolean holds(List<ImageManifest.Disk> disks, Path file, ImageRules rules, int threads)
            throws ImageProblem, IOException {
        try (OpenImage found = ImageOpener.open(file, rules, budget)) {
            if (found.volumes().size() != disks.size()) {
                return false;
            }
            for (int i = 0; i < disks.size(); i++) {
                new BackingCheck(store, found.volumes().get(i), budget).require(disks.get(i), threads);
            }
            return true;
        } catch (Corrupt e) {
            return false;
        }
    }
}
